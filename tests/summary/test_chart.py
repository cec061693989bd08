"""The picture: readable on a phone, in every script that it is given, and for every kind of eyes."""

from __future__ import annotations

import io
import math
from itertools import combinations

import pytest
from PIL import Image, ImageFont

from bot.knowledge.schema import LANGUAGES
from bot.summary import chart
from bot.summary.chart import COLOURS, OTHERS, Chart, Series, can_draw, draw
from tests.support import our_knowledge

WEEKS = ("5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov")


def drawn(*kinds: Series, bars: tuple[str, ...] = WEEKS) -> Image.Image:
    totals = tuple(str(sum(kind.values[bar] for kind in kinds)) for bar in range(8))
    return Image.open(io.BytesIO(draw(Chart("Flags by week", "The last eight weeks", bars, totals, kinds)))).convert(
        "RGB"
    )


def kind(name: str, place: int, *values: int) -> Series:
    return Series(name, place, values or (1,) * 8, str(sum(values)))


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def amounts(image: Image.Image) -> dict[tuple[int, int, int], int]:
    """Pixels of each of the eight colours."""
    seen = {colour: count for count, colour in image.getcolors(1 << 20) or []}
    return {rgb(colour): seen.get(rgb(colour), 0) for colour in COLOURS}


@pytest.mark.parametrize("count", [1, 3, 8])
def test_each_kind_has_its_colour_by_its_share(count: int) -> None:
    image = drawn(*(kind(f"kind {place}", place, *([place + 1] * 8)) for place in range(count)))
    seen = list(amounts(image).values())
    assert all(seen[:count])
    assert not any(seen[count:])
    assert seen[:count] == sorted(seen[:count])


def test_a_kind_keeps_its_colour_whatever_the_others_do() -> None:
    for place in range(8):
        seen = amounts(drawn(kind("alone", place, 0, 0, 0, 0, 0, 0, 0, 1)))
        assert [colour for colour, count in seen.items() if count] == [rgb(COLOURS[place])]


def test_nothing_at_all_is_drawn_too() -> None:
    assert drawn().size == (720, 464)


def test_one_among_thousands_can_be_seen() -> None:
    seen = amounts(drawn(kind("many", 0, *([9_999] * 8)), kind("one", 1, 0, 0, 0, 1, 0, 0, 0, 0)))
    swatch = chart.SWATCH**2
    assert seen[rgb(COLOURS[1])] - swatch >= chart.BAR * 2


def test_what_is_beyond_the_eighth_colour_is_grey() -> None:
    assert not any(amounts(drawn(kind("others", OTHERS, *([5] * 8)))).values())


NAMES = ["W" * 400, "a " * 200, "决" * 400, "x" * 30 + " " + "y" * 30, "supercalifragilisticexpialidocious", "é", " "]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:9])
def test_a_name_of_any_length_stays_within_the_picture(name: str) -> None:
    image = drawn(kind(name, 0), kind("short", 1))
    assert image.size[0] == 720
    edge = image.crop((720 - chart.EDGE + 4, 0, 720, image.size[1]))
    assert edge.getcolors() == [(edge.size[0] * edge.size[1], (255, 255, 255))]


def test_long_labels_stand_under_every_other_bar_so_that_they_do_not_touch() -> None:
    short, long = (drawn(kind("a", 0), bars=(label,) * 8) for label in ("5/10", "30 sept"))

    def words(image: Image.Image) -> int:
        row = image.crop((0, image.size[1] - 45, 420, image.size[1])).convert("L").point(lambda v: 255 * (v < 200))
        columns = [bool(row.crop((x, 0, x + 1, row.size[1])).getbbox()) for x in range(row.size[0])]
        return sum(now and not any(columns[max(x - 6, 0) : x]) for x, now in enumerate(columns))

    assert (words(short), words(long)) == (8, 8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_ours_can_be_written_with_the_font(language: str) -> None:
    for archetype in our_knowledge().current().archetypes.values():
        assert can_draw(next(words.name for tongue, words in archetype.texts.items() if tongue == language))


def test_the_font_has_what_it_is_said_to_have_and_the_rest_is_refused() -> None:
    font = ImageFont.truetype(chart.FONT, 20)
    nothing = bytes(font.getmask("\uffff"))
    letters = "Ññáéíóúü¿¡çßŽő«»×的客户龄齐，。（）：のね한国龘"
    assert [can_draw(letter) for letter in letters] == [bytes(font.getmask(letter)) != nothing for letter in letters]
    assert can_draw("Diseño 24/7, ¿y el cobro? 付款反复逾期")
    assert not any(map(can_draw, "Ж한😀龘"))


def test_the_font_is_small_and_its_licence_lies_beside_it() -> None:
    assert chart.FONT.stat().st_size < 800_000
    assert "Apache License" in (chart.FONT.parent / "LICENSE").read_text("utf-8")


# Machado, Oliveira, Fernandes 2009: what remains of colours with full protanopia, deuteranopia, tritanopia.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    """A colour as these eyes see it, in CIE 1976 L*a*b*."""
    plain = [value / 255 for value in rgb(colour)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in plain]
    seen = [min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in EYES[eyes]]
    x = (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047
    y = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]
    z = (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eyes", EYES)
def test_the_colours_stay_apart_for_every_kind_of_eyes(eyes: str) -> None:
    seen = {colour: lab(colour, eyes) for colour in COLOURS}
    assert min(math.dist(seen[one], seen[other]) for one, other in combinations(COLOURS, 2)) > 27
    assert min(math.dist(colour, lab("#FFFFFF", eyes)) for colour in seen.values()) > 25
