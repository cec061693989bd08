"""Free text to named arguments: the grammar that slash commands, mentions and the console share.

Words are separated by spaces. A word that starts with a quote ends at its partner; a quote without
partner is an ordinary character. The last argument takes the rest of the line as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from bot.i18n.messages import Message

QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "「": "」", "『": "』"}
_ALSO_INSIDE_WORDS = frozenset("\"'’")
# Of how many words the name of a client, and that of an archetype, may be where it stands without quotes.
CLIENT_WORDS, ALIAS_WORDS = 5, 8
# What people put between a client and its archetype: "as a bad payer", "como un moroso", "— moroso".
LINKS = frozenset("as is a an the client como es un una cliente 为 為 是 作为 作為 - – — = :".split())
LINKED_AT_MOST = 3
_LED_TO = re.compile(r"^(?:作?[为為]|是)(?=.)|[,.;:，。；：]+$")
_WORD = re.compile(r"\S+")


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


class Kinds(NamedTuple):
    """What knows archetypes by name. `words`: how many the longest name has that begins as a word does, 0 for none."""

    knows: Callable[[str], bool]
    words: Callable[[str], int] = lambda _word: ALIAS_WORDS


class Word(NamedTuple):
    """A word of a line: its value without quotes, and where it starts and ends."""

    value: str
    start: int
    end: int

    @property
    def is_unclosed(self) -> bool:
        """Whether it starts with a quote that has no partner."""
        return self.value[:1] in QUOTES and len(self.value) == self.end - self.start


def bind(params: Sequence[Param], text: str, kinds: Kinds) -> Mapping[str, str]:
    """The arguments in a text, by name; those that the text does not reach are absent."""
    found: dict[str, str] = {}
    position = 0
    for number, param in enumerate(params):
        rest = text[position:]
        if not rest.strip():
            break
        is_last = number == len(params) - 1
        value, taken = (unquoted(rest.strip()), len(rest)) if is_last else _take(param, rest, kinds)
        position += taken
        if value:
            found[param.name] = value
    return found


def _take(param: Param, text: str, kinds: Kinds) -> tuple[str | None, int]:
    first = split(text, 1)[0]
    if param.kind in (Kind.ARCHETYPE, Kind.SUBJECT):
        may_be_led_to = param.kind is Kind.ARCHETYPE and param.is_required
        firsts = _firsts(text, first) if may_be_led_to else [first]
        if found := next(filter(None, (_archetype(text, word, kinds) for word in firsts)), None):
            return found
        if param.kind is Kind.ARCHETYPE and not param.is_required:
            return None, 0
        first = firsts[-1]
    value = first.value
    is_plain = param.kind is Kind.CLIENT and len(value) == first.end - first.start
    return value.rstrip(",:;，：；") if is_plain else value, first.end


def _firsts(text: str, first: Word) -> list[Word]:
    """The words with which a name may begin: the first, and what follows those that only lead up to one."""
    words = [first]
    while words[-1].value.lower() in LINKS and len(words) <= LINKED_AT_MOST:
        if not (following := split(text, 1, words[-1].end)):
            break
        words += following
    return words


def _archetype(text: str, first: Word, kinds: Kinds) -> tuple[str, int] | None:
    """The longest name that begins with this word, and where it ends."""
    longest = max(map(kinds.words, _spellings(first.value)))
    words = split(text, longest, first.start) if longest > 1 else [first] * longest
    for last in reversed(words):
        name = first.value if last == first else text[first.start : last.end]
        if known := next(filter(kinds.knows, _spellings(name)), None):
            return known, last.end
    return None


def _spellings(name: str) -> tuple[str, ...]:
    """A name as it stands, and without what leads to it and what ends it."""
    bare = _LED_TO.sub("", name)
    return (name,) if bare == name else (name, bare)


def split(text: str, limit: int | None = None, start: int = 0) -> list[Word]:
    """The first words of a text from `start` (all of them without a limit)."""
    words: list[Word] = []
    unclosed: set[str] = set()
    found = _WORD.search(text, start)
    while found and (limit is None or len(words) < limit):
        words.append(_quoted_once(text, found.start(), unclosed) or Word(found[0], *found.span()))
        found = _WORD.search(text, words[-1].end)
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


def _quoted_once(text: str, start: int, unclosed: set[str]) -> Word | None:
    # A quote without partner has none further on either: once searched for, it is remembered in `unclosed`.
    opening = text[start]
    if opening not in QUOTES or opening in unclosed:
        return None
    word = _quoted(text, start)
    if word is None:
        unclosed.add(opening)
    return word


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
