"""The escalation ladder: what moves advice up, what holds it back, and when the next step is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.ladder import Rung, rung, tone_for
from bot.knowledge.schema import Archetype, Language, Playbook, Step
from bot.records import Flag, Status
from tests.support import START

STEPS = (
    Step(step="friendly", after_days=3, tone="warm"),
    Step(step="firm", after_days=10, tone="firm"),
    Step(step="suspend", after_days=20, tone="firm"),
    Step(step="demand", after_days=30, tone="final"),
    Step(step="collect", after_days=45, tone="final"),
)
TEXTS: dict[Language, Playbook] = {
    "en": Playbook(name="late", nickname="late", summary="late", signals=("late",), do_now=("ask",)),
}
LATE = Archetype(id="late", priority=1, escalate=STEPS, texts=TEXTS)
AGES = st.lists(st.integers(0, 60), min_size=1, max_size=4)


def flag(age: float = 0, reason: str = "", now: datetime = START) -> Flag:
    made = now - timedelta(days=age)
    end = made + timedelta(days=90)
    return Flag(1, 1, "late", reason, "", Status.ACTIVE, "ana", "C1", "", made, end, None, "", "")


def settled(age: float = 5) -> Flag:
    return flag(age, "300 days late")._replace(stored_status=Status.RESOLVED, closed_at=START)


def step(*flags: Flag, stated: int | None = None, now: datetime = START) -> Rung:
    found = rung(LATE, flags, now, stated)
    assert found
    return found


def test_an_archetype_without_a_ladder_has_no_step_and_is_treated_warmly() -> None:
    nothing = rung(Archetype(id="late", priority=1, texts=TEXTS), [flag()], START)
    assert nothing is None
    assert tone_for(nothing) == "warm"


def test_a_first_flag_begins_with_a_friendly_word() -> None:
    assert step(flag()) == Rung(STEPS[0], STEPS[1], (START + timedelta(days=10)).date())
    assert tone_for(step(flag())) == "warm"


def test_a_question_about_nobody_begins_at_the_foot() -> None:
    assert step().now.step == "friendly"


@pytest.mark.parametrize(
    ("age", "name"),
    [(2, "friendly"), (9, "friendly"), (10, "firm"), (19, "firm"), (20, "suspend"), (30, "demand"), (400, "collect")],
)
def test_time_moves_advice_up_the_ladder(age: int, name: str) -> None:
    assert step(flag(age)).now.step == name


def test_a_second_flag_moves_advice_up_the_ladder() -> None:
    assert step(flag(), flag()).now.step == "firm"
    assert step(flag(), flag(), flag()).now.step == "suspend"


def test_what_was_resolved_and_is_back_is_one_repetition_however_many_there_were() -> None:
    assert step(settled()).now.step == "firm"
    assert step(settled(), settled(), settled()).now.step == "firm"
    assert step(settled(), flag()).now.step == "firm"
    assert step(settled(), flag(), flag()).now.step == "suspend"


def test_what_was_resolved_lends_neither_its_age_nor_its_delay() -> None:
    assert step(settled(90), flag()) == step(settled(1), flag())


def test_nobody_is_given_notice_on_the_day_that_it_is_back() -> None:
    assert step(settled(), flag(reason="300 days late")).now.step == "suspend"


def test_the_top_of_the_ladder_is_the_end() -> None:
    assert step(*[flag()] * 100_000) == Rung(STEPS[-1], None, None, STEPS[-2])


@pytest.mark.parametrize("reason", ["20 days late", "20 días de retraso", "逾期20天"])
def test_a_delay_in_the_reason_counts_in_every_language(reason: str) -> None:
    assert step(flag(reason=reason)).now.step == "suspend"
    assert step(flag(10, reason)).now.step == "demand"


def test_a_delay_in_the_question_counts_when_it_is_the_longer_one() -> None:
    assert step(flag(), stated=20).now.step == "suspend"
    assert step(flag(45), stated=3).now.step == "collect"


def test_nobody_is_given_notice_on_the_day_we_first_hear_of_it() -> None:
    assert step(flag(reason="300 days late")).now.step == "suspend"
    assert step(stated=300).now.step == "suspend"
    assert step(flag(2.9, "300 days late")).now.step == "suspend"
    assert step(flag(3, "300 days late")).now.step == "collect"


def test_a_second_flag_is_warning_enough() -> None:
    assert step(flag(reason="300 days late"), flag()).now.step == "collect"


def test_a_step_that_takes_two_flags_waits_for_the_second_however_old_the_first() -> None:
    careful = (*STEPS[:3], STEPS[3].model_copy(update={"flags": 2}), STEPS[4])
    ladder = Archetype(id="late", priority=1, escalate=careful, texts=TEXTS)
    alone = rung(ladder, [flag(400)], START)
    assert alone == Rung(careful[2], careful[3], None, careful[1])
    assert rung(ladder, [], START, 400) == alone
    again = rung(ladder, [flag(400), flag()], START)
    assert again
    assert again.now.step == "collect"


def test_a_ladder_of_final_steps_begins_with_its_first() -> None:
    harsh = Archetype(id="late", priority=1, escalate=STEPS[3:], texts=TEXTS)
    found = rung(harsh, [flag(reason="300 days late")], START)
    assert found
    assert found.now.step == "demand"


@given(AGES, st.sampled_from(["", "20 days late", "300 days late"]))
def test_the_next_step_is_never_due_before_tomorrow(ages: list[int], reason: str) -> None:
    found = step(*[flag(age, reason) for age in ages])
    assert (found.next is None) == (found.next_on is None)
    assert found.next_on is None or found.next_on > START.date()


def test_a_clock_that_went_back_does_no_harm() -> None:
    assert step(flag(-5)).now.step == "friendly"


def test_the_day_is_that_of_the_moment_across_a_new_year() -> None:
    eve = START.replace(month=12, day=31, hour=23)
    assert str(step(flag(now=eve), now=eve).next_on) == "2027-01-10"


@given(AGES, st.integers(0, 60))
def test_another_flag_or_another_day_never_moves_advice_down(ages: list[int], more: int) -> None:
    flags = [flag(age) for age in ages]
    before = STEPS.index(step(*flags).now)
    assert STEPS.index(step(*flags, flag(more)).now) >= before
    assert STEPS.index(step(*flags, now=START + timedelta(days=more)).now) >= before


@given(AGES)
def test_the_next_step_comes_on_the_day_that_was_announced(ages: list[int]) -> None:
    flags = [flag(age) for age in ages]
    today = step(*flags)
    if today.next is None or today.next_on is None:
        assert today.now == STEPS[-1]
        return
    wait = today.next_on - START.date()
    assert step(*flags, now=START + wait).now == today.next
    assert step(*flags, now=START + wait - timedelta(days=1)).now == today.now


def test_a_step_that_waits_for_a_warning_is_announced_for_the_day_it_comes() -> None:
    first = flag(reason="60 days late")
    announced = step(first).next_on
    assert announced
    on_that_day = step(first, now=START + (announced - START.date()))
    assert on_that_day.now.tone == "final"
