"""Whether a sentence says no more than the entries that it names. Pure functions; where in doubt, the answer is no.

A sentence may be shorter, joined or turned to the case. It may not bring figures, names, addresses, markup, law or
money that its entries lack, may not turn a "don't" into a "do", and must be made of words that the playbooks use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from bot.advisor.inquiry import Inquiry
from bot.advisor.masking import PLACEHOLDER
from bot.advisor.words import LINKING, NEGATIONS, NUMBERS, WEIGHTY
from bot.knowledge.schema import Language
from bot.names import fold
from bot.understanding.grams import simplified
from bot.understanding.language import COMMON

LONGEST, STEM, SHORT = 320, 5, 3
LEAST = 2
# Pairs of Chinese characters also stand across words, so that fewer of them are found again.
SHARED: Mapping[Language, float] = {"es": 0.65, "en": 0.65, "zh": 0.5}
_FOREIGN = re.compile(r"://|\bwww\.|[@<>`*_#|\\\[\]{}~^=$]|\w\.\w{2,}|(?:^|\s)/\w|\((?:person|link|address|number)\)")
_PIECES = re.compile(r"(?<=[.!?;:。！？；：])\s*")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PERSON = re.compile(r"[\u3400-\u9fff](?:总|经理|先生|女士|小姐|老板娘|主管)")


def is_grounded(text: str, ids: Iterable[str], inquiry: Inquiry) -> bool:
    """Whether the sentence (with placeholders) may stand under these entries' ids."""
    ids = [*ids]
    sources = [_plain(inquiry.entries[entry]) for entry in ids]
    bare = _plain(PLACEHOLDER.sub(" ", text))
    if not 0 < len(text) <= LONGEST or _FOREIGN.search(bare) or any(map(_is_hidden, text)):
        return False
    return (
        _figures(bare, inquiry.language) <= _figures(" ".join(sources), inquiry.language)
        and _keeps_negation(bare, ids, sources, inquiry.language)
        and len(_shared(bare, sources, inquiry)) >= LEAST
        and all(_is_covered(piece, sources, inquiry) for piece in _PIECES.split(bare) if piece.strip())
    )


def _plain(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _figures(text: str, language: Language) -> set[str]:
    return {*re.findall(r"\d+", text), *NUMBERS[language].findall(text.casefold())}


def _keeps_negation(text: str, ids: Sequence[str], sources: Sequence[str], language: Language) -> bool:
    """What is to be avoided is still to be avoided, and nothing else is."""
    negation = NEGATIONS[language]
    is_negative = bool(negation.search(text.casefold()))
    avoids = [".avoid." in entry for entry in ids]
    may_be = any(avoids) or any(negation.search(source.casefold()) for source in sources)
    return may_be if is_negative else not any(avoids)


def _is_covered(text: str, sources: Sequence[str], inquiry: Inquiry) -> bool:
    source = " ".join(sources)
    if not _names(text, inquiry.language) <= _all_words(source) or not _weighty(text, inquiry) <= _weighty(
        source, inquiry
    ):
        return False
    used, given = _content(text, inquiry.language), _content(source, inquiry.language)
    if not used:
        return not _HAN.search(text) and len(_WORD.findall(text)) <= SHORT and _is_ours(text, source, inquiry)
    return _is_ours(text, source, inquiry) and len(used & given) >= SHARED[inquiry.language] * len(used)


def _is_ours(text: str, source: str, inquiry: Inquiry) -> bool:
    """Whether every word is one that the playbooks use: a long one in any form, a short one as it stands."""
    (ours, beginnings), given = _known(inquiry.words, inquiry.language), _all_words(source)
    stems = _stems(given)
    words = [fold(word) for word in _WORD.findall(text) if not _HAN.match(word)]
    short, long = [word for word in words if len(word) <= SHORT], [word[:STEM] for word in words if len(word) > SHORT]
    return all(word in ours or word in given for word in short) and all(s in beginnings or s in stems for s in long)


@lru_cache(maxsize=6)
def _known(words: frozenset[str], language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """The words that are ours in every sentence, some thousands, and how they begin."""
    ours = _common(language).union(map(fold, words))
    return ours, frozenset(_stems(ours))


def _shared(text: str, sources: Sequence[str], inquiry: Inquiry) -> set[str]:
    return _content(text, inquiry.language) & _content(" ".join(sources), inquiry.language)


def _names(text: str, language: Language) -> set[str]:
    """Words with a capital within a sentence, people with a title in Chinese, and Latin words among Chinese ones."""
    people = {*_PERSON.findall(text)}
    words = _WORD.findall(text)
    if language == "zh":
        return people | {fold(word) for word in words if not _HAN.match(word)}
    return {fold(word) for word in words[1:] if word[0].isupper() and not re.match(r"I\b", word)}


def _all_words(text: str) -> set[str]:
    return {*map(fold, _WORD.findall(text)), *_PERSON.findall(text)}


def _weighty(text: str, inquiry: Inquiry) -> set[str]:
    return {*WEIGHTY[inquiry.language].findall(fold(text))}


def _content(text: str, language: Language) -> set[str]:
    """The beginnings of words that carry meaning; in Chinese, pairs of characters."""
    common = _common(language)
    words = {fold(word) for word in _WORD.findall(text) if not _HAN.match(word)} - common
    pairs = {run[at : at + 2] for run in _HAN_RUN.findall(text) for at in range(len(run) - 1)}
    return _stems(word for word in words if len(word) > SHORT) | pairs


@lru_cache(maxsize=3)
def _common(language: Language) -> frozenset[str]:
    return frozenset(map(fold, COMMON.get(language, frozenset()) | LINKING[language]))


def _stems(words: Iterable[str]) -> set[str]:
    return {fold(word)[:STEM] for word in words}
