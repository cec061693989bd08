"""A chat platform in a process of its own, on loopback: slow, at times too busy, broken or mute. It forgets nothing.

`serve` is told how long an answer takes, and what share of the posts get no proper one. It prints its port and serves
until it is killed.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, web

from bot.delivery.poster import RetryLaterError, UnknownOutcomeError
from bot.events import Place
from bot.reply import Picture, Reply, plain_text

_END = b"\n"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Loopback:
    """Messages by channel, thread and marker. A quarter of the trouble each: too busy, broken, lost before or after."""

    seconds: float
    trouble: float
    messages: list[tuple[str, str, str]] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    async def post(self, request: web.Request) -> web.StreamResponse:
        """Store a message and answer with its id, unless there is trouble."""
        said = json.loads((await request.read()).partition(_END)[0])
        await moment(self._seconds())
        luck = self.chance.random() / self.trouble if self.trouble else 1.0
        if luck < 1 / 4:
            return web.json_response({}, status=429, headers={"Retry-After": "2"})
        if luck < 2 / 4:
            return web.json_response({}, status=500)
        if luck < 3 / 4:
            return self._mute(request)
        self.messages.append((said["channel"], said["thread"], said["marker"]))
        return self._mute(request) if luck < 1 else web.json_response({"id": f"m{len(self.messages)}"})

    async def find(self, request: web.Request) -> web.StreamResponse:
        """The id of the message with a marker."""
        await moment(self._seconds())
        wanted = tuple(request.query[name] for name in ("channel", "thread", "marker"))
        found = self.messages.index(wanted) + 1 if wanted in self.messages else 0
        return web.json_response({"id": f"m{found}" if found else None})

    async def every(self, _request: web.Request) -> web.StreamResponse:
        """All messages."""
        return web.json_response(self.messages)

    def _mute(self, request: web.Request) -> web.StreamResponse:
        if request.transport:
            request.transport.abort()
        return web.Response()

    def _seconds(self) -> float:
        return self.seconds * self.chance.uniform(0.5, 1.5)


async def moment(seconds: float) -> None:
    """What a platform takes to answer."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(seconds, _wake, done)
    await done


def marked(place: Place, marker: str) -> dict[str, str]:
    """What tells a message from all others."""
    return {"channel": f"{place.workspace} {place.channel}", "thread": place.thread, "marker": marker}


def body(place: Place, reply: Reply, marker: str) -> bytes:
    """A line of words, and the pictures as they are."""
    pictures = [block.png for block in reply.blocks if isinstance(block, Picture)]
    words = json.dumps({**marked(place, marker), "text": plain_text(reply)}).encode()
    return _END.join([words, *pictures])


@dataclass
class LoopbackPoster:
    """Posts to it."""

    http: ClientSession
    url: str

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """Send it."""
        try:
            async with self.http.post(f"{self.url}/post", data=body(place, reply, marker)) as answer:
                if answer.status == 429:
                    raise RetryLaterError(float(answer.headers["Retry-After"]))
                if answer.status >= 500:
                    raise UnknownOutcomeError
                return str((await answer.json())["id"])
        except ClientError as error:
            raise UnknownOutcomeError from error

    async def find(self, place: Place, marker: str) -> str | None:
        """Ask for it."""
        async with self.http.get(f"{self.url}/find", params=marked(place, marker)) as answer:
            found: str | None = (await answer.json())["id"]
            return found

    async def tell(self, workspace: str, user: str, reply: Reply) -> None:
        """Nobody is there to be told."""


def _wake(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)


def serve(answer: float, trouble: float) -> None:
    """Serve until killed."""
    loopback = Loopback(answer, trouble)
    app = web.Application(client_max_size=1 << 24)
    routes: list[tuple[str, str, Handler]] = [
        ("POST", "/post", loopback.post), ("GET", "/find", loopback.find), ("GET", "/every", loopback.every),
    ]  # fmt: skip
    for method, path, handler in routes:
        app.router.add_route(method, path, handler)
    asyncio.run(_serve(app))


async def _serve(app: web.Application) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()
