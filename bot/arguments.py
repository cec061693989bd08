"""Free text to named arguments: the grammar that slash commands, mentions and the console share.

Words are separated by spaces. A word that starts with a quote ends at its partner; a quote without
partner is an ordinary character. The last argument takes the rest of the line as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from itertools import takewhile
from typing import NamedTuple

from bot.i18n.messages import Message

QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "「": "」", "『": "』"}
_ALSO_INSIDE_WORDS = frozenset("\"'’")
ALIAS_WORDS = 5
# What people put between a client and its archetype: "as a bad payer", "como un moroso".
LINKS = frozenset("as is a an the client como es un una cliente 为 為 是 作为 作為".split())
LINKED_AT_MOST = 3
_LED_TO = re.compile(r"^(?:作?[为為]|是)(?=.)|[,.;:，。；：]+$")
_SPACE = re.compile(r"\s")
Recognises = Callable[[str], bool]


class Kind(Enum):
    """What an argument is: decides how much text it takes, how it is checked and completed."""

    CLIENT = "client"
    ARCHETYPE = "archetype"
    SUBJECT = "subject"  # a client or an archetype
    WORD = "word"
    TEXT = "text"


class Param(NamedTuple):
    """A named argument. `choices` are the words that a `WORD` may be, when they are few; `offered` some of them."""

    name: str
    kind: Kind
    help: Message
    is_required: bool = True
    choices: tuple[str, ...] = ()
    offered: tuple[Message, ...] = ()


class Word(NamedTuple):
    """A word of a line: its value without quotes, and where it starts and ends."""

    value: str
    start: int
    end: int

    @property
    def is_unclosed(self) -> bool:
        """Whether it starts with a quote that has no partner."""
        return self.value[:1] in QUOTES and len(self.value) == self.end - self.start


def bind(params: Sequence[Param], text: str, is_archetype: Recognises) -> Mapping[str, str]:
    """The arguments in a text, by name; those that the text does not reach are absent."""
    found: dict[str, str] = {}
    position = 0
    for number, param in enumerate(params):
        rest = text[position:]
        if not rest.strip():
            break
        is_last = number == len(params) - 1
        value, taken = (unquoted(rest.strip()), len(rest)) if is_last else _take(param, rest, is_archetype)
        position += taken
        if value:
            found[param.name] = value
    return found


def _take(param: Param, text: str, is_archetype: Recognises) -> tuple[str | None, int]:
    words = split(text, ALIAS_WORDS + LINKED_AT_MOST if param.kind in (Kind.ARCHETYPE, Kind.SUBJECT) else 1)
    if param.kind in (Kind.ARCHETYPE, Kind.SUBJECT):
        linked = _linked(words) if param.kind is Kind.ARCHETYPE and param.is_required else 0
        for first in range(linked + 1):
            for last in range(min(len(words), first + ALIAS_WORDS), first, -1):
                name = text[words[first].start : words[last - 1].end] if last - first > 1 else words[first].value
                if known := next(filter(is_archetype, dict.fromkeys((name, _LED_TO.sub("", name)))), None):
                    return known, words[last - 1].end
        if param.kind is Kind.ARCHETYPE and not param.is_required:
            return None, 0
        words = words[linked:] or words
    value = words[0].value
    is_plain = param.kind is Kind.CLIENT and len(value) == words[0].end - words[0].start
    return value.rstrip(",:;，：；") if is_plain else value, words[0].end


def _linked(words: Sequence[Word]) -> int:
    """How many words only lead up to an archetype."""
    return len([*takewhile(lambda word: word.value.lower() in LINKS, words[:LINKED_AT_MOST])])


def split(text: str, limit: int | None = None) -> list[Word]:
    """The first words of a text (all of them without a limit)."""
    words: list[Word] = []
    unclosed: set[str] = set()
    position = 0
    while position < len(text) and (limit is None or len(words) < limit):
        if text[position].isspace():
            position += 1
            continue
        words.append(_word(text, position, unclosed))
        position = words[-1].end
    return words


def quoted(name: str) -> str:
    """A name as it must be written to be one word: in quotes that it does not hold, where it needs any."""
    if [word.value for word in split(name)] == [name]:
        return name
    return next((f"{o}{name}{c}" for o, c in QUOTES.items() if o not in name and c not in name), name)


def unquoted(text: str) -> str:
    """A text that is one quoted word, without its quotes; any other text as it stands."""
    word = _quoted(text, 0) if text else None
    return word.value if word and word.end == len(text) else text


def _word(text: str, start: int, unclosed: set[str]) -> Word:
    # A quote without partner has none further on either: once searched for, it is remembered in `unclosed`.
    opening = text[start]
    if opening in QUOTES and opening not in unclosed:
        if word := _quoted(text, start):
            return word
        unclosed.add(opening)
    return _plain(text, start)


def _plain(text: str, start: int) -> Word:
    space = _SPACE.search(text, start)
    end = space.start() if space else len(text)
    return Word(text[start:end], start, end)


def _quoted(text: str, start: int) -> Word | None:
    opening = text[start]
    closing = QUOTES.get(opening)
    if closing is None:
        return None
    end = text.find(closing, start + 1)
    while end != -1 and closing in _ALSO_INSIDE_WORDS and not _ends_word(text, end):
        end = text.find(closing, end + 1)
    if end == -1:
        return None
    return Word(text[start + 1 : end], start, end + 1)


def _ends_word(text: str, position: int) -> bool:
    return position + 1 == len(text) or text[position + 1].isspace()
