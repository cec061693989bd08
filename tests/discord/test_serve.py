"""The real `chao serve` process against a Discord on this machine: REST and gateway over real connections."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.router import Router
from tests.discord.fake import BOT
from tests.discord.loopback import RESUME, TOKEN, loopback
from tests.discord.shown import read
from tests.discord.world import READY, World
from tests.forked import Running, Where


@pytest.fixture
async def served(tmp_path: Path) -> dict[str, str]:
    """The environment of a process with an empty home."""
    return {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "CHAO_LOG_LEVEL": "INFO", "LANG": "C.UTF-8"}


async def started(environment: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "adapters.cli", "serve", env=environment, cwd=environment["HOME"],
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_a_process_answers_resumes_and_stops_when_it_is_told(bot: Router, served: dict[str, str]) -> None:
    world = World(bot)
    async with loopback(world.fake, [("READY", READY), ("GUILD_CREATE", world.guild())]) as server:
        process = await started(served | server.environment)
        await server.until(lambda: server.opened and world.fake.commands, 30)
        answers = world.fake.posted
        flag = world.typed("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104 of Zeppelin")
        await server.send(*flag)
        await server.until(lambda: len(answers) == 1)
        assert "acme is flagged mala-paga" in read(answers[0].payload, {})
        assert answers[0].only_for

        world.fake.faults = [("/messages", 429, {"retry_after": 0.01, "global": False, "message": "slow down"})]
        await server.send(*world.said("bob", f"<@{BOT}> show acme"))
        await server.until(lambda: len(answers) == 2)
        assert "1 open flag" in read(answers[1].payload, {})
        assert "Zeppelin" not in str(answers[1].payload)

        await server.send(*world.typed("ana", "export"))
        await server.until(lambda: len(answers) == 3)
        assert b"Zeppelin" in answers[2].files["chao-export.json"]

        await server.drop(4000)
        await server.until(lambda: len(server.opened) == 2)
        assert server.opened[1]["op"] == RESUME
        await server.send(*world.typed("ana", "show", client="acme"))
        await server.until(lambda: len(answers) == 4)

        process.terminate()
        _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0
    assert b"serving discord" in said.lower()
    for secret in (TOKEN.encode(), b"acme", b"Zeppelin", b"token-"):
        assert secret not in said


async def test_a_wrong_token_ends_the_process_with_a_line_that_says_what_to_do(
    bot: Router, served: dict[str, str]
) -> None:
    world = World(bot)
    async with loopback(world.fake, []) as server:
        where = Where(Path(served["HOME"]), served | server.environment | {"DISCORD_TOKEN": "nope"})
        process = await Running.started(where, "serve")
        said = await asyncio.wait_for(process.stderr.read(), 30)
        assert await process.wait() == 1
    assert b"DISCORD_TOKEN is not a bot's token" in said.splitlines()[-1]
