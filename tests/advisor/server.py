"""An OpenAI-compatible server on loopback that answers as a test tells it, and keeps what it was sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from adapters.llm import HttpModel
from bot.advisor.advisor import SECONDS, Advisor
from bot.events import Command, Place, Question, User
from bot.features.registry import router
from bot.knowledge.knowledge import Knowledge
from bot.reply import Reply, plain_text
from bot.router import Router, Services
from bot.understanding.examples import Example
from bot.understanding.foreign import is_foreign
from bot.understanding.intents import Asked
from bot.understanding.language import detect
from bot.understanding.orders import Found
from bot.understanding.reading import Guess, Reading
from bot.understanding.signs import SignFinder
from tests.support import Clock, new_database, our_knowledge

ANA, BOB, GUEST = User("ana", is_manager=True), User("bob"), User("guest", is_guest=True)
HOME = Place("slack:T1", "C1", "t1")
KEY = "sk-very-secret"
SIGNS = SignFinder()
Json = dict[str, Any]


@dataclass
class ModelServer:
    """`answer` makes a response of the request's body; `bodies` and `headers` are what came."""

    answer: Callable[[Json], web.Response] = lambda _body: says(opinion())
    bodies: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    waits: asyncio.Event | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        """One request; a test may have it wait for an event."""
        body = await request.json()
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        self.asked.set()
        if self.waits:
            await self.waits.wait()
        return self.answer(body)

    @property
    def data(self) -> Json:
        """What the model was given to judge last."""
        found: Json = json.loads(self.bodies[-1]["messages"][1]["content"])
        return found

    @property
    def sent(self) -> str:
        """Everything that was sent, readable."""
        return json.dumps(self.bodies, ensure_ascii=False) + json.dumps(self.headers)


def says(content: object) -> web.Response:
    """The response in which a model says this."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return web.json_response({"choices": [{"message": {"role": "assistant", "content": text}}]})


def opinion(*sentences: tuple[str, Sequence[str]], kinds: Sequence[str] = ("mala-paga",)) -> Json:
    """An answer as it was asked for."""
    said = [{"text": text, "entries": [*entries]} for text, entries in sentences]
    return {"archetypes": [*kinds], "sentences": said}


class Doubtful:
    """A reader that is sure of nothing; or, where a test says so, of something, or that it is nothing."""

    def __init__(self, best: float = 0.3, *, abstained: bool = False) -> None:
        self.best, self.abstained = best, abstained

    def read(self, text: str, knowledge: Knowledge, own: Sequence[Example] = ()) -> Reading:  # noqa: ARG002
        """`insaciable` in front, by a little."""
        first, second = "insaciable", "mala-paga"
        rest = [name for name in knowledge.archetypes if name not in (first, second)]
        left = (1 - self.best) / (len(rest) + 1)
        guesses = (Guess(first, self.best), *(Guess(name, min(left, self.best / 2)) for name in (second, *rest)))
        signs = SIGNS.seen(text, knowledge).ids
        return Reading(guesses, self.abstained, detect(text), signs=signs, is_foreign=is_foreign(text))

    def asked(self, text: str, knowledge: Knowledge) -> Asked:  # noqa: ARG002
        """Nothing of the bot."""
        return Asked()

    def orders(self, text: str, knowledge: Knowledge) -> Iterable[Found]:  # noqa: ARG002
        """None."""
        return ()


@asynccontextmanager
async def running_server() -> AsyncIterator[ModelServer]:
    """A server, until the block ends."""
    server = ModelServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield server
    if server.waits:
        server.waits.set()
    await runner.cleanup()


@dataclass
class Team:
    """A bot with a model, and a workspace whose manager speaks to it."""

    bot: Router
    reader: Doubtful
    number: int = 0

    async def asks(self, text: str, user: User = ANA, place: Place = HOME) -> Reply:
        """A question, and its answer."""
        self.number += 1
        reply = await self.bot.dispatch(Question(f"q{self.number}", user, place, text, is_redeliverable=True))
        assert reply is not None
        return reply

    async def runs(self, line: str, user: User = ANA, place: Place = HOME) -> Reply:
        """A command as it is typed, and its answer."""
        self.number += 1
        name, args = self.bot.command(line)
        reply = await self.bot.dispatch(Command(f"c{self.number}", user, place, name, args))
        assert reply is not None
        return reply

    async def said(self, text: str, user: User = ANA, place: Place = HOME) -> str:
        """The words of the answer to a question."""
        return plain_text(await self.asks(text, user, place))


@dataclass
class Ticks:
    """Seconds that a test lets pass."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def running_team(
    path: Path, url: str, *, seconds: float = SECONDS, ticks: Ticks | None = None
) -> AsyncIterator[Team]:
    """A team on a database file of its own, with the model at an address, not yet switched on."""
    database, reader = new_database(path), Doubtful()
    async with aiohttp.ClientSession() as session:
        model = HttpModel(session, url, "small-model", KEY)
        advisor = Advisor(model, seconds, ticks or Ticks())
        yield Team(router(Services(database, our_knowledge(), reader, Clock(), "en", advisor=advisor)), reader)
    await database.close()
