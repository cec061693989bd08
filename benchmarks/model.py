"""Learns `bot/understanding/data/*.model` from the knowledge: `make model`. Needs scikit-learn, which the bot does not.

How sure it may be is set on `benchmarks/understanding/dev.*.jsonl`, which is never learnt.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.knowledge.examples import NONE, LateExamples
from bot.knowledge.loader import load
from bot.knowledge.schema import LANGUAGES, Language
from bot.understanding.examples import Example, all_of
from bot.understanding.grams import grams
from bot.understanding.model import LENGTHS, Fitted, Model, path_of, shares

SEEN_AT_LEAST = 3
# How closely what was read is followed; what is off-topic is more various than a trouble.
FOLLOW, FOLLOW_NONE = 0.3, 1.0
TURNED_AWAY = 0.03
UNSEEN = Path(__file__).parent / "understanding"
_known = cache(grams)


def main() -> int:
    """Write the three models; prints what each is like."""
    knowledge = load()
    for language in LANGUAGES:
        examples = all_of(knowledge, language)
        learnt = calibrated(fit(examples), language)
        files = knowledge.examples.digests if isinstance(knowledge.examples, LateExamples) else []
        fitted = replace(learnt.fitted, files=files, rows=[example.digest for example in examples])
        content = Model(fitted, learnt.rarities, learnt.planes).content()
        path_of(language).write_bytes(content)
        sys.stdout.write(
            f"{language}: {len(examples)} examples, {len(learnt.rarities)} features, {len(content) // 1000} kB, "
            f"doubt {fitted.doubt:.2f}\n"
        )
    return 0


@dataclass(frozen=True)
class Learnt:
    """What a model is made of."""

    fitted: Fitted
    rarities: dict[str, float]
    planes: list[array[int]]

    @property
    def model(self) -> Model:
        """The model itself."""
        return Model(self.fitted, self.rarities, self.planes)


def fit(examples: Sequence[Example]) -> Learnt:
    """Learn each label against all others; an example with two labels stands for both."""
    texts = [example.text for example in examples]
    labels = sorted({label for example in examples for label in example.labels})
    rarities = _rarities(texts)
    matrix, weigh = _matrix(texts, rarities), np.array([*rarities.values()])
    machines = [_machine(label).fit(matrix, [label in example.labels for example in examples]) for label in labels]
    folded = np.array([machine.coef_[0] * weigh for machine in machines])
    scale = float(np.quantile(np.abs(folded), 0.9999)) / 127
    planes = [array("b", np.clip(np.rint(plane / scale), -127, 127).astype(int).tolist()) for plane in folded]
    biases = [float(machine.intercept_[0]) for machine in machines]
    return Learnt(Fitted(labels, biases, scale, 0.5, (), ()), rarities, planes)


def _machine(label: str) -> LinearSVC:
    return LinearSVC(C=FOLLOW_NONE if label == NONE else FOLLOW, max_iter=3000, random_state=0)


def calibrated(learnt: Learnt, language: Language) -> Learnt:
    """With scores that are true log-odds of unseen texts, and the doubt that turns few of them away."""
    rows = [json.loads(line) for line in (UNSEEN / f"dev.{language}.jsonl").read_text("utf-8").splitlines()]
    judged = [(row["labels"] or [NONE], learnt.model.scores(row["text"])) for row in rows]
    sharpness = min((0.5 + 0.05 * step for step in range(100)), key=lambda value: _surprise(judged, value))
    real = [_sharpened(scores, sharpness)[NONE] for labels, scores in judged if labels != [NONE]]
    doubt = sorted(real, reverse=True)[int(len(real) * TURNED_AWAY)]
    fitted = learnt.fitted
    biases = [bias * sharpness for bias in fitted.biases]
    return replace(learnt, fitted=replace(fitted, biases=biases, scale=fitted.scale * sharpness, doubt=doubt))


def _sharpened(scores: dict[str, float], sharpness: float) -> dict[str, float]:
    return shares({label: sharpness * score for label, score in scores.items()})


def _surprise(judged: Iterable[tuple[Sequence[str], dict[str, float]]], sharpness: float) -> float:
    return fmean(-math.log(max(_sharpened(scores, sharpness)[label] for label in labels)) for labels, scores in judged)


def _rarities(texts: Sequence[str]) -> dict[str, float]:
    seen = Counter(feature for text in texts for group in _known(text) for feature in group)
    return {
        feature: math.log((1 + len(texts)) / (1 + count)) + 1
        for feature, count in sorted(seen.items())
        if count >= SEEN_AT_LEAST
    }


def _matrix(texts: Sequence[str], rarities: dict[str, float]) -> csr_matrix:
    row = {feature: place for place, feature in enumerate(rarities)}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        for length, group in zip(LENGTHS, _known(text), strict=True):
            known = sorted(feature for feature in group if feature in row)
            norm = math.sqrt(sum(rarities[feature] ** 2 for feature in known))
            columns += [row[feature] for feature in known]
            values += [length * rarities[feature] / norm for feature in known]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(texts), len(row)))


if __name__ == "__main__":
    sys.exit(main())
