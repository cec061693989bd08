"""The network: its arithmetic on whole numbers is that of plain sums; case, width and script make no difference."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.model import Model, model
from bot.understanding.network import Network, Shape, Weights, network, read, written
from bot.understanding.pieces import PIECES_AT_MOST, START, Pieces
from tests.support import EXAMPLES

NAMES = ["", f"{START}pay", f"{START}late", f"{START}p", "a", "y", "客户", "户", "?"]
SHAPE = Shape(("none", "mala-paga"), width=3, near=2, whole=1, ends=4, near_scale=0.5, whole_scale=0.25)
SMALL = st.floats(-2, 2, width=32)


@st.composite
def weights(draw: st.DrawFn) -> Weights:
    def floats(count: int, values: st.SearchStrategy[float] = SMALL) -> array[float]:
        return array("f", draw(st.lists(values, min_size=count, max_size=count)))

    def table(size: int) -> bytes:
        count = size * (len(NAMES) - 1)
        return bytes(draw(st.lists(st.integers(0, 2 * SHAPE.most), min_size=count, max_size=count))).rjust(
            count + size, bytes([SHAPE.most])
        )

    gates = array("f", [0.0, *floats(len(NAMES) - 1, st.floats(0.5, 2, width=32))])
    near = [table(SHAPE.near) for _ in range(SHAPE.width)]
    return Weights(near, table(SHAPE.whole), gates, (floats(2), floats(1), floats(2)), [floats(7), floats(7)])


def plainly(own: Weights, rows: Sequence[int]) -> list[float]:
    """The same, number by number."""

    def weight(table: bytes, row: int, place: int, size: int) -> int:
        return table[row * size + place] - SHAPE.most

    near_biases, whole_biases, biases = own.biases
    total = sum(own.gates[row] for row in rows) or 1
    whole = [whole_biases[0] + SHAPE.whole_scale * sum(weight(own.whole, row, 0, 1) for row in rows) / total]
    padded = [0, *(rows or [0]), 0]
    runs = [padded[start : start + 3] for start in range(len(padded) - 2)]
    near = [
        near_biases[filter_]
        + SHAPE.near_scale
        * max(sum(weight(own.near[place], row, filter_, 2) for place, row in enumerate(run)) for run in some)
        for some in (runs, runs[:4], runs[-4:])
        for filter_ in range(2)
    ]
    found = [max(0.0, value) for value in (*whole, *near)]
    return [
        bias + sum(a * b for a, b in zip(found, out, strict=True)) for bias, out in zip(biases, own.out, strict=True)
    ]


@given(weights(), st.lists(st.sampled_from(NAMES[1:]), max_size=40))
def test_whole_numbers_side_by_side_give_what_plain_sums_give(own: Weights, pieces: list[str]) -> None:
    text = " ".join(piece.replace(START, " ") for piece in pieces)
    rows = Pieces(NAMES).rows(text)
    scores = Network(SHAPE, Pieces(NAMES), own).scores(text)
    assert list(scores) == ["none", "mala-paga"]
    assert [*scores.values()] == pytest.approx(plainly(own, rows), abs=1e-6)


@pytest.mark.parametrize("extreme", [0, 2 * SHAPE.most])
def test_the_longest_text_of_the_strongest_weights_fits(extreme: int) -> None:
    count, ones = len(NAMES), array("f", [1.0] * SHAPE.found)
    strong = bytes([extreme]) * (count * 2)
    own = Weights([strong] * 3, strong[:count], array("f", [1.0] * count), (ones[:2], ones[:1], ones[:2]), [ones] * 2)
    rows = Pieces(NAMES).rows("pay " * 400)
    assert len(rows) == PIECES_AT_MOST
    assert [*Network(SHAPE, Pieces(NAMES), own).scores("pay " * 400).values()] == pytest.approx(plainly(own, rows))


@settings(max_examples=EXAMPLES // 5)
@given(weights(), st.text(max_size=60))
def test_a_file_holds_all_of_it(own: Weights, text: str) -> None:
    kept = read(written(SHAPE, Pieces(NAMES), own))
    assert kept.scores(text) == Network(SHAPE, Pieces(NAMES), own).scores(text)


@settings(max_examples=EXAMPLES // 5)
@given(weights(), st.booleans())
def test_a_file_of_another_length_is_refused(own: Weights, is_longer: bool) -> None:
    content = zlib.decompress(written(SHAPE, Pieces(NAMES), own))
    with pytest.raises(ValueError, match="cut off"):
        read(zlib.compress(content + b"\0" if is_longer else content[:-1]))


def test_models_do_not_run_beside_a_network_of_another_training() -> None:
    learnt = model("en").content()
    other = Network(
        SHAPE, Pieces(NAMES), Weights([], b"", array("f"), (array("f"), array("f"), array("f")), []), digest=1
    )
    with pytest.raises(ValueError, match="make model"):
        Model.of(learnt, other)


@pytest.mark.parametrize("text", ["\ufdfa" * 4_000, "\u3316" * 4_000, "xq" * 2_000, "\ud800 \0 \u202e a\u0301" * 500])
def test_no_text_is_more_than_256_pieces(text: str) -> None:
    assert len(network().pieces.rows(text)) <= PIECES_AT_MOST


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("pay late", [f"{START}pay", f"{START}late"]),
        ("PAY, ＬＡＴＥ", [f"{START}pay", f"{START}late"]),
        ("pa", [f"{START}p", "a"]),
        ("客戶", ["客户"]),
        ("户客户?", ["户", "客户", "?"]),
        ("ñ 🚀 …", []),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text: str, pieces: list[str]) -> None:
    assert [NAMES[row] for row in Pieces(NAMES).rows(text)] == pieces


def test_the_shipped_one_hears_a_likeness_between_words() -> None:
    paid, fish = (network().scores(text) for text in ("the invoice is still unpaid", "the fish are still asleep"))
    assert paid["mala-paga"] - paid["none"] > fish["mala-paga"] - fish["none"]
