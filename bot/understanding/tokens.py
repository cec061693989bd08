"""A text as words and single Chinese characters, with what is asked of them again and again."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from bot.patterns import late_pattern
from bot.understanding.grams import READ_AT_MOST, plain

SENTENCE_END, _LAUGH = ".", "lol"
_KEY = 3
# Taiwan writes 著 and 妳 where others write 着 and 你; neither is in the table of Simplified characters.
SPELLINGS = str.maketrans({"著": "着", "妳": "你", **dict.fromkeys("'’‘`´ʼ")})
_SMILES = late_pattern("[😂🤣😆😹]+")
_BREAK = late_pattern(r"[.!?;。！？；…\n\r]+")
WORD = late_pattern(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+\*?")
_TOKEN = late_pattern(rf"{WORD.pattern}|\.")
_BETWEEN_HAN = late_pattern(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_LAUGHTER = late_pattern(r"a?(?:[jh][aei]){2,}[jh]?a?|lo+l|lmf?ao+|rofl|xd+|hhh+")


class Tokens(tuple[str, ...]):
    """The tokens of one text."""

    @cached_property
    def marks(self) -> frozenset[str]:
        """What a text of these words holds for sure: each word, and each with the one that follows it."""
        return frozenset(self).union(map(" ".join, itertools.pairwise(self)))

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[str]]:
        """The words under themselves, and under how they begin."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in frozenset(self):
            found[word].append(word)
            found[beginning(word)].append(word)
        return found

    @cached_property
    def keys(self) -> frozenset[str]:
        """Under all of what a phrase that stands here may be kept."""
        return self.marks.union(self.by_key)


# How Spanish is typed in a hurry.
_SHORT = {"q": "que", "xq": "porque", "pq": "porque", "tb": "tambien", "tmb": "tambien"}


def tokens_of(text: str) -> Tokens:
    """Words, single Chinese characters, a full stop where a sentence ends, and `lol` for any laughter."""
    marked = _BREAK.sub(" . ", _SMILES.sub(f" {_LAUGH} ", text[:READ_AT_MOST])).translate(SPELLINGS)
    words = (_LAUGH if _LAUGHTER.fullmatch(token) else token for token in _TOKEN.findall(plain(marked)))
    return Tokens(_SHORT.get(word, word) for word in words)


def joined(tokens: Iterable[str]) -> str:
    """A text of these tokens, in Chinese without spaces."""
    return _BETWEEN_HAN.sub("", " ".join(tokens))


def beginning(word: str) -> str:
    """How all words begin that begin like this one."""
    return word[:_KEY] + "*"
