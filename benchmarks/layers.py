"""The layers of the network that `make model` trains: each gives what it finds, and how blame goes back through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats: TypeAlias = "NDArray[np.floating[Any]]"
Rows: TypeAlias = "NDArray[np.int64]"
Params: TypeAlias = dict[str, Floats]
# Takes where a layer's output ought to go, adds to the gradients, gives where its input ought to go.
Back = Callable[[Floats, Params], Floats]


def placed(params: Params, rows: Rows, there: Floats) -> tuple[Floats, Back]:
    """The vector of each piece that is there: texts by pieces by size."""

    def back(wrong: Floats, gradients: Params) -> Floats:
        gradients["words"] = _summed(rows, wrong * there[..., None], len(params["words"]))
        return wrong

    return params["words"][rows] * there[..., None], back


def mean(params: Params, words: Floats, rows: Rows, there: Floats) -> tuple[Floats, Back]:
    """What the pieces of a text are in the mean; each counts by its gate."""
    gates = np.exp(params["gates"])[rows] * there
    total = np.maximum(gates.sum(1), 1e-6)[:, None]
    found = (words * gates[..., None]).sum(1) / total

    def back(wrong: Floats, gradients: Params) -> Floats:
        shared = (wrong / total)[:, None]
        moved = ((words - found[:, None]) * shared).sum(2) * gates
        gradients["gates"] = _summed(rows, moved[..., None], len(params["gates"]))[:, 0]
        return gates[..., None] * shared

    return found, back


def strongest(params: Params, words: Floats, there: Floats, ends: int) -> tuple[Floats, Back]:
    """The strongest answer of each filter to any run of pieces (Kim 2014, https://arxiv.org/abs/1408.5882), to one of
    the first `ends`, and to one of the last.
    """
    width, size, filters = params["near"].shape
    count, longest, _ = words.shape
    half, table = width // 2, params["near"].reshape(width * size, filters)
    padded = np.pad(words, ((0, 0), (half, half), (0, 0)))
    runs = np.concatenate([padded[:, place : place + longest] for place in range(width)], axis=2)
    runs = runs.reshape(-1, width * size)
    heard = (runs @ table).reshape(count, longest, filters)
    best = [np.where(place[..., None], heard, -np.inf).argmax(1)[:, None] for place in _places(there, ends)]
    tops = [np.take_along_axis(heard, own, 1)[:, 0] + params["near_bias"] for own in best]

    def back(wrong: Floats, gradients: Params) -> Floats:
        spread = np.zeros_like(heard)
        for own, part in zip(best, np.split(wrong, len(best), axis=1), strict=True):
            np.put_along_axis(spread, own, np.take_along_axis(spread, own, 1) + part[:, None], 1)
        flat = spread.reshape(-1, filters)
        gradients["near"], gradients["near_bias"] = (runs.T @ flat).reshape(width, size, filters), flat.sum(0)
        blamed, moved = (flat @ table.T).reshape(count, longest, width, size), np.zeros_like(padded)
        for place in range(width):
            moved[:, place : place + longest] += blamed[:, :, place]
        return moved[:, half : half + longest]

    return np.concatenate(tops, axis=1), back


def _places(there: Floats, ends: int) -> Sequence[NDArray[np.bool_]]:
    """Which runs count, each begun by a piece that is there: all, the first and the last."""
    place, count = np.arange(there.shape[1]), there.sum(1, keepdims=True)
    return there > 0, (there > 0) & (place < ends), (there > 0) & (place >= count - ends)


def summed(params: Params, name: str, found: Floats) -> tuple[Floats, Back]:
    """Weighted sums of what was found."""

    def back(wrong: Floats, gradients: Params) -> Floats:
        gradients[name], gradients[f"{name}_bias"] = found.T @ wrong, wrong.sum(0)
        return wrong @ params[name].T

    return found @ params[name] + params[f"{name}_bias"], back


def surprise(said: Floats, stands_for: Floats) -> tuple[float, Floats]:
    """How far scores are from what texts stand for (nats a text), and where they ought to go."""
    said = said - said.max(1, keepdims=True)
    sure = said - np.log(np.exp(said).sum(1, keepdims=True))
    return float(-(stands_for * sure).sum(1).mean()), (np.exp(sure) - stands_for) / len(said)


def _summed(rows: Rows, values: Floats, count: int) -> Floats:
    """The values of each row, added up: rows by size."""
    where = (np.ones(rows.size, values.dtype), (rows.ravel(), np.arange(rows.size)))
    summed_up: Floats = csr_matrix(where, shape=(count, rows.size)) @ values.reshape(rows.size, -1)
    return summed_up
