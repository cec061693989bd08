"""Numbers side by side: what one operation gives for all is what each gives alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.lanes import BELOW, bytes_beside, greatest, pairs_beside, sums


@given(st.data(), st.integers(1, 40), st.integers(1, 40))
def test_the_greatest_of_each_place_are_found_at_once(data: st.DataObject, size: int, count: int) -> None:
    row = st.binary(min_size=size, max_size=size).map(lambda drawn: bytes(number % BELOW for number in drawn))
    rows = data.draw(st.lists(row, min_size=count, max_size=count))
    lanes = bytes_beside(b"".join(rows))
    assert [*greatest(lanes, size, count)] == [max(place) for place in zip(*rows, strict=True)]


@given(st.lists(st.binary(min_size=5, max_size=5), max_size=256))
def test_as_many_as_256_are_added_at_once(rows: list[bytes]) -> None:
    lanes = pairs_beside(b"".join(rows))
    assert [*sums(lanes, 5, len(rows))] == [sum(row[place] for row in rows) for place in range(5)]
