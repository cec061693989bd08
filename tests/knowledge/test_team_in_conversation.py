"""What a team adds to the knowledge reaches its conversations, whatever language the others read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.registry import router
from bot.knowledge.source import KnowledgeSource
from bot.router import Services
from tests.contract.console_driver import ConsoleDriver
from tests.knowledge.team import NINTH, NINTH_TEXT, write
from tests.support import Clock, new_database, reader

LAW = """\
id: pe
country: PE
verified: true
sources: [{title: El Peruano, checked: 2026-11-24}]
texts: {es: [El plazo es de treinta días.]}
"""


@pytest.fixture
async def chat(tmp_path: Path, clock: Clock) -> AsyncIterator[ConsoleDriver]:
    team = write(tmp_path / "team", {NINTH: NINTH_TEXT, "law/pe.yaml": LAW})
    database = new_database(tmp_path / "chao.db")
    source = KnowledgeSource(team, monotonic=lambda: clock().timestamp())
    yield ConsoleDriver(router(Services(database, source, reader(), clock, "en")))
    await database.close()


async def _answer(chat: ConsoleDriver, line: str) -> str:
    await chat.types("ana", line)
    return chat.sees("ana")[-1].text


async def test_a_teams_archetype_is_flagged_and_advised_on(chat: ConsoleDriver) -> None:
    assert "acme is flagged" in await _answer(chat, 'flag acme "el de ayer" calls twice a day')
    assert "Hola: lo tienes el jueves 26 de noviembre." in await _answer(chat, "advice acme")
    assert "Todo lo quiere para ayer." in await _answer(chat, "archetypes")
    assert "Acuerda una fecha por escrito." in await _answer(chat, "archetypes IMPACIENTE")


async def test_the_law_of_a_place_in_one_language_does_not_cost_the_others_their_advice(chat: ConsoleDriver) -> None:
    await _answer(chat, "settings country PE")
    await _answer(chat, "flag acme mala-paga")
    text = await _answer(chat, "advice acme")
    assert "Do today" in text
    assert "El plazo es de treinta días." in text


async def test_an_edit_reaches_the_next_answer(chat: ConsoleDriver, tmp_path: Path, clock: Clock) -> None:
    await _answer(chat, "flag acme impaciente")
    changed = NINTH_TEXT.replace("Acuerda una fecha por escrito.", "Llámale tú antes.")
    write(tmp_path / "team", {NINTH: changed})
    clock.advance(seconds=1)
    assert "Llámale tú antes." in await _answer(chat, "advice acme")


async def test_flags_of_an_archetype_that_a_team_takes_away_do_no_harm(
    chat: ConsoleDriver, tmp_path: Path, clock: Clock
) -> None:
    await _answer(chat, "flag acme impaciente")
    (tmp_path / "team" / NINTH).unlink()
    clock.advance(seconds=1)
    for line in ("show acme", "list", "advice acme", "summary now", "archetypes", "resolve acme", "undo", "export"):
        assert "Something broke" not in await _answer(chat, line), line
