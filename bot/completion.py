"""What may follow a half-written command: sub-commands, clients, archetypes, choices."""

from __future__ import annotations

from collections.abc import Iterable

from bot.arguments import Kind, Param, split
from bot.events import Place
from bot.names import fold
from bot.router import Router
from bot.storage.database import Session
from bot.storage.store import Store


async def suggestions(router: Router, place: Place, text: str) -> tuple[str, list[str]]:
    """The word that was begun, and what it could become; for the text after `/client `."""
    words = [word.value for word in split(text)]
    begun = "" if not words or text[-1].isspace() else words.pop()
    if not words:
        return begun, _starting(begun, router.commands)
    name, _ = router.command(words[0])
    spec = router.commands.get(name)
    place_of = len(words) - 1
    if spec is None or place_of >= len(spec.params):
        return begun, []
    return begun, await candidates(router, place, spec.params[place_of], begun)


async def candidates(router: Router, place: Place, param: Param, begun: str) -> list[str]:
    """The values of an argument that start with what was begun."""
    found: list[str] = []
    if param.kind in (Kind.CLIENT, Kind.SUBJECT):
        names = await router.services.database.read(lambda session: _client_names(session, place, router))
        found += [f'"{name}"' if " " in name else name for name in _starting(begun, names)]
    if param.kind in (Kind.ARCHETYPE, Kind.SUBJECT):
        found += _starting(begun, router.services.knowledge.current().archetypes)
    if param.kind is Kind.WORD:
        found += _starting(begun, param.choices or (router.commands if param.name == "command" else ()))
    return found


def _client_names(session: Session, place: Place, router: Router) -> list[str]:
    store = Store.open(session, place.workspace, "", router.services.clock())
    return [name for name, _ in store.clients.names()]


def _starting(begun: str, words: Iterable[str]) -> list[str]:
    start = fold(begun.strip('"'))
    return [word for word in words if fold(word).startswith(start)]
