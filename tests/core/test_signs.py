"""Danger and distress are seen in three languages; figures of speech, and texts about real work, are left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.schema import LANGUAGES
from bot.understanding.signs import SignFinder
from tests.core import sayings_more
from tests.core.sayings import DANGER, DISTRESS, FIGURES, lines
from tests.support import our_knowledge

OURS = our_knowledge().current()
FINDER = SignFinder()
BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "understanding"
PRESSING = {sign.id for sign in OURS.signs.values() if sign.kind in ("danger", "distress")}


def pressing(text: str) -> list[str]:
    return [name for name in FINDER.seen(text, OURS).ids if name in PRESSING]


@pytest.mark.parametrize("line", [line for block in DANGER.values() for line in lines(block)])
def test_a_danger_is_seen(line: str) -> None:
    sign, text = line.split(": ", 1)
    assert sign in pressing(text)


@pytest.mark.parametrize("text", [line for block in DISTRESS.values() for line in lines(block)])
def test_somebody_at_their_end_is_heard(text: str) -> None:
    assert pressing(text) == ["distress"]


@pytest.mark.parametrize("text", lines(sayings_more.PRESSING))
def test_rarer_ways_to_say_so_are_seen_too(text: str) -> None:
    assert pressing(text)


FIGURATIVE = [*(line for block in FIGURES.values() for line in lines(block)), *lines(sayings_more.FIGURES)]


@pytest.mark.parametrize("text", FIGURATIVE)
def test_a_figure_of_speech_is_neither_danger_nor_distress(text: str) -> None:
    assert pressing(text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_25_sayings_each_way(language: str) -> None:
    assert len(lines(DANGER[language])) >= 25
    assert len(lines(FIGURES[language])) >= 25


def test_no_off_topic_message_is_pressing_and_hardly_any_other() -> None:
    rows = [json.loads(row) for path in BENCHMARKS.glob("dev.*.jsonl") for row in path.read_text("utf-8").splitlines()]
    shown = [(row["text"], row["labels"], signs) for row in rows if (signs := pressing(row["text"]))]
    assert [text for text, labels, _ in shown if "abusivo" not in labels] == []
    assert [text for text, _, signs in shown if "distress" in signs] == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("My colleague takes credit for my ideas in front of everyone", "colleague"),
        ("our intern is always late", "colleague"),
        ("la becaria llega tarde todos los días", "colleague"),
        ("mi compañero no contesta los mensajes", "colleague"),
        ("新来的设计同事语气好冲", "colleague"),
        ("我的搭檔天天遲到", "colleague"),
        ("Boss rewrites every proposal I send him", "boss"),
        ("my manager wants me in the office on Saturday", "boss"),
        ("el jefe nos habla fatal", "boss"),
        ("我们老板团建吃沙县", "boss"),
        ("设计总监又在组会上拍桌子了", "boss"),
        ("Our supplier keeps changing the delivery date", "supplier"),
        ("the hosting provider is down each Thursday", "supplier"),
        ("el proveedor de vinilos nos volvió a fallar", "supplier"),
        ("la imprenta me gritó por teléfono", "supplier"),
        ("印厂又放鸽子", "supplier"),
        ("外包给我们做前端的那个小哥失联三天了", "supplier"),
    ],
)
def test_somebody_who_is_no_client_is_named(text: str, sign: str) -> None:
    assert sign in FINDER.seen(text, OURS).ids


@pytest.mark.parametrize("text", ["", "🚀", "\x00\x01", "the client pays late", "el cliente no paga", "客户不付款"])
def test_a_text_without_a_sign_shows_none(text: str) -> None:
    assert FINDER.seen(text, OURS).ids == ()


def test_signs_follow_the_knowledge_and_stand_in_its_order() -> None:
    text = "he threatened to kill me and now I want to die"
    assert FINDER.seen(text, OURS).ids == ("violence", "distress")
    assert FINDER.seen(text, replace(OURS, signs={})).ids == ()
    assert FINDER.seen(text, OURS).ids == ("violence", "distress")


def test_40_000_characters_are_looked_through() -> None:
    assert FINDER.seen("he threatened to kill me " * 2_000, OURS).ids == ("violence",)
    assert FINDER.seen("a" * 40_000, OURS).ids == ()
