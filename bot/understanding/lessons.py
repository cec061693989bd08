"""What is learnt on top of a model: a team's own examples, which take effect at once.

Passive-aggressive (Crammer et al. 2006): each example changes the weights just so much that its labels win by a margin.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.understanding.examples import Example
from bot.understanding.grams import grams, parts
from bot.understanding.model import Model

_MARGIN, _ROUNDS = 4.0, 5
# A label that the model has never seen starts behind all others, until an example brings it forward.
_UNSEEN = -6.0


class Lessons:
    """A model and the examples that it had not learnt; as immutable as the model once it is made."""

    def __init__(self, model: Model, examples: Iterable[Example] = ()) -> None:
        self._model = model
        self._changes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        taught = [(example.labels, _vector(example.text), model.scores(example.text)) for example in examples]
        self._unseen = {label for labels, _, _ in taught for label in labels} - {*model.fitted.labels}
        for _ in range(_ROUNDS):
            if not sum([self._learn(*lesson) for lesson in taught]):
                break

    def scores(self, text: str) -> dict[str, float]:
        """A score for each label, those of the examples included."""
        return self._changed(self._model.scores(text), _vector(text) if self._changes else {})

    def _changed(self, own: Mapping[str, float], vector: Mapping[str, float]) -> dict[str, float]:
        scores = {**own, **dict.fromkeys(self._unseen, _UNSEEN)}
        for feature in vector.keys() & self._changes.keys():
            for label, change in self._changes[feature].items():
                scores[label] += change * vector[feature]
        return scores

    def _learn(self, labels: Sequence[str], vector: Mapping[str, float], own: Mapping[str, float]) -> bool:
        """Whether the example still had to be learnt."""
        scores = self._changed(own, vector)
        rival = max((label for label in scores if label not in labels), key=scores.__getitem__, default="")
        wanted = [label for label in labels if rival and scores[label] < scores[rival] + _MARGIN]
        for label in wanted:
            step = (scores[rival] + _MARGIN - scores[label]) / 2
            for feature, value in vector.items():
                self._changes[feature][label] += step * value
                self._changes[feature][rival] -= step * value / len(wanted)
        return bool(wanted)


def _vector(text: str) -> dict[str, float]:
    """All features of a text with the same weight each, of length 1."""
    found = [*itertools.chain(*grams(text), parts(text))]
    return dict.fromkeys(found, 1 / math.sqrt(len(found))) if found else {}
