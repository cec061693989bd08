"""Danger and distress are seen in three languages; figures of speech, and texts about real work, are left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.knowledge.schema import LANGUAGES
from bot.understanding.signs import SignFinder
from tests.core.sayings import DANGER, DISTRESS, FIGURES, lines
from tests.support import our_knowledge

OURS = our_knowledge().current()
FINDER = SignFinder()
BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "understanding"
PRESSING = {sign.id for sign in OURS.signs.values() if sign.kind in ("danger", "distress")}


def pressing(text: str) -> list[str]:
    return [name for name in FINDER.signs(text, OURS) if name in PRESSING]


@pytest.mark.parametrize("line", [line for block in DANGER.values() for line in lines(block)])
def test_a_danger_is_seen(line: str) -> None:
    sign, text = line.split(": ", 1)
    assert sign in pressing(text)


@pytest.mark.parametrize("text", [line for block in DISTRESS.values() for line in lines(block)])
def test_somebody_at_their_end_is_heard(text: str) -> None:
    assert pressing(text) == ["distress"]


@pytest.mark.parametrize("text", [line for block in FIGURES.values() for line in lines(block)])
def test_a_figure_of_speech_is_neither_danger_nor_distress(text: str) -> None:
    assert pressing(text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_25_sayings_each_way(language: str) -> None:
    assert len(lines(DANGER[language])) >= 25
    assert len(lines(FIGURES[language])) >= 25
