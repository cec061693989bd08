"""The baseline: complement naive Bayes over word and character n-grams of the example utterances."""

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

NONE = "none"
READ_AT_MOST = 4_000
_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SMOOTHING = 0.5
_SHARPNESS = 6.0


def features(text: str) -> Iterator[str]:
    """Words, pairs of words and parts of words; for Chinese, characters and their pairs."""
    words = _WORD.findall(fold(text[:READ_AT_MOST]))
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
    """Weights a class and feature for one language."""

    def __init__(self, rows: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        counts: dict[str, Counter[str]] = {}
        for text, labels in rows:
            found = Counter(set(features(text)))
            for label in labels:
                counts.setdefault(label, Counter()).update(found)
        self._weights = dict(_complement_weights(counts))

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to learn from."""
        return not self._weights

    def scores(self, text: str) -> dict[str, float]:
        """A probability for each label."""
        found = set(features(text))
        size = math.sqrt(len(found)) or 1.0
        raw = {
            label: sum(weights.get(feature, 0.0) for feature in found) / size
            for label, weights in self._weights.items()
        }
        top = max(raw.values())
        powers = {label: math.exp(_SHARPNESS * (score - top)) for label, score in raw.items()}
        total = sum(powers.values())
        return {label: power / total for label, power in powers.items()}


def _complement_weights(counts: Mapping[str, Counter[str]]) -> Iterator[tuple[str, dict[str, float]]]:
    total: Counter[str] = Counter()
    for counted in counts.values():
        total.update(counted)
    size = sum(total.values()) + _SMOOTHING * len(total)
    for label, counted in counts.items():
        rest = size - sum(counted.values())
        logs = {f: math.log((n - counted[f] + _SMOOTHING) / rest) for f, n in total.items()}
        norm = sum(map(abs, logs.values())) / len(logs)
        mean = sum(logs.values()) / len(logs)
        yield label, {feature: (mean - value) / norm for feature, value in logs.items()}


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
    return Reading(guesses, scores.get(NONE, 0.0) > scores[ranked[0]], language)


def _certain(knowledge: Knowledge, archetype_id: str) -> Reading:
    # A bare name ("mala-paga") is typed in every language and shows none.
    others = tuple(Guess(other, 0.0) for other in knowledge.archetypes if other != archetype_id)
    return Reading((Guess(archetype_id, 1.0), *others), abstained=False, language=None)


def _nothing(knowledge: Knowledge, language: Language | None) -> Reading:
    share = round(1 / max(1, len(knowledge.archetypes)), 4)
    return Reading(tuple(Guess(name, share) for name in knowledge.archetypes), abstained=True, language=language)
