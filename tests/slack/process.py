"""The real `chao serve` as a process, and a client that sends what Slack would."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.forked import Running, Where
from tests.slack.payloads import SIGNING, as_json, form, signature, slash_body

Json = dict[str, Any]
Process = Running | asyncio.subprocess.Process
PATIENCE = 60.0
LISTENING = "chao: listening on "


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    text: str

    @property
    def body(self) -> Json:
        """The JSON of it; nothing when there is none."""
        return dict(json.loads(self.text)) if self.text else {}

    @property
    def is_acknowledgement(self) -> bool:
        """Whether it only says that the command arrived."""
        return self.status == 200 and not self.body

    @property
    def shown(self) -> str:
        """What a person reads, whom only this person sees."""
        assert self.body.get("response_type") == "ephemeral", self.text
        return str(self.body["text"])


@dataclass
class Chao:
    """A running process; `url` where it listens, `home` its folder, `said` its lines up to then."""

    process: Process
    home: Path
    http: aiohttp.ClientSession
    url: str
    said: list[str]

    @property
    def database(self) -> Path:
        """The embedded database's file."""
        return self.home / "chao.db"

    async def slash(self, text: str, user: str = "Uana", response_url: str = "", team: str = "T1") -> Answer:
        """Send a signed `/client` line."""
        return await self.post(*form(slash_body(text, user, team, response_url)))

    async def event(self, body: Json) -> Answer:
        """Send a signed event."""
        return await self.post(*as_json(body))

    async def post(self, body: str, kind: str, **signing: Any) -> Answer:
        """Send a request, signed now and with the right secret unless told otherwise."""
        headers = {"Content-Type": kind, **signature(body, **signing)}
        async with self.http.post(f"{self.url}/slack/events", data=body, headers=headers) as response:
            return Answer(response.status, await response.text())

    async def get(self, path: str) -> Answer:
        """Read a page."""
        async with self.http.get(f"{self.url}{path}") as response:
            return Answer(response.status, await response.text())

    def terminate(self) -> None:
        """SIGTERM."""
        self.process.terminate()

    async def ended(self) -> tuple[int, str]:
        """Wait for the end: exit code, and what it said on standard error since it listens."""
        assert self.process.stderr
        async with asyncio.timeout(PATIENCE):
            rest = await self.process.stderr.read()
            return await self.process.wait(), rest.decode()


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Nothing of ours but these settings."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
    return kept | {"HOME": str(home), "LANG": "C.UTF-8", "DATABASE_URL": f"sqlite:///{home / 'chao.db'}", **settings}


async def forked(home: Path, **settings: str) -> Running:
    """A `chao serve` whose modules were imported before; its standard error is a pipe."""
    return await Running.started(Where(home, environment(home, **settings)), "serve")


async def started(home: Path, **settings: str) -> asyncio.subprocess.Process:
    """One that starts from nothing."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "adapters.cli", "serve", stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE, cwd=home, env=environment(home, **settings),
    )  # fmt: skip


def serving(home: Path, **settings: str) -> AbstractAsyncContextManager[Chao]:
    """A `chao serve` that listens over HTTP; killed at the end if it still runs."""
    return listening(home, forked(home, CHAO_HTTP_PORT="0", **settings))


@asynccontextmanager
async def listening(home: Path, starting: Awaitable[Process]) -> AsyncIterator[Chao]:
    """One that is just being started, and will listen over HTTP."""
    process = await starting
    try:
        async with aiohttp.ClientSession() as http:
            said = await _lines_until_listening(process)
            yield Chao(process, home, http, said[-1].removeprefix(LISTENING).strip(), said)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        if isinstance(process, Running):
            process.close()


def over_http(api_url: str, **settings: str) -> dict[str, str]:
    """The settings of a bot for one workspace over HTTP."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": SIGNING, "SLACK_API_URL": api_url, **settings,
    }  # fmt: skip


async def _lines_until_listening(process: Process) -> list[str]:
    assert process.stderr
    said: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while not said or not said[-1].startswith(LISTENING):
            line = (await process.stderr.readline()).decode()
            assert line, f"it ended: {said}"
            said.append(line)
    return said
