"""The answer to "what about Globex?" where nobody has listed Globex: such clients can't be told apart in a thread."""

from __future__ import annotations

import re

from bot.advice.case import language_named
from bot.arguments import quoted
from bot.commands import Turn
from bot.features.heard import Heard
from bot.i18n.messages import N
from bot.i18n.places import place_named
from bot.likeness import Likeness, likeness
from bot.names import fold
from bot.patterns import late_pattern
from bot.reply import Reply, Section
from bot.understanding.ahead import DAYS
from bot.understanding.spans import MONTHS

_NAME = r"(?-i:[A-ZÁÉÍÓÚÑ])[\w&.'’-]{1,30}(?: (?-i:[A-ZÁÉÍÓÚÑ\d])[\w&.'’-]{0,30}){0,2}"
_ABOUT = late_pattern(
    rf"(?:(?:(?:and|so|ok|now),? )?(?:what|how) about|and) (?P<en>{_NAME})\s*[?.!]*|"
    r"¿? ?(?:y(?: qu[ée] (?:hay|tal|pasa)(?: de| con)?)?|qu[ée] (?:hay de|pasa con|tal con)) "
    rf"(?P<es>{_NAME})\s*[?.!]*|"
    rf"那?\s*(?P<zh>{_NAME})\s*呢\s*[?？!！。]*",
    re.IGNORECASE,
)


def unlisted(heard: Heard, turn: Turn) -> Reply | None:
    """That nobody listed the client which is asked about; nothing to those who may not know who is listed."""
    is_open = turn.may_see_clients and not heard.clients and not heard.follow_ups
    found = _ABOUT.fullmatch(heard.text.strip()) if is_open else None
    language, name = _named(found) if found else ("", "")
    if not name or likeness(name) is Likeness.NO or _is_known_otherwise(name, turn):
        return None
    turn = turn.speaking(language_named(language))
    keep = N(
        "I keep apart only the clients that are on your team's list: `/client flag {name} …` puts this one there. "
        "Or say in one message what {client} does.", name=quoted(name), client=name,
    )  # fmt: skip
    lines = (N("I know no client called “{name}”.", name=name), keep)
    return Reply(blocks=(Section("\n".join(turn.speech(line) for line in lines)),))


def _named(found: re.Match[str]) -> tuple[str, str]:
    """The language of the question, and whom it names."""
    return next((language, name) for language, name in found.groupdict().items() if name)


def _is_known_otherwise(name: str, turn: Turn) -> bool:
    """It is a place, a day, a month or an archetype."""
    return bool(place_named(name) or {*DAYS, *MONTHS} & set(fold(name).split()) or turn.knowledge.archetype(name))
