"""Learns `bot/understanding/data/*.{model,network}` from the knowledge: `make model`, some twenty minutes.

Needs scikit-learn, NumPy and a pretrained model (`benchmarks/pretrained.py`), which the bot does not.

How sure it may be is set on `benchmarks/understanding/dev.*.jsonl`, which is never learnt.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from benchmarks.layers import Floats
from benchmarks.network import packed, train
from benchmarks.pretrained import pieces_in, vectors_of
from bot.knowledge.checks import BUILT_IN
from bot.knowledge.examples import NONE, LateExamples, labels_of
from bot.knowledge.loader import OURS, load
from bot.knowledge.schema import LANGUAGES, Language
from bot.knowledge.sources import File, content_of
from bot.names import fold
from bot.understanding.examples import Example, all_of
from bot.understanding.grams import grams
from bot.understanding.model import LENGTHS, Fitted, Model, digests, path_of
from bot.understanding.network import Network, read, written
from bot.understanding.network import path_of as network_path
from bot.understanding.pieces import Pieces

SEEN_AT_LEAST = 3
# How closely what was read is followed; what is off-topic is more various than a trouble.
FOLLOW, FOLLOW_NONE = 0.3, 1.0
# What of a language's unseen troubles is turned away at most, and less where so much of what is off-topic is heard:
# a point better than either has to be.
TURNED_AWAY, RECOGNISED = 0.03, 0.96
# From where to look for how much what is said counts (`Judged`).
START = (2.0, 2.0, 0.6, 0.6, 0.0)
# What real people told counts so often for the machines: it is hard, and little beside what was made up.
TOLD, TOLD_COUNTS = "posts-*.yaml", 3
UNSEEN = Path(__file__).parent / "understanding"


@cache
def _known(text: str) -> tuple[set[int], ...]:
    return tuple(map(digests, grams(text)))


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


@cache
def _told() -> frozenset[Example]:
    """The examples that retell what real people posted, of all languages."""
    contents = [(File(path), content_of(path)) for path in sorted((OURS / "examples").glob(TOLD))]
    batches = (batch.examples.items() for batch in LateExamples(contents, BUILT_IN))
    return frozenset(Example(text, labels_of(key)) for batch in batches for key, texts in batch for text in texts)


@dataclass(frozen=True)
class Learnt:
    """What a model is made of."""

    fitted: Fitted
    rarities: dict[int, float]
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
    counts = [TOLD_COUNTS if example in _told() else 1 for example in examples]
    meant = ([label in example.labels for example in examples] for label in labels)
    machines = [_machine(label).fit(matrix, own, counts) for label, own in zip(labels, meant, strict=True)]
    folded = np.array([machine.coef_[0] * weigh for machine in machines])
    scale = float(np.quantile(np.abs(folded), 0.9999)) / 127
    planes = [array("b", np.clip(np.rint(plane / scale), -127, 127).astype(int).tolist()) for plane in folded]
    biases = [float(machine.intercept_[0]) for machine in machines]
    fitted = Fitted(labels, biases, [scale] * len(labels), [1.0] * len(labels), 0.5, (), ())
    return Learnt(fitted, rarities, planes, network)


def _machine(label: str) -> LinearSVC:
    return LinearSVC(C=FOLLOW_NONE if label == NONE else FOLLOW, max_iter=3000, random_state=0)


@dataclass(frozen=True)
class Judged:
    """What the machines and the network say of some texts (texts by labels), and which labels are right.

    A weighing is how much the machines of the kinds and that of `none` count, the same of the network, and how much
    more likely than among what was learnt a text is to be of no kind (log-odds): they were learnt in different ways.
    """

    own: Floats
    heard: Floats
    meant: NDArray[np.bool_]
    is_none: NDArray[np.bool_]

    def shares(self, weighing: Floats) -> Floats:
        """How likely each label is."""
        sharpness, trust, prior = self.weights(weighing)
        scores = sharpness * self.own + trust * self.heard + prior
        powers = np.exp(scores - scores.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)

    def weights(self, weighing: Floats) -> tuple[Floats, Floats, Floats]:
        """By which to multiply what the machines and the network say, and what to add, for each label."""
        kinds, none, kinds_heard, none_heard, prior = weighing
        weigh = partial(np.where, self.is_none)
        return weigh(none, kinds), weigh(none_heard, kinds_heard), weigh(prior, 0.0)

    def doubt(self, weighing: Floats) -> float:
        """The share of `none` that few troubles have more of, and most of what is none."""
        (shares,), (meant,) = self.shares(weighing).T[self.is_none], self.meant.T[self.is_none]
        troubles, others = np.sort(shares[~meant]), np.sort(shares[meant])
        few = troubles[-1 - int(len(troubles) * TURNED_AWAY)]
        return float(max(few, others[int(len(others) * (1 - RECOGNISED)) - 1]))

    def surprise(self, weighing: Floats) -> float:
        """How little the right labels were expected (nats a text)."""
        return float(-np.log((self.shares(weighing) * self.meant).max(1)).mean())


def calibrated(learnt: Learnt, language: Language) -> Learnt:
    """With scores that are true log-odds of unseen texts, and the doubt that turns few of them away."""
    judged, fitted = _judged(learnt, language), learnt.fitted
    weighing = minimize(judged.surprise, START, method="Powell").x
    sharpness, trusts, priors = judged.weights(weighing)
    biases, scales = sharpness * fitted.biases + priors, sharpness * fitted.scales
    lists = {"biases": biases.tolist(), "scales": scales.tolist(), "trusts": trusts.tolist()}
    return replace(learnt, fitted=replace(fitted, **lists, doubt=judged.doubt(weighing)))


def _judged(learnt: Learnt, language: Language) -> Judged:
    rows = [json.loads(line) for line in (UNSEEN / f"dev.{language}.jsonl").read_text("utf-8").splitlines()]
    labels, model = learnt.fitted.labels, learnt.model
    opinions = [[[said[label] for label in labels] for said in model.opinions(row["text"])] for row in rows]
    own, heard = np.array(opinions).swapaxes(0, 1)
    meant = np.array([[label in (row["labels"] or [NONE]) for label in labels] for row in rows])
    return Judged(own, heard, meant, np.array(labels) == NONE)


def _rarities(texts: Sequence[str]) -> dict[int, float]:
    seen = Counter(feature for text in texts for group in _known(text) for feature in group)
    return {
        feature: math.log((1 + len(texts)) / (1 + count)) + 1
        for feature, count in sorted(seen.items())
        if count >= SEEN_AT_LEAST
    }


def _matrix(texts: Sequence[str], rarities: dict[int, float]) -> csr_matrix:
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
