"""The baseline: naive Bayes, as log-odds of each label against the rest, over word and character n-grams."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language
from bot.names import fold
from bot.understanding.language import detect
from bot.understanding.reading import Guess, Reading
from bot.understanding.values import days_late

NONE = "none"
READ_AT_MOST = 4_000
_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SMOOTHING = 0.5
# Scores to confidences: with this factor a confidence of 0.5 is right about half the time (cross-validated).
_SHARPNESS = 0.1
# To turn a real question away is worse than to offer a playbook too many: "none" must win clearly.
_DOUBT = 1.2


def features(text: str) -> Iterator[str]:
    """Words, pairs of words and parts of words; for Chinese, characters and their pairs."""
    text = text[:READ_AT_MOST]
    words = _WORD.findall(fold(text))
    if days_late(text):
        yield "#late"
    for word in words:
        if _HAN.search(word):
            yield from word
            yield from (word[i : i + 2] for i in range(len(word) - 1))
        else:
            yield f" {word} "
            padded = f" {word} "
            yield from (padded[i : i + 4] for i in range(len(padded) - 3))
    yield from (f"{first} {second}" for first, second in itertools.pairwise(words))


class Model:
    """How often each feature was seen with each label, for one language."""

    def __init__(self, rows: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._counts: dict[str, Counter[str]] = {}
        for text, labels in rows:
            found = set(features(text))
            for label in labels:
                self._counts.setdefault(label, Counter()).update(found)
        self._total: Counter[str] = Counter()
        for counted in self._counts.values():
            self._total.update(counted)
        self._sizes = {label: sum(counted.values()) for label, counted in self._counts.items()}

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to learn from."""
        return not self._counts

    def scores(self, text: str) -> dict[str, float]:
        """A probability for each label."""
        found = [feature for feature in set(features(text)) if feature in self._total]
        raw = {label: _SHARPNESS * self._log_odds(label, found) for label in self._counts}
        top = max(raw.values())
        powers = {label: math.exp(score - top) for label, score in raw.items()}
        total = sum(powers.values())
        return {label: power / total for label, power in powers.items()}

    def _log_odds(self, label: str, found: list[str]) -> float:
        if not found:
            return 0.0
        counted, own, room = self._counts[label], self._sizes[label], _SMOOTHING * len(self._total)
        rest = sum(self._sizes.values()) - own
        here = (math.log((counted[f] + _SMOOTHING) / (self._total[f] - counted[f] + _SMOOTHING)) for f in found)
        return sum(here) + len(found) * math.log((rest + room) / (own + room))


class BayesReader:
    """Learns from `knowledge.examples` when first asked, and again when the knowledge changes."""

    def __init__(self) -> None:
        self._version = ""
        self._models: dict[Language, Model] = {}

    def read(self, text: str, knowledge: Knowledge) -> Reading:
        """What a text is about; a text without any letter is about nothing."""
        if knowledge.version != self._version:
            self._models, self._version = _train(knowledge), knowledge.version
        language = detect(text)
        if not _WORD.search(text):
            return _nothing(knowledge, language)
        if named := knowledge.archetype(text.strip()):
            return _certain(knowledge, named.id)
        model = self._models[language or "en"]
        return _nothing(knowledge, language) if model.is_empty else _reading(model.scores(text), knowledge, language)


def _train(knowledge: Knowledge) -> dict[Language, Model]:
    rows: dict[Language, list[tuple[str, tuple[str, ...]]]] = {"es": [], "en": [], "zh": []}
    for batch in knowledge.examples:
        for key, texts in batch.examples.items():
            labels = tuple(label.strip() for label in key.split("+"))
            rows[batch.language].extend((text, labels) for text in texts)
    for archetype in knowledge.archetypes.values():
        for language, playbook in archetype.texts.items():
            own = (playbook.summary, playbook.nickname, *playbook.signals, *archetype.aliases.get(language, ()))
            rows[language].extend((text, (archetype.id,)) for text in own)
    return {language: Model(texts) for language, texts in rows.items()}


def _reading(scores: Mapping[str, float], knowledge: Knowledge, language: Language | None) -> Reading:
    ranked = sorted((label for label in scores if label != NONE), key=lambda label: -scores[label])
    guesses = tuple(Guess(label, round(scores[label], 4)) for label in ranked if label in knowledge.archetypes)
    abstained = not guesses or scores.get(NONE, 0.0) > _DOUBT * scores[ranked[0]]
    return Reading(guesses, abstained, language)


def _certain(knowledge: Knowledge, archetype_id: str) -> Reading:
    # A bare name ("mala-paga") is typed in every language and shows none.
    others = tuple(Guess(other, 0.0) for other in knowledge.archetypes if other != archetype_id)
    return Reading((Guess(archetype_id, 1.0), *others), abstained=False, language=None)


def _nothing(knowledge: Knowledge, language: Language | None) -> Reading:
    share = round(1 / max(1, len(knowledge.archetypes)), 4)
    return Reading(tuple(Guess(name, share) for name in knowledge.archetypes), abstained=True, language=language)
