"""Learns `bot/understanding/data/pieces.network`: a small network over pieces of words, of all languages at once.

Plain NumPy: the gradients of four layers by hand (`benchmarks/layers.py`) are shorter than the install of a framework.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.layers import Floats, Params, Rows, mean, placed, strongest, summed, surprise
from bot.understanding.network import PLACES, Shape, Weights
from bot.understanding.pieces import Pieces

Lesson = tuple[Sequence[int], Sequence[str]]

NEAR, WHOLE, WIDTH, ENDS = 160, 128, 3, 10
# Weights in so few steps are as good as in 127, and a third of the size.
LEVELS = 10
ROUNDS, AT_ONCE, SORTED_AT_ONCE = 14, 128, 40
STEP, DECAY, SMALLEST_STEP = 2e-3, 0.02, 0.02
# The share of numbers, and of pieces, that are left out of a step, so that none is leant on too much.
LEFT_OUT, PIECES_LEFT_OUT = 0.3, 0.15
FADES = (0.9, 0.999)


@dataclass(frozen=True)
class Batch:
    """Texts of about one length as rows of pieces, where they have any, and what each stands for (shares)."""

    rows: Rows
    there: Floats
    stands_for: Floats


def train(vectors: Floats, lessons: Sequence[Lesson], labels: Sequence[str], say: Callable[[str], object]) -> Params:
    """Learn from texts as rows of `vectors`, where the pieces begin; the first row is no piece."""
    chance = np.random.default_rng(0)
    params = _begun(vectors, len(labels), chance)
    slow = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in params.items()}
    steps = ROUNDS * len([*_batches(lessons, labels, chance)])
    done = itertools.count(1)
    for number in range(ROUNDS):
        losses = []
        for batch in _batches(lessons, labels, chance):
            loss, gradients = _learnt(params, batch, chance)
            step = next(done)
            _moved(params, gradients, slow, (step, STEP * max(SMALLEST_STEP, 1 - step / steps)))
            losses.append(loss)
        say(f"network: round {number + 1} of {ROUNDS}, surprise {np.mean(losses):.3f}\n")
    return params


def packed(params: Params, labels: Sequence[str], pieces: Pieces) -> tuple[Shape, Pieces, Weights]:
    """As the bot reads it: the first layers are worked out for each piece, in whole numbers."""
    gates = np.exp(params["gates"]) * (np.arange(len(params["gates"])) > 0)
    near = np.einsum("vd,wdf->wvf", params["words"], params["near"])
    whole = (params["words"] * gates[:, None]) @ params["whole"]
    near_scale, whole_scale = (float(np.quantile(np.abs(table), 0.9999)) / LEVELS for table in (near, whole))
    shape = Shape(labels, WIDTH, NEAR, WHOLE, ENDS, near_scale, whole_scale)
    biases = (_array(params["near_bias"]), _array(params["whole_bias"]), _array(params["out_bias"]))
    tables = [_whole_numbers(table / near_scale, shape) for table in near], _whole_numbers(whole / whole_scale, shape)
    return shape, pieces, Weights(*tables, _array(gates), biases, [_array(column) for column in params["out"].T])


def _whole_numbers(table: Floats, shape: Shape) -> bytes:
    return bytes((np.clip(np.rint(table), -shape.most, shape.most) + shape.most).astype(np.uint8))


def _array(values: Floats) -> array[float]:
    return array("f", values.astype(np.float32).tobytes())


def _begun(vectors: Floats, labels: int, chance: np.random.Generator) -> Params:
    size = vectors.shape[1]

    def some(*shape: int) -> Floats:
        return chance.uniform(-1, 1, shape).astype(np.float32) / np.float32(np.sqrt(np.prod(shape[:-1])))

    return {
        "words": vectors.copy(), "gates": np.zeros(len(vectors), np.float32),
        "near": some(WIDTH, size, NEAR), "near_bias": np.zeros(NEAR, np.float32),
        "whole": some(size, WHOLE), "whole_bias": np.zeros(WHOLE, np.float32),
        "out": some(WHOLE + PLACES * NEAR, labels), "out_bias": np.zeros(labels, np.float32),
    }  # fmt: skip


def _batches(lessons: Sequence[Lesson], labels: Sequence[str], chance: np.random.Generator) -> Iterator[Batch]:
    """All lessons once, in another order each time, those of about one length together."""
    order = chance.permutation(len(lessons)).tolist()
    some = [order[start : start + AT_ONCE * SORTED_AT_ONCE] for start in range(0, len(order), AT_ONCE * SORTED_AT_ONCE)]
    alike = (sorted(part, key=lambda number: len(lessons[number][0])) for part in some)
    batches = [part[start : start + AT_ONCE] for part in alike for start in range(0, len(part), AT_ONCE)]
    for place in chance.permutation(len(batches)):
        yield _batch([lessons[number] for number in batches[place]], labels)


def _batch(lessons: Sequence[Lesson], labels: Sequence[str]) -> Batch:
    longest = max(1, *(len(rows) for rows, _ in lessons))
    rows = np.zeros((len(lessons), longest), np.int64)
    stands_for = np.zeros((len(lessons), len(labels)), np.float32)
    for place, (own, meant) in enumerate(lessons):
        rows[place, : len(own)] = own
        stands_for[place, [labels.index(label) for label in meant]] = 1 / len(meant)
    return Batch(rows, (rows > 0).astype(np.float32), stands_for)


def _learnt(params: Params, batch: Batch, chance: np.random.Generator) -> tuple[float, Params]:
    """How surprising a batch is (nats a text), and where each number ought to go."""
    gradients: Params = {}
    there = batch.there * _kept(batch.there, PIECES_LEFT_OUT, chance).astype(bool)
    words, words_back = placed(params, batch.rows, there)
    whole, mean_back = mean(params, words, batch.rows, there)
    of_words, of_whole = _kept(words, LEFT_OUT, chance), _kept(whole, LEFT_OUT, chance)
    thought, whole_back = summed(params, "whole", whole * of_whole)
    # A text without any piece is a run of none.
    anywhere = np.maximum(batch.there, np.arange(batch.rows.shape[1]) == 0)
    tops, near_back = strongest(params, words * of_words, anywhere, ENDS)
    found = np.concatenate([thought, tops], axis=1)
    of_found = _kept(found, LEFT_OUT, chance) * (found > 0)
    said, out_back = summed(params, "out", found * of_found)
    loss, wrong = surprise(said, batch.stands_for)
    to_found = out_back(wrong, gradients) * of_found
    to_words = mean_back(whole_back(to_found[:, :WHOLE], gradients) * of_whole, gradients)
    words_back(to_words + near_back(to_found[:, WHOLE:], gradients) * of_words, gradients)
    return loss, gradients


def _kept(values: Floats, left_out: float, chance: np.random.Generator) -> Floats:
    """By what to multiply numbers so that some are left out and their mean stays (Srivastava et al. 2014)."""
    kept: Floats = (chance.random(values.shape, np.float32) >= left_out) / np.float32(1 - left_out)
    return kept


def _moved(params: Params, gradients: Params, slow: dict[str, tuple[Floats, Floats]], now: tuple[int, float]) -> None:
    """One step of AdamW (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101), in place."""
    step, size = now
    for name in params:
        mean, square = slow[name]
        mean += (1 - FADES[0]) * (gradients[name] - mean)
        square += (1 - FADES[1]) * (gradients[name] ** 2 - square)
        way = (mean / (1 - FADES[0] ** step)) / (np.sqrt(square / (1 - FADES[1] ** step)) + 1e-8)
        params[name] -= size * (way + DECAY * params[name])
    params["words"][0] = 0
