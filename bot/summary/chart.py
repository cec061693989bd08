"""Draws the summary's picture: stacked bars a week, their names beside them in the same order. Pixels only, no words.

Everything is drawn on one plane whose values are places in a palette of sixteen: flat colours first, and from `INK` a
ramp to paper that gives letters their smooth edges. That, letters kept as stamps, and ISA-L, which packs a picture in a
tenth of the time that zlib takes, make it less than 1 ms a picture.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from isal import isal_zlib
from PIL import Image, ImageColor, ImageDraw, ImageFont

FONT = Path(__file__).parent / "font" / "chart.ttf"
# Eight colours that stay apart (CIE 1976 distance 28 or more) whatever the kind of colour blindness.
COLOURS = ("#8E2605", "#6293FD", "#B6B55F", "#212884", "#F392C7", "#638557", "#694C79", "#5D202A")
OTHERS = len(COLOURS)
_GREY, _RULE, _DARK = "#A9ADB3", "#D5D8DC", (31, 35, 40)
RULE, INK, SOFT, PAPER = OTHERS + 1, 10, 12, 15
# How light each step of the ramp is; small print (`SOFT`) keeps a contrast of five to one.
_RAMP = (0, 0.18, 0.35, 0.57, 0.78, 1)
_FILTER = 2  # the columns, of four bits each, that say how PNG filters a row

WIDTH, EDGE, NAMES_AT, PITCH, BAR = 720, 28, 424, 47, 34
TITLE, TEXT, SMALL, LEAST = 28, 22, 19, 13
TITLE_AT, NOTE_AT, PLOT_AT, PLOT, FOOT = 50, 82, 144, 264, 56
ROW, LINE, SWATCH, SPACE = 12, 27, 19, 30
SEAM, THIN, LOWEST_SCALE = 2, 4, 4


@dataclass(frozen=True, slots=True)
class Series:
    """One kind: its name, the place of its colour, a value for each bar, and the number beside its name."""

    name: str
    colour: int
    values: tuple[int, ...]
    count: str


class Chart(NamedTuple):
    """`bars` are the labels under the bars, `totals` the numbers over them; the first series lies at the bottom."""

    title: str
    note: str
    bars: tuple[str, ...]
    totals: tuple[str, ...]
    series: tuple[Series, ...]


@lru_cache(maxsize=512)
def can_draw(text: str) -> bool:
    """Whether the font has every letter of a text: Latin ones, and the 3,755 commonest Chinese ones."""
    return all(map(_is_in_font, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=64)
def draw(chart: Chart) -> bytes:
    """The picture in PNG, as high as its names need. A workspace's channels that are due together share one."""
    rows = [_lines(series.name, WIDTH - EDGE - SPACE - NAMES_AT, f"  {series.count}") for series in chart.series]
    needed = sum(len(row) * LINE + ROW for row in rows)
    floor = PLOT_AT + max(PLOT, needed)
    image = Image.new("P", (_FILTER + WIDTH, floor + FOOT), PAPER)
    pen = _Pen(image)
    pen.write((EDGE, TITLE_AT), chart.title, TITLE, INK, room=WIDTH - 2 * EDGE)
    pen.write((EDGE, NOTE_AT), chart.note, SMALL, SOFT, room=WIDTH - 2 * EDGE)
    _bars(chart, pen, floor)
    _names(chart, pen, rows, floor - needed + ROW)
    image.paste(0, (0, 0, _FILTER, floor + FOOT))
    return _png(WIDTH, floor + FOOT, image.tobytes("raw", "P;4"))


class _Pen:
    def __init__(self, image: Image.Image) -> None:
        self._on = ImageDraw.Draw(image)

    def box(self, left: int, top: int, right: int, bottom: int, colour: int) -> None:
        """A rectangle without its right and lower edge."""
        self._on.rectangle((left + _FILTER, top, right + _FILTER - 1, bottom - 1), colour)

    def write(self, at: tuple[float, float], text: str, size: int, ink: int, *, room: float = WIDTH) -> float:
        """Write from a point on the base line, smaller when there is no room; where it ends."""
        stamp = _fitting(text, size, room)
        self._press(stamp, round(at[0]), round(at[1]), ink)
        return at[0] + stamp.length

    def centre(self, at: tuple[float, float], text: str, size: int, ink: int, *, room: float) -> None:
        """Write around a point on the base line, smaller when there is no room."""
        stamp = _fitting(text, size, room)
        self._press(stamp, round(at[0] - stamp.length / 2), round(at[1]), ink)

    def _press(self, stamp: _Stamp, left: int, base: int, ink: int) -> None:
        self._on.bitmap((left + _FILTER + stamp.left, base + stamp.top), stamp.mask, ink)


