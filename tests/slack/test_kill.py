"""What was confirmed is there, also when the process is killed in the middle of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp

from tests.slack.process import Chao, over_http, serving

FLAGS, ENOUGH = 200, 50
NOBODY = "http://127.0.0.1:9/api/"


async def flag(chao: Chao, number: int, confirmed: list[int]) -> None:
    """Flag a client of its own; the process is killed once enough were confirmed."""
    try:
        answer = await chao.slash(f"flag client{number} mala-paga reason{number}")
    except aiohttp.ClientError:
        return
    if not answer.is_acknowledgement and f"client{number}" in answer.shown:
        confirmed.append(number)
    if len(confirmed) == ENOUGH:
        chao.process.kill()


async def test_every_flag_that_was_confirmed_is_there_after_a_kill(tmp_path: Path) -> None:
    confirmed: list[int] = []
    async with serving(tmp_path, **over_http(NOBODY)) as chao:
        await chao.slash("help")
        await asyncio.gather(*(flag(chao, number, confirmed) for number in range(FLAGS)))
        assert await chao.process.wait() == -9
    assert ENOUGH <= len(confirmed) < FLAGS
    async with serving(tmp_path, **over_http(NOBODY)) as chao:
        shown = [(await chao.slash(f"show client{number}")).shown for number in confirmed]
    assert [n for n, text in zip(confirmed, shown, strict=True) if f"reason{n}" not in text] == []
