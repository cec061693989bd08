"""Discord: from INTERACTION_CREATE to the callback, beside a bare discord.py bot; start and memory of `chao serve`.

Both bots are processes of their own on uvloop, with real connections to a Discord on this machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from aiohttp import WSMsgType, web

from bot.storage.store import Store
from tests.contract.teams import Member, flags
from tests.discord.fake import FIXED, GUILD
from tests.discord.loopback import HEARTBEAT, IDENTIFY, TOKEN
from tests.discord.world import READY, World
from tests.support import Clock, running_bot

Json = dict[str, Any]
ROUNDS, COUNT, CLIENTS = 13, 100, 50_000
KINDS = ("show", "flag", "autocomplete")
NUMBERS = count(1 << 60)
BOTS = {"bare": ["benchmarks.discord_bare"], "chao": ["adapters.start", "serve"]}


class Discord:
    """As much of a Discord as costs nothing: every callback is taken."""

    def __init__(self, greeting: list[tuple[str, Json]]) -> None:
        self._greeting = greeting
        self.socket: web.WebSocketResponse | None = None
        self.answered: asyncio.Future[float] | None = None
        self.connected = asyncio.Event()
        self.port = 0

    async def rest(self, request: web.Request) -> web.Response:
        """Take a callback, and answer what a start asks."""
        if request.path.endswith("/callback"):
            if self.answered and not self.answered.done():
                self.answered.set_result(time.perf_counter())
            await request.read()
            if "with_response" not in request.query:
                return web.Response(status=204)
            body: Any = {"interaction": {"id": request.path.split("/")[4], "type": 2}}
            return web.Response(body=json.dumps(body).encode(), content_type="application/json")
        body = FIXED.get(request.path.removeprefix("/api/v10"), [])
        return web.Response(body=json.dumps(body).encode(), content_type="application/json")

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """One bot's connection."""
        socket = self.socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
        async for message in socket:
            if message.type is WSMsgType.TEXT and (op := json.loads(message.data)["op"]) in (HEARTBEAT, IDENTIFY):
                for answer in [{"op": 11}] if op == HEARTBEAT else map(_event, self._greeting):
                    await socket.send_json(answer)
                self.connected.set()
        return socket

    async def ask(self, payload: Json) -> float:
        """Milliseconds until the callback of an interaction."""
        self.answered = asyncio.get_running_loop().create_future()
        assert self.socket
        text = json.dumps(_event(("INTERACTION_CREATE", payload)))
        start = time.perf_counter()
        await self.socket.send_str(text)
        return (await asyncio.wait_for(self.answered, 10) - start) * 1_000


def _event(event: tuple[str, Json]) -> Json:
    return {"op": 0, "t": event[0], "s": next(NUMBERS) & 0xFFFF, "d": event[1]}


@asynccontextmanager
async def running(name: str, greeting: list[tuple[str, Json]], more: dict[str, str]) -> AsyncIterator[Discord]:
    """A bot that is connected to a Discord of its own; prints how soon it served and what memory it takes."""
    server = Discord(greeting)
    app = web.Application()
    app.router.add_route("*", "/api/v10/{path:.*}", server.rest)
    app.router.add_get("/gateway", server.gateway)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    address = {
        "DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": f"http://127.0.0.1:{server.port}/api/v10",
        "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{server.port}/gateway", "PATH": os.environ["PATH"],
    }  # fmt: skip
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *BOTS[name], env=address | more, stderr=None)
    try:
        await server.connected.wait()
        await server.ask(greeting[-1][1]["ask"])
        print(f"{name:5} start to the first answer          {time.perf_counter() - start:8.2f} s")
        yield server
        print(f"{name:5} memory                             {_memory(process.pid):8.0f} MB")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await runner.cleanup()


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1_024 for line in lines if line.startswith("VmRSS"))


def _payload(world: World, kind: str, number: int) -> Json:
    name = f"client {number % 200}"
    if kind == "autocomplete":
        event = world.focus("ana", "show", "client", ("client 4", "49", "x", "")[number % 4])
    elif kind == "flag":
        event = world.typed("ana", "flag", client=name, archetype="mala-paga", reason=f"inv {number}")
    else:
        event = world.typed("ana", "show", client=name)
    return event[1] | {"id": str(next(NUMBERS))}


async def _fill(team: Member) -> None:
    def clients(store: Store) -> None:
        for number in range(CLIENTS):
            store.clients.create(f"client {number}")

    await team.does(clients)
    for number in range(200):
        await team.does(flags(f"client {number}", reason="inv 104"))


async def main() -> None:
    """Fill a server with clients, then ask both bots in turn."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "chao.db"
        async with running_bot(path) as bot:
            world = World(bot)
            await _fill(Member(bot.services.database, f"discord:{GUILD}", clock=Clock()))
            guild = world.guild() | {"ask": _payload(world, "show", 0)}
        greeting = [("READY", READY), ("GUILD_CREATE", guild)]
        slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "x", "CHAO_HTTP_PORT": "0"}
        here = {"DATABASE_URL": f"sqlite:///{path}", "HOME": folder, **slack}
        async with running("bare", greeting, {}) as bare, running("chao", greeting, here) as chao:
            for kind in KINDS:
                await _compare(kind, world, {"bare": bare, "chao": chao})


async def _compare(kind: str, world: World, bots: dict[str, Discord]) -> None:
    """Both are asked in turn; of all rounds the quietest counts, as other work on the machine only adds."""
    rounds = [await _round(kind, world, bots, number) for number in range(ROUNDS)][1:]
    for name, chosen in (("all", {bot: [t for own in rounds for t in own[bot]] for bot in bots}),
                         ("quietest", min(rounds, key=lambda own: median(own["bare"])))):  # fmt: skip
        figures = {bot: (median(own), quantiles(own, n=100)[98]) for bot, own in chosen.items()}
        said = ", ".join(f"{bot} {middle:.2f} (p99 {last:.2f})" for bot, (middle, last) in figures.items())
        over = [ours - theirs for ours, theirs in zip(figures["chao"], figures["bare"], strict=True)]
        print(f"{kind:12} {name:8} {said}, overhead {over[0]:.2f} (p99 {over[1]:.2f}) ms")


async def _round(kind: str, world: World, bots: dict[str, Discord], number: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in bots}
    for n in range(COUNT):
        for name, server in bots.items():
            times[name].append(await server.ask(_payload(world, kind, number * COUNT + n)))
    return times


if __name__ == "__main__":
    asyncio.run(main())
