"""`chao ask`: one question, one answer, and what was understood."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from bot.events import Command, Place, User
from bot.i18n.locale import choose
from bot.reply import Reply, controls, plain_text
from bot.router import Router
from bot.storage.database import Session
from bot.storage.store import Store
from bot.understanding.reading import Reading

PLACE = Place("console:local", "console")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot made of a question, and what it says."""

    reading: Reading
    clients: tuple[str, ...]
    language: str
    text: str
    sources: tuple[str, ...]
    is_error: bool = False

    def as_json(self) -> dict[str, object]:
        """The object that `chao ask --json` prints."""
        return {
            "archetypes": [{"id": guess.id, "confidence": guess.confidence} for guess in self.reading.ranked],
            "abstained": self.reading.abstained,
            "clients": list(self.clients),
            "language": self.language,
            "answer": self.text,
            "sources": list(self.sources),
        }


async def answer_once(router: Router, text: str, locale: str) -> Answer:
    """Ask privately and change nothing; `locale` is used where the text does not show its language."""
    services = router.services
    reading = services.reader.read(text, services.knowledge.current())
    user = User("console", locale=locale, is_manager=True)
    reply = await router.dispatch(Command(f"ask:{uuid4().hex}", user, PLACE, "ask", {"question": text})) or Reply()
    clients = await services.database.read(lambda session: _clients(session, router, text))
    language = reading.language or choose(locale, services.locale)
    return Answer(reading, clients, language, _said(reply), reply.sources, reply.is_error)


def _said(reply: Reply) -> str:
    """The answer as text; where it only asks back, with the choices that it gives, which elsewhere are buttons."""
    choices = () if reply.sources else controls(reply)
    return "\n".join([plain_text(reply), *(f"  - {choice.label}" for choice in choices)])


def _clients(session: Session, router: Router, text: str) -> tuple[str, ...]:
    store = Store.open(session, PLACE.workspace, "", router.services.clock())
    return tuple(client.name for client in store.clients.mentioned(text))
