"""The letter and the ladder on one card agree: the next step waits for the days that the letter gives the client."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.advice.card import advice_card
from bot.advice.case import Case
from bot.advice.ladder import announced, rung
from bot.commands import Turn
from bot.events import Command, Place, User
from bot.i18n.speech import Speech
from bot.knowledge.checks import BUILT_IN
from bot.knowledge.schema import CHANNELS, LANGUAGES, TONES, Language
from bot.records import Flag, Status
from bot.reply import Quote, Reply, Section
from bot.router import Router
from bot.storage.database import Session
from bot.storage.store import Store
from bot.understanding.workdays import business_day
from tests.support import EXAMPLES, START, our_knowledge, reader, running_bot

PLACE = Place("console:local", "console")
# Each day of a week, in `make bench` of some.
DAYS = [START + timedelta(days=number) for number in range(max(7, EXAMPLES // 14))]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Router]:
    async with running_bot(tmp_path / "chao.db") as running:
        yield running


def flag(kind: str, age: int, now: datetime) -> Flag:
    made = now - timedelta(days=age)
    return Flag(1, 1, kind, "", "", Status.ACTIVE, "ana", "", "", made, now + timedelta(days=90), None, "", "")


def at_every_rung(kind: str, now: datetime) -> Iterator[tuple[Flag, ...]]:
    """One case for each step that a client can be on."""
    found: dict[tuple[str, bool], tuple[Flag, ...]] = {}
    for count, age in product((1, 2, 3), (0, 3, 10, 20, 45)):
        flags = tuple(flag(kind, age, now) for _ in range(count))
        place = rung(our_knowledge().current().archetypes[kind], flags, now)
        assert place
        found.setdefault((place.now.step, place.next_on is None), flags)
    yield from found.values()


def cases(now: datetime) -> Iterator[Case]:
    for kind in BUILT_IN:
        for flags, tone, channel in product(at_every_rung(kind, now), TONES, CHANNELS):
            yield Case(None, (kind,), flags, tone=tone, channel=channel)


async def in_turns(bot: Router, language: Language, use: Callable[[Turn], None]) -> None:
    def run(session: Session) -> None:
        store = Store.open(session, PLACE.workspace, "", START)
        event = Command("q", User("ana"), PLACE, "advice", {})
        turn = Turn(event, store, our_knowledge().current(), Speech(language), reader(), {}, START)
        for now in DAYS:
            use(turn._replace(now=now))

    await bot.services.database.read(run)


def letter_of(card: Reply) -> str:
    return "".join(block.text for block in card.blocks if isinstance(block, Quote))


def ladder_of(card: Reply, title: str) -> str:
    return next(block.text for block in card.blocks if isinstance(block, Section) and block.title == title)


class Dates:
    """Finds the dates of the next months in a text, as they are said in one of the two ways."""

    def __init__(self, say: Callable[[date], str], today: date) -> None:
        self.said = {say(today + timedelta(days=number)): today + timedelta(days=number) for number in range(100)}
        self.pattern = re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, self.said))})")

    def found(self, text: str) -> list[date]:
        return [self.said[words] for words in self.pattern.findall(text)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_step_comes_before_the_days_that_the_letter_gives_nor_on_a_weekend(
    bot: Router, language: Language
) -> None:
    dated = 0

    def check(turn: Turn) -> None:
        nonlocal dated
        today, say = turn.now.date(), turn.speech
        steps, letters = Dates(say.day, today), Dates(say.weekday, today)
        for case in cases(turn.now):
            card = advice_card(case, turn)
            due = steps.found(ladder_of(card, say("Where this stands")))
            named = letters.found(letter_of(card))
            dated += bool(due and named)
            assert len(due) <= 1
            assert all(day.weekday() < 5 for day in due)
            assert all(day >= business_day(max(named), 1) for day in due if named), (case.lead, case.tone, today)

    await in_turns(bot, language, check)
    assert dated > 100 * len(DAYS)


@pytest.mark.parametrize(
    ("due", "named", "said"),
    [
        (date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 8)),
        (date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 7)),
        (date(2026, 12, 18), date(2026, 12, 7), date(2026, 12, 18)),
        (date(2026, 12, 5), None, date(2026, 12, 7)),
        (date(2026, 12, 6), None, date(2026, 12, 7)),
        (date(2026, 12, 4), None, date(2026, 12, 4)),
    ],
)
def test_the_later_of_the_two_is_said_and_a_weekend_rolls_on(due: date, named: date | None, said: date) -> None:
    assert announced(due, named) == said


async def test_the_final_request_waits_for_the_day_to_pay_that_the_firm_letter_names(bot: Router) -> None:
    flagged = {"client": "Kay", "archetype": "mala-paga", "reason": "inv 7, 60 days late"}
    await bot.dispatch(Command("f", User("ana"), PLACE, "flag", flagged))
    reply = await bot.dispatch(Command("a", User("ana"), PLACE, "advice", {"subject": "Kay"}))
    assert reply
    assert "Please pay the outstanding amount by Tuesday 1 December" in letter_of(reply)
    assert "If nothing has changed by 2 December 2026" in ladder_of(reply, "Where this stands")
