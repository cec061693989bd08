"""What may follow a half-written command: sub-commands, clients, archetypes, choices."""

from __future__ import annotations

from collections.abc import Iterable

from bot.arguments import QUOTES, Kind, Param, quoted, split, unquoted
from bot.events import Asker
from bot.names import fold
from bot.router import Router
from bot.storage.database import Session
from bot.storage.store import Store


async def suggestions(router: Router, asker: Asker, text: str) -> tuple[str, list[str]]:
    """The word that was begun, as it was typed, and what it could become; for the text after `/client `."""
    words, begun = _words(text)
    if not words:
        return begun, _starting(begun, router.commands)
    name, _ = router.command(words[0])
    spec = router.commands.get(name)
    number = len(words) - 1
    if spec is None or number >= len(spec.params):
        return begun, []
    return begun, await candidates(router, asker, spec.params[number], begun)


async def candidates(router: Router, asker: Asker, param: Param, begun: str) -> list[str]:
    """The values of an argument that start with what was begun; client names only for who may see clients."""
    found: list[str] = []
    if param.kind in (Kind.CLIENT, Kind.SUBJECT) and asker.may_see_clients:
        names = await router.services.database.read(lambda session: _client_names(session, asker, router))
        found += [quoted(name) for name in _starting(begun, names)]
    if param.kind in (Kind.ARCHETYPE, Kind.SUBJECT):
        found += _starting(begun, router.services.knowledge.current().archetypes)
    if param.kind is Kind.WORD:
        found += _starting(begun, param.choices or (router.commands if param.name == "command" else ()))
    return found


async def client_names(router: Router, asker: Asker, begun: str, limit: int) -> list[str]:
    """Known names, as they are written, that start with what was begun, at most `limit`; none for who may see none."""
    if not asker.may_see_clients:
        return []
    names = await router.services.database.read(lambda session: _client_names(session, asker, router))
    return _starting(begun, names)[:limit]


def _words(text: str) -> tuple[list[str], str]:
    """The finished words of a line, and the raw text of the one that is being written."""
    words = split(text)
    finished = len(words) if not words or text[-1].isspace() else len(words) - 1
    finished = next((number for number, word in enumerate(words) if word.is_unclosed), finished)
    begun = text[words[finished].start :] if finished < len(words) else ""
    return [word.value for word in words[:finished]], begun


def _client_names(session: Session, asker: Asker, router: Router) -> list[str]:
    store = Store.open(session, asker.place.workspace, "", router.services.clock())
    return [name for name, _ in store.clients.names()]


def _starting(begun: str, words: Iterable[str]) -> list[str]:
    bare = begun[1:] if begun[:1] in QUOTES else begun
    starts = (fold(begun), fold(bare), fold(unquoted(begun)))
    return [word for word in words if fold(word).startswith(starts)]
