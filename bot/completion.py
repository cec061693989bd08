"""What may follow a half-written command: sub-commands, clients, archetypes, choices.

`suggestions` complete a line, quotes included; `choices` fill a list under a field, where what is shown and what is
taken may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.arguments import QUOTES, Kind, Param, quoted, split, unquoted
from bot.events import Asker
from bot.i18n.locale import choose, language_of
from bot.i18n.messages import Message
from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge, spelling
from bot.names import fold
from bot.reply import Option
from bot.router import Router
from bot.storage.database import Session
from bot.storage.store import Store

MOST = 25


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
    return found + _starting(begun, [*_fixed(param, router.commands), *map(Speech("en"), param.offered)])


def has_choices(param: Param) -> bool:
    """Whether `choices` can offer anything for an argument."""
    return param.kind in (Kind.CLIENT, Kind.ARCHETYPE, Kind.SUBJECT) or bool(_fixed(param, ("",)) or param.offered)


async def choices(router: Router, asker: Asker, param: Param, begun: str) -> list[Option]:
    """At most `MOST` values for what was begun: archetypes by any of their names, clients by any word of theirs."""
    knowledge, speech = router.services.knowledge.current(), await _speech(router, asker)
    found = [Option(word, word) for word in _starting(begun, _fixed(param, router.commands))]
    found += _named(begun, param.offered, speech)
    if param.kind in (Kind.ARCHETYPE, Kind.SUBJECT):
        found += _archetypes(begun, knowledge, speech)
    if param.kind in (Kind.CLIENT, Kind.SUBJECT) and asker.may_see_clients and len(found) < MOST:
        most = MOST - len(found)
        clients = await router.services.database.read(lambda session: _clients(session, asker, router, (begun, most)))
        found = [Option(n if n == of else speech.aside(n, of), n) for n, of in clients] + found
    return found[:MOST]


async def _speech(router: Router, asker: Asker) -> Speech:
    """The language in which the answer will be."""
    own, services = asker.user.locale, router.services
    if language_of(own):
        return Speech(choose(own))
    settings = await services.database.glance(lambda session: _store(session, asker, router).settings)
    return Speech(choose(settings.get("language", ""), asker.place.locale, services.locale))


def _archetypes(begun: str, knowledge: Knowledge, speech: Speech) -> Iterator[Option]:
    wanted = spelling(begun)
    for archetype_id in knowledge.ranked({i for name, i in knowledge.aliases.items() if _has_word(name, wanted)}):
        name = knowledge.playbook(archetype_id, speech.language).name
        yield Option(speech.aside(name, archetype_id), archetype_id)


def _named(begun: str, offered: Iterable[Message], speech: Speech) -> Iterator[Option]:
    """The English word is what is taken, whichever language it is found and shown in."""
    for title in offered:
        label, value = speech(title), Speech("en")(title)
        if _starting(begun, (label, value)):
            yield Option(label, value)


def _has_word(name: str, begun: str) -> bool:
    is_chinese = not begun.isascii()
    return name.startswith(begun) or f" {begun}" in name or (is_chinese and begun in name)


def _fixed(param: Param, commands: Iterable[str]) -> Iterable[str]:
    if param.kind is not Kind.WORD:
        return ()
    return param.choices or (commands if param.name == "command" else ())


async def client_names(router: Router, asker: Asker, begun: str, limit: int) -> list[str]:
    """Known names, as they are written, that start with what was begun, at most `limit`; none for who may see none."""
    if not asker.may_see_clients:
        return []
    found = await router.services.database.read(lambda session: _clients(session, asker, router, (begun, limit)))
    return [name for name, _ in found]


def _words(text: str) -> tuple[list[str], str]:
    """The finished words of a line, and the raw text of the one that is being written."""
    words = split(text)
    finished = len(words) if not words or text[-1].isspace() else len(words) - 1
    finished = next((number for number, word in enumerate(words) if word.is_unclosed), finished)
    begun = text[words[finished].start :] if finished < len(words) else ""
    return [word.value for word in words[:finished]], begun


def _client_names(session: Session, asker: Asker, router: Router) -> list[str]:
    return [name for name, _ in _store(session, asker, router).clients.names()]


def _clients(session: Session, asker: Asker, router: Router, wanted: tuple[str, int]) -> list[tuple[str, str]]:
    return _store(session, asker, router).clients.starting(*wanted)


def _store(session: Session, asker: Asker, router: Router) -> Store:
    return Store.open(session, asker.place.workspace, "", router.services.clock())


def _starting(begun: str, words: Iterable[str]) -> list[str]:
    bare = begun[1:] if begun[:1] in QUOTES else begun
    starts = (fold(begun), fold(bare), fold(unquoted(begun)))
    return [word for word in words if fold(word).startswith(starts)]
