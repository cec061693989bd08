"""Learns `bot/understanding/data/*.{model,network}` from the knowledge: `make model`, some twenty minutes.

Needs scikit-learn, NumPy and a pretrained model (`benchmarks/pretrained.py`), which the bot does not.

How sure it may be is set on `benchmarks/understanding/dev.*.jsonl`, which is never learnt.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from benchmarks.network import packed, train
from benchmarks.pretrained import pieces_in, vectors_of
from bot.knowledge.examples import NONE, LateExamples
from bot.knowledge.loader import load
from bot.knowledge.schema import LANGUAGES, Language
from bot.names import fold
from bot.understanding.examples import Example, all_of
from bot.understanding.grams import grams
from bot.understanding.model import LENGTHS, Fitted, Model, path_of, shares
from bot.understanding.network import Network, read, written
from bot.understanding.network import path_of as network_path
from bot.understanding.pieces import Pieces

SEEN_AT_LEAST = 3
# How closely what was read is followed; what is off-topic is more various than a trouble.
FOLLOW, FOLLOW_NONE = 0.3, 1.0
TURNED_AWAY = 0.03
# How much the scores of the machines and of the network may count.
SHARPNESS, TRUST = ([0.2 * step for step in range(1, 21)], [0.1 * step for step in range(1, 21)])
# How much more or less likely than among what was learnt a text is to be of no kind (log-odds).
PRIORS = [0.1 * step for step in range(-30, 11)]
Opinions = tuple[dict[str, float], dict[str, float]]
UNSEEN = Path(__file__).parent / "understanding"
_known = cache(grams)


def main() -> int:
    """Write the network and the three models, all at the end; prints what each is like."""
    knowledge = load()
    examples = {language: all_of(knowledge, language) for language in LANGUAGES}
    contents = {network_path(): _network(examples)}
    network = read(contents[network_path()])
    for language in LANGUAGES:
        learnt = calibrated(fit(examples[language], network), language)
        files = knowledge.examples.digests if isinstance(knowledge.examples, LateExamples) else []
        rows = [example.digest for example in examples[language]]
        fitted = replace(learnt.fitted, files=files, rows=rows, network=network.digest)
        contents[path_of(language)] = replace(learnt, fitted=fitted).model.content()
        sys.stdout.write(
            f"{language}: {len(rows)} examples, {len(learnt.rarities)} features, doubt {fitted.doubt:.2f}\n"
        )
    for path, content in contents.items():
        path.write_bytes(content)
        sys.stdout.write(f"{path.name}: {len(content) // 1000} kB\n")
    return 0


def _network(examples: Mapping[Language, Sequence[Example]]) -> bytes:
    everything = [example for own in examples.values() for example in own]
    names = pieces_in([example.text for example in everything])
    pieces, labels = Pieces(names), sorted({label for example in everything for label in example.labels})
    # Many type Spanish without its accents.
    plainly = [Example(fold(example.text), example.labels) for example in examples["es"]]
    lessons = [(pieces.rows(example.text), example.labels) for example in (*everything, *plainly)]
    return written(*packed(train(vectors_of(names), lessons, labels, sys.stdout.write), labels, pieces))


@dataclass(frozen=True)
class Learnt:
    """What a model is made of."""

    fitted: Fitted
    rarities: dict[str, float]
    planes: list[array[int]]
    network: Network

    @property
    def model(self) -> Model:
        """The model itself."""
        return Model(self.fitted, self.rarities, self.planes, self.network)


def fit(examples: Sequence[Example], network: Network) -> Learnt:
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
    return Learnt(Fitted(labels, biases, scale, 1.0, 0.5, (), ()), rarities, planes, network)


def _machine(label: str) -> LinearSVC:
    return LinearSVC(C=FOLLOW_NONE if label == NONE else FOLLOW, max_iter=3000, random_state=0)


def calibrated(learnt: Learnt, language: Language) -> Learnt:
    """With scores that are true log-odds of unseen texts, and the doubt that turns few of them away."""
    rows = [json.loads(line) for line in (UNSEEN / f"dev.{language}.jsonl").read_text("utf-8").splitlines()]
    judged = [(row["labels"] or [NONE], learnt.model.opinions(row["text"])) for row in rows]
    sharpness, trust = min(itertools.product(SHARPNESS, TRUST), key=lambda both: _surprise(judged, *both))
    prior = min(PRIORS, key=lambda prior: _surprise(judged, sharpness, trust, prior))
    real = [_weighed(opinions, sharpness, trust, prior)[NONE] for labels, opinions in judged if labels != [NONE]]
    doubt = sorted(real, reverse=True)[int(len(real) * TURNED_AWAY)]
    fitted = learnt.fitted
    pairs = zip(fitted.labels, fitted.biases, strict=True)
    biases = [bias * sharpness + (prior if label == NONE else 0.0) for label, bias in pairs]
    return replace(
        learnt, fitted=replace(fitted, biases=biases, scale=fitted.scale * sharpness, trust=trust, doubt=doubt)
    )


def _weighed(opinions: Opinions, sharpness: float, trust: float, prior: float = 0.0) -> dict[str, float]:
    own, heard = opinions
    scores = {label: sharpness * score + trust * heard[label] for label, score in own.items()}
    return shares({**scores, NONE: scores[NONE] + prior})


def _surprise(
    judged: Iterable[tuple[Sequence[str], Opinions]], sharpness: float, trust: float, prior: float = 0.0
) -> float:
    return fmean(
        -math.log(max(map(_weighed(opinions, sharpness, trust, prior).__getitem__, labels)))
        for labels, opinions in judged
    )


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