class _Stamp(NamedTuple):
    """Letters as a mask, and where it lies from the start of the base line."""

    mask: Image.Image
    left: int
    top: int
    length: float


def _bars(chart: Chart, pen: _Pen, floor: int) -> None:
    sums = [sum(series.values[bar] for series in chart.series) for bar in range(len(chart.bars))]
    scale = (floor - PLOT_AT) / max(*sums, LOWEST_SCALE)
    every = 1 if max(_length(text, SMALL) for text in chart.bars) < PITCH - 6 else 2
    for bar, label in enumerate(chart.bars):
        left = EDGE + bar * PITCH
        top = _bar(chart, pen, bar, (left, floor, scale))
        if sums[bar]:
            pen.centre((left + BAR / 2, top - 8), chart.totals[bar], TEXT, INK, room=PITCH - 3)
        if (len(chart.bars) - 1 - bar) % every == 0:
            pen.centre((left + BAR / 2, floor + 30), label, SMALL, SOFT, room=PITCH * every - 6)
    pen.box(EDGE, floor, EDGE + (len(chart.bars) - 1) * PITCH + BAR, floor + 2, RULE)


def _bar(chart: Chart, pen: _Pen, bar: int, where: tuple[int, int, float]) -> int:
    """One bar from the floor up, with a seam over each kind; where it ends. The least of them can still be seen."""
    left, floor, scale = where
    done, top = 0, floor
    for series in chart.series:
        if value := series.values[bar]:
            done += value
            base, top = top, min(floor - round(done * scale), top - THIN)
            pen.box(left, top + SEAM, left + BAR, base, series.colour)
    return top


def _names(chart: Chart, pen: _Pen, rows: Sequence[Sequence[str]], top: int) -> None:
    """From the top of the stack down, so that names stand in the order of their colours."""
    for series, lines in reversed(list(zip(chart.series, rows, strict=True))):
        pen.box(NAMES_AT, top + 2, NAMES_AT + SWATCH, top + 2 + SWATCH, series.colour)
        end = 0.0
        for number, line in enumerate(lines, 1):
            end = pen.write((NAMES_AT + SPACE, top + number * LINE - 8), line, TEXT, INK)
        pen.write((end, top + len(lines) * LINE - 8), f"  {series.count}", TEXT, SOFT)
        top += len(lines) * LINE + ROW


@lru_cache(maxsize=512)
def _lines(name: str, room: float, count: str) -> list[str]:
    """A name in two lines at most, broken between words or Chinese letters; the count has room after the last."""
    if _length(name + count, TEXT) <= room:
        return [name]
    ends = [end for end in range(1, len(name)) if name[end] == " " or not name[end - 1 : end + 1].isascii()]
    end = max((end for end in ends if _length(name[:end], TEXT) <= room), default=0)
    return [*([name[:end]] if end else []), _cut(name[end:].strip(), room - _length(count, TEXT))]


def _cut(text: str, room: float) -> str:
    if _length(text, TEXT) <= room:
        return text
    return next(
        f"{text[:end].rstrip()}..." for end in range(len(text), -1, -1) if _length(text[:end], TEXT) < room - 20
    )


def _fitting(text: str, size: int, room: float) -> _Stamp:
    sizes = range(size, LEAST, -1)
    return _stamp(text, next((points for points in sizes if _length(text, points) <= room), LEAST))


@lru_cache(maxsize=2048)
def _length(text: str, size: int) -> float:
    return _font(size).getlength(text)


@lru_cache(maxsize=2048)
def _stamp(text: str, size: int) -> _Stamp:
    left, top, right, bottom = (round(edge) for edge in _font(size).getbbox(text, anchor="ls"))
    mask = Image.new("L", (max(right - left, 1), max(bottom - top, 1)), 0)
    ImageDraw.Draw(mask).text((-left, -top), text, 255, _font(size), anchor="ls")
    return _Stamp(mask, left, top, _length(text, size))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> bytes:
    flat = [ImageColor.getrgb(colour)[:3] for colour in (*COLOURS, _GREY, _RULE)]
    ramp = [tuple(round(dark + (255 - dark) * light) for dark in _DARK) for light in _RAMP]
    return bytes(value for colour in (*flat, *ramp) for value in colour)


def _png(width: int, height: int, rows: bytes) -> bytes:
    """A picture of two pixels a byte (W3C, Portable Network Graphics); each row begins with a zero: no filter."""
    head = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", _palette()), (b"IDAT", isal_zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*parts, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _is_in_font(letter: str) -> bool:
    if letter.isspace() or 0x20 < ord(letter) < 0x7F or 0xA0 < ord(letter) < 0x180:
        return True
    code = letter.encode("gb2312", "ignore")
    return len(code) == 2 and (code[0] < 0xA4 or 0xB0 <= code[0] < 0xD8)
