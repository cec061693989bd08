"""Many small numbers side by side in one whole number, so that one addition adds them all and one subtraction compares
them all: a few hundred at a time in the time of one.
"""

from __future__ import annotations

import struct

# What a number in a byte of its own must stay below: its top bit is what comparing sets.
BELOW = 128


def bytes_beside(numbers: bytes) -> int:
    """Numbers in a byte each."""
    return int.from_bytes(numbers, "little")


def pairs_beside(numbers: bytes) -> int:
    """Numbers in two bytes each, into which the sum of 256 of them fits."""
    lanes = bytearray(2 * len(numbers))
    lanes[::2] = numbers
    return int.from_bytes(lanes, "little")


def sums(lanes: int, size: int, count: int) -> tuple[int, ...]:
    """Of `count` rows of `size` numbers in two bytes each, the sum at each place."""
    while count > 1:
        count = (count + 1) // 2
        width = 16 * size * count
        upper = lanes >> width
        lanes = (lanes ^ (upper << width)) + upper
    return struct.unpack(f"<{size}H", lanes.to_bytes(2 * size, "little"))


def greatest(lanes: int, size: int, count: int) -> bytes:
    """Of `count` rows of `size` numbers in a byte each, all below 128, the greatest at each place."""
    while count > 1:
        count = (count + 1) // 2
        width = 8 * size * count
        upper = lanes >> width
        lanes = _greater(lanes ^ (upper << width), upper, size * count)
    return lanes.to_bytes(size, "little")


def _greater(one: int, other: int, count: int) -> int:
    tops = int.from_bytes(bytes([BELOW]) * count, "little")
    is_greater = ((one | tops) - other) & tops
    chosen = is_greater - (is_greater >> 7)
    return other ^ ((one ^ other) & chosen)
