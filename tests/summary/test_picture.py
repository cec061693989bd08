"""What is in the picture: the busiest kinds by name, the rest together, and only letters that the font has."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.commands import Turn
from bot.events import Command, Place, User
from bot.i18n.speech import Speech
from bot.knowledge.schema import Language
from bot.reply import Drawing
from bot.storage.database import Session
from bot.storage.store import Store
from bot.storage.weeks import Span
from bot.summary import chart
from bot.summary.chart import OTHERS, Chart
from bot.summary.phrases import Phrases
from bot.summary.picture import picture
from bot.summary.week import Week
from tests.support import START, new_database, our_knowledge, reader

EDGES = tuple(START - timedelta(days=7 * number) for number in range(8, -1, -1))


def _turn(language: Language, session: Session) -> Turn:
    store = Store.open(session, "slack:T1", "ana", START)
    event = Command("1", User("ana"), Place("slack:T1", "C1"), "summary")
    return Turn(event, store, our_knowledge().current(), Speech(language), reader(), {}, START)


async def charted(
    monkeypatch: pytest.MonkeyPatch, folder: Path, made: dict[str, list[int]], language: Language = "en"
) -> tuple[Chart, str]:
    """What is drawn for these flags, and the same in words."""
    database, seen = new_database(folder / "chao.db"), list[Chart]()
    turn = await database.read(partial(_turn, language))
    await database.close()

    def keep(given: Chart) -> bytes:
        seen.append(given)
        return b"png"

    monkeypatch.setattr(chart, "draw", keep)
    week = Week(Span(EDGES[-2], EDGES[-1]), "UTC", (), (), (), (), made, EDGES)
    (drawing,) = picture(Phrases(turn, week))
    assert seen == []
    assert (drawing.png, drawing.png) == (b"png", b"png")
    return seen[0], drawing.alt


async def test_the_busiest_kind_lies_at_the_bottom_and_all_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = {"indeciso": [0, 0, 0, 0, 0, 0, 0, 1], "mala-paga": [0, 1, 0, 0, 0, 2, 0, 3]}
    drawn, alt = await charted(monkeypatch, tmp_path, made)
    assert [(kind.name, kind.count) for kind in drawn.series] == [
        ("late-payment pattern", "6"),
        ("shifting-decision pattern", "1"),
    ]
    assert drawn.totals == ("0", "1", "0", "0", "0", "2", "0", "4")
    assert drawn.bars == ("29 Sept", "6 Oct", "13 Oct", "20 Oct", "27 Oct", "3 Nov", "10 Nov", "17 Nov")
    assert drawn.note == "The last eight weeks · 7 flags"
    assert alt.splitlines() == [
        "Flags by week, this one last",
        "late-payment pattern: 0 1 0 0 0 2 0 3",
        "shifting-decision pattern: 0 0 0 0 0 0 0 1",
    ]


async def test_more_kinds_than_colours_are_the_busiest_seven_and_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = {f"own-{number}": [0, 0, 0, 0, 0, 0, number, 1] for number in range(10)}
    drawn, alt = await charted(monkeypatch, tmp_path, made)
    assert len(drawn.series) == 8
    assert (drawn.series[-1].name, drawn.series[-1].values) == ("others", (0, 0, 0, 0, 0, 0, 3, 3))
    assert [kind.colour for kind in drawn.series] == [*range(7), OTHERS]
    assert len(alt.splitlines()) == 11


async def test_a_kind_has_its_own_colour_whatever_a_team_has_added(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    week = [0, 0, 0, 0, 0, 0, 0, 1]
    ours, _ = await charted(monkeypatch, tmp_path, {"mala-paga": week, "abusivo": week})
    mixed, _ = await charted(monkeypatch, tmp_path, {"mala-paga": week, "own-1": week, "own-2": week, "abusivo": week})
    known = {kind.name: kind.colour for kind in ours.series}
    colours = {kind.name: kind.colour for kind in mixed.series}
    assert colours.items() >= known.items()
    assert len({*colours.values()} - {OTHERS}) == 4


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("12.3K", "The last eight weeks · 12.3K flags", "29 Sept")),
        ("es", ("12,3 mil", "Últimas ocho semanas · 12,3 mil avisos", "29 sept")),
        ("zh", ("1.2万", "最近八周 · 共1.2万条", "9月29日")),
    ],
)
async def test_numbers_and_dates_are_written_as_the_language_has_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: Language, said: tuple[str, str, str]
) -> None:
    drawn, _ = await charted(monkeypatch, tmp_path, {"mala-paga": [0, 0, 0, 0, 0, 0, 0, 12_345]}, language)
    assert tuple(text.replace("\xa0", " ") for text in (drawn.totals[-1], drawn.note, drawn.bars[0])) == said
    assert all(chart.can_draw(text) for text in (*drawn.totals, drawn.note, drawn.title, *drawn.bars))


async def test_a_name_in_letters_that_the_font_lacks_gives_way_to_its_id(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.summary.phrases.label", lambda _turn, _name: "плательщик")
    drawn, alt = await charted(monkeypatch, tmp_path, {"mala-paga": [1] * 8})
    assert drawn.series[0].name == "mala-paga"
    assert "плательщик" in alt


async def test_one_letter_that_the_font_lacks_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("bot.summary.phrases.label", lambda _turn, _name: "haunted 👻 clients")
    drawn, _ = await charted(monkeypatch, tmp_path, {"mala-paga": [1] * 8})
    assert drawn.series[0].name == "haunted clients"


def test_two_pictures_are_drawn_at_the_same_time() -> None:
    both = threading.Barrier(2)

    def draw() -> bytes:
        both.wait(10)
        return b"png"

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda drawing: drawing.png, [Drawing(draw, ""), Drawing(draw, "")])) == [b"png"] * 2


def test_a_picture_is_drawn_once() -> None:
    numbers = iter(range(9))
    drawing = Drawing(lambda: bytes([next(numbers)]), "")
    assert drawing.png == drawing.png == b"\0"
