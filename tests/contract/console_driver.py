"""The console as a driver: the real adapter, one session a person, all in one place."""

from __future__ import annotations

from adapters.console.render import Renderer
from adapters.console.session import Session
from bot.events import Event, Place, User
from bot.i18n.speech import Speech
from bot.reply import Button, Reply, controls
from bot.router import Router
from tests.contract.driver import Seen

MANAGERS = ("ana",)


class ConsoleDriver:
    """Sessions that share a place; a public reply reaches all, a private one its asker."""

    name = "console"
    lacks: frozenset[str] = frozenset({"redelivery"})

    def __init__(self, router: Router) -> None:
        self._router = router
        self._seen: list[tuple[str, Seen, tuple[Button, ...]]] = []
        self._sessions: dict[tuple[str, str], Session] = {}

    async def runs(self, user: str, command: str, **args: str) -> None:
        """Typed as a line, with every argument but the last in quotes."""
        values = list(args.values())
        quoted = [f'"{value}"' for value in values[:-1]] + values[-1:]
        await self.types(user, " ".join([command, *quoted]))

    async def types(self, user: str, line: str) -> None:
        """A `/client` line."""
        await self._answer(user, f"/client {line}")

    async def says(self, user: str, text: str, thread: str = "") -> None:
        """A line that mentions the bot."""
        await self._answer(user, f"@chao {text}", thread or "console")

    async def presses(self, user: str, label: str) -> None:
        """The number of a button that is on the user's last reply, or an older one by its action."""
        mine = [(seen, buttons) for who, seen, buttons in self._seen if who in (user, "")]
        found = [(seen.thread, button) for seen, buttons in mine for button in buttons if button.label == label]
        if not found:
            raise AssertionError(f"no button {label!r}")
        thread, button = found[-1]
        self._session(user, thread).offered = (button,)
        await self._answer(user, "1", thread)

    async def redelivers(self) -> None:
        """A terminal delivers nothing twice."""
        raise AssertionError("the console lacks redelivery")

    def sees(self, user: str) -> list[Seen]:
        """What was public, and what was only for this user."""
        return [seen for who, seen, _ in self._seen if who in (user, "")]

    async def _answer(self, user: str, line: str, thread: str = "console") -> None:
        session = self._session(user, thread)
        event = session.parse(line)
        answered = await session.answer(line)
        if event is not None and answered is not None:
            self._keep(user, event, *answered)

    def _keep(self, user: str, event: Event, reply: Reply, is_private: bool) -> None:
        text = Renderer(Speech("en")).render(reply, is_private=is_private)
        buttons = controls(reply)
        seen = Seen(text, is_private, event.place.thread, tuple(button.label for button in buttons))
        self._seen.append((user if is_private else "", seen, buttons))

    def _session(self, user: str, thread: str = "console") -> Session:
        person = User(user, is_manager=user in MANAGERS)
        place = Place("console:t", "console", thread, is_direct=True)
        return self._sessions.setdefault((user, thread), Session(self._router, person, place))
