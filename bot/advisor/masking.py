"""Takes clients' names, addresses and numbers out of texts before they are sent, and puts the names back afterwards.

A name is found in any spelling that folds to it (case, accents, full width, Traditional or Simplified), with dots
or other marks between its letters, within an address, and in its inflected forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from bot.names import LEGAL_WORDS, fold, key_of
from bot.understanding.grams import simplified
from bot.understanding.language import COMMON

PLACEHOLDER = re.compile(r"\[?CLIENT_(\d+)\]?")
_LOOKALIKE = re.compile(r"CLIENT\W*_+\W*(?=\d)", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_JOINTS, _BETWEEN, _LOOSE = r"[.'’`´·]*", r"[\W_]*", r"[\W_]{0,2}"
_STARTS, _ENDS = r"(?<![^\W_\u3400-\u9fff])", r"(?![^\W_\u3400-\u9fff])"
_LONG, _LONGER, _PART = 4, 6, 3
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[\u3400-\u9fff]{1,2}|[^\W_\u3400-\u9fff]+")
_ORDINARY = frozenset(map(fold, LEGAL_WORDS.union(*COMMON.values())))
_CONTACTS = (
    (re.compile(r"<[@#!][^>]*>|(?<!\S)[@＠]\w+"), "(person)"),
    (re.compile(r"\b(?:https?://|www\.)[^\s，。；）)]+", re.IGNORECASE), "(link)"),
    (re.compile(r"[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+"), "(address)"),
    (re.compile(r"(?<!\w)\+?\d(?:[\s().-]?\d){6,}"), "(number)"),
)


class Name(NamedTuple):
    """One spelling of a client's name, folded. `is_part`: a single word of it, which counts when it has a capital."""

    text: str
    letters: str
    client: int
    is_part: bool

    def is_within(self, text: str, letters: str) -> bool:
        """Whether it can be in a text at all: most names of a large workspace are not, and a pattern costs more."""
        return self.letters in letters if self.letters else self.text in text


@dataclass
class Mask:
    """Replaces names by `CLIENT_1`, …; the same client always by the same."""

    names: Sequence[Name]
    _numbers: dict[int, int] = field(default_factory=dict)
    _spelt: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def of(names: Iterable[tuple[str, int]], texts: Iterable[str]) -> Mask:
        """For these texts, with all names of a workspace (name, client's id)."""
        folded = Folded.of("\n".join(texts)).text
        letters = _squeezed(folded)
        likely = ((spelt, client) for spelt, client in names if _may_be_in(letters, spelt))
        every = (name for spelt, client in likely for name in _spellings(spelt, client))
        within = (name for name in every if name.text and name.is_within(folded, letters))
        return Mask([*{(name.text, name.is_part): name for name in within}.values()])

    def question(self, text: str) -> str:
        """A person's text without names, parts of names that are written as names, and contacts."""
        text = self._masked(_LOOKALIKE.sub("CLIENT ", text), has_parts=True)
        for pattern, word in _CONTACTS:
            text = pattern.sub(word, text)
        return text

    def entry(self, text: str) -> str:
        """A text of the knowledge file, in which a team may have written a client's name."""
        return self._masked(text, has_parts=False)

    def restored(self, text: str) -> str | None:
        """The text with names as they were first spelt; None when it has a placeholder that stands for nobody."""
        numbers = {int(number) for number in PLACEHOLDER.findall(text)}
        if not numbers <= self._spelt.keys():
            return None
        return PLACEHOLDER.sub(lambda found: self._spelt[int(found[1])], text)

    def _masked(self, text: str, *, has_parts: bool) -> str:
        folded = Folded.of(text)
        done, parts = 0, []
        for start, end, client in _merged(_found(folded, self.names, has_parts=has_parts)):
            parts += [text[done:start], self._placeholder(client, text[start:end])]
            done = end
        return "".join([*parts, text[done:]])

    def _placeholder(self, client: int, spelt: str) -> str:
        number = self._numbers.setdefault(client, len(self._numbers) + 1)
        self._spelt.setdefault(number, spelt)
        return f"CLIENT_{number}"


@dataclass(frozen=True)
class Folded:
    """A text as names are compared in it, and where each of its characters stands in the original."""

    original: str
    text: str
    places: Sequence[int]

    @staticmethod
    def of(text: str) -> Folded:
        """Fold character by character, so that places are kept."""
        pieces = [(piece, place) for place, character in enumerate(text) for piece in _bare(character)]
        return Folded(text, "".join(piece for piece, _ in pieces), [place for _, place in pieces])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original, with the accents and invisible marks that follow its last letter."""
        last = self.places[end - 1] + 1
        while last < len(self.original) and not _bare(self.original[last]):
            last += 1
        return self.places[start], last


@lru_cache(maxsize=8192)
def _bare(character: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character.casefold()).casefold())
    kept = (c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return simplified("".join(kept))


def _squeezed(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _may_be_in(letters: str, name: str) -> bool:
    """A quick look, for workspaces with thousands of names: is any word of it there, or any pair of characters?"""
    pieces = _PIECE.findall("".join(map(_bare, name)))
    return not pieces or any(piece in letters for piece in pieces)


def _spellings(name: str, client: int) -> Iterator[Name]:
    for text, is_part in (*((text, False) for text in {name, key_of(name)}), *((part, True) for part in _parts(name))):
        bare = "".join(map(_bare, text)).strip()
        yield Name(bare, _squeezed(bare), client, is_part)


def _found(folded: Folded, names: Iterable[Name], *, has_parts: bool) -> Iterator[tuple[int, int, int]]:
    for name in names:
        if has_parts or not name.is_part:
            yield from ((*span, name.client) for span in _spans(folded, name))


def _spans(folded: Folded, name: Name) -> Iterator[tuple[int, int]]:
    for pattern in _patterns(name.text, name.letters):
        for found in re.finditer(pattern, folded.text):
            start, end = folded.span(*found.span())
            if not name.is_part or _HAN.match(name.text) or folded.original[start].isupper():
                yield start, end


def _patterns(name: str, letters: str) -> Iterator[str]:
    """Expressions for a folded name; a long one may begin a word, a longer one end it, a short one is all of it."""
    if not letters:
        yield re.escape(name)
        return
    if len(letters) == 1 and _HAN.match(letters):
        yield rf"(?<!\w){letters}(?!\w)"
        return
    if not (name[0].isalnum() and name[-1].isalnum()):
        yield re.escape(name)
    words = ["".join(filter(str.isalnum, word)) for word in re.split(_BETWEEN.replace("*", "+"), _without_joints(name))]
    strict = _BETWEEN.join(_JOINTS.join(word) for word in words if word)
    starts, ends = ("" if _HAN.match(letters[0]) else _STARTS), ("" if _HAN.match(letters[-1]) else _ENDS)
    yield f"{starts}{_LOOSE.join(letters)}{ends}"
    yield starts + strict + ("" if len(letters) >= _LONG else ends)
    if len(letters) >= _LONGER:
        yield strict + ends


def _without_joints(name: str) -> str:
    return re.sub(_JOINTS.replace("*", "+"), "", name)


def _parts(name: str) -> list[str]:
    words = _WORD.findall(name)
    long = [word for word in words if len(word) >= (2 if _HAN.match(word) else _PART)]
    return [word for word in long if fold(word) not in _ORDINARY] if len(words) > 1 else []


def _merged(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Spans in order; those that overlap are one, so that no rest of a name is left over."""
    merged: list[tuple[int, int, int]] = []
    for start, end, client in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end), merged[-1][2])
        else:
            merged.append((start, end, client))
    return merged
