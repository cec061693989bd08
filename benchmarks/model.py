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
from sklearn.linear_model import LogisticRegression

from bot.knowledge.examples import NONE, LateExamples
from bot.knowledge.loader import load
from bot.knowledge.schema import LANGUAGES, Language
from bot.understanding.examples import Example, all_of
from bot.understanding.grams import grams
from bot.understanding.model import Fitted, Model, path_of, shares

SEEN_AT_LEAST, STRENGTH = 3, 6.0
TURNED_AWAY = 0.035
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
            f"sharpness {fitted.sharpness:.2f}, doubt {fitted.doubt:.2f}\n"
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
    """Learn; an example with two labels counts half for each."""
    rows = [(example.text, label, 1 / len(example.labels)) for example in examples for label in example.labels]
    texts, names, weights = zip(*rows, strict=True)
    rarities = _rarities(texts)
    regression = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    regression.fit(_matrix(texts, rarities), names, sample_weight=weights)
    folded = regression.coef_ * np.array([*rarities.values()])
    scale = float(np.quantile(np.abs(folded), 0.9999)) / 127
    planes = [array("b", np.clip(np.rint(plane / scale), -127, 127).astype(int).tolist()) for plane in folded]
    labels, biases = [str(name) for name in regression.classes_], [float(bias) for bias in regression.intercept_]
    return Learnt(Fitted(labels, biases, scale, 1.0, 0.5, (), ()), rarities, planes)


def calibrated(learnt: Learnt, language: Language) -> Learnt:
    """With the sharpness that makes confidences true of unseen texts, and the doubt that turns few of them away."""
    rows = [json.loads(line) for line in (UNSEEN / f"dev.{language}.jsonl").read_text("utf-8").splitlines()]
    judged = [(row["labels"] or [NONE], learnt.model.scores(row["text"])) for row in rows]
    sharpness = min((0.5 + 0.05 * step for step in range(60)), key=lambda value: _surprise(judged, value))
    real = sorted((shares(scores, 1)[NONE] for labels, scores in judged if labels != [NONE]), reverse=True)
    doubt = real[int(len(real) * TURNED_AWAY)]
    return replace(learnt, fitted=replace(learnt.fitted, sharpness=round(sharpness, 2), doubt=round(doubt, 3)))


def _surprise(judged: Iterable[tuple[Sequence[str], dict[str, float]]], sharpness: float) -> float:
    return fmean(-math.log(max(shares(scores, sharpness)[label] for label in labels)) for labels, scores in judged)


def _rarities(texts: Sequence[str]) -> dict[str, float]:
    seen = Counter(feature for text in texts for group in _known(text) for feature in group)
    return {
        feature: math.log((1 + len(texts)) / (1 + count)) + 1
        for feature, count in seen.items()
        if count >= SEEN_AT_LEAST
    }


def _matrix(texts: Sequence[str], rarities: dict[str, float]) -> csr_matrix:
    row = {feature: place for place, feature in enumerate(rarities)}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for group in ([feature for feature in group if feature in row] for text in texts for group in _known(text)):
        length = math.sqrt(sum(rarities[feature] ** 2 for feature in group))
        columns += [row[feature] for feature in group]
        values += [rarities[feature] / length for feature in group]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends[::2]), shape=(len(texts), len(row)))


if __name__ == "__main__":
    sys.exit(main())
