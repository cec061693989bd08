"""Pages: how much one holds, and the marks from which they go on, which anybody may forge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.events import Action, Command, Place, User
from bot.features.pages import ROOM, cost, fitting, mark, moment, moment_of, place_of
from bot.reply import Button, Reply, controls, plain_text
from bot.router import Router
from bot.validation import MAX_TEXT

ANA = User("ana", is_manager=True)
HERE = Place("slack:T1", "C1")
MOST = 40
SLUG = "a" * 40
texts = st.lists(st.text(st.sampled_from("ab *\n"), max_size=MAX_TEXT), max_size=50)


@given(texts, st.integers(0, ROOM))
def test_a_page_holds_no_more_than_fits_and_no_less(lines: list[str], spent: int) -> None:
    count = fitting(lines, MOST, spent)
    held = [cost(line) for line in lines[:count]]
    assert count <= MOST
    assert sum(held) + spent <= ROOM or (count == 1 and spent <= ROOM // 2)
    assert count in (len(lines), MOST) or spent + sum(held) + cost(lines[count]) > ROOM


@given(st.lists(st.integers(-(16**13 - 1), 16**13 - 1), min_size=1, max_size=5).map(tuple))
def test_a_mark_names_its_place(place: tuple[int, ...]) -> None:
    assert place_of(mark(place), len(place)) == place


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - made aware
def test_a_moment_is_kept_to_the_microsecond(at: datetime) -> None:
    assert moment_of(moment(at)) == at


@given(st.text() | st.text("0123456789abcdef.-", max_size=40))
def test_what_is_no_mark_is_refused(text: str) -> None:
    for length in (3, 5):
        try:
            place = place_of(text, length)
        except UserError:
            continue
        assert len(place) == length


def test_a_buttons_value_has_room_for_the_longest_kind_and_the_largest_numbers() -> None:
    at = moment(datetime(2100, 1, 1, tzinfo=UTC))
    assert len(f"{SLUG}:{mark((-40, -99_999, 40, at, 2**31 - 1))}") <= 80
    assert len(f"{2**31 - 1}:{mark((at, 2, 2**31 - 1))}") <= 80


async def said(bot: Router, action: str, value: str, **who: object) -> Reply:
    user, place = who.get("user", ANA), who.get("place", HERE)
    assert isinstance(user, User)
    assert isinstance(place, Place)
    reply = await bot.dispatch(Action("9", user, place, action, value))
    assert reply is not None
    return reply


async def more_of(bot: Router, name: str, **args: str) -> Button:
    """The button of a first page of forty-five clients, or of one's forty-five flags."""
    for number in range(45):
        flag = {"archetype": "mala-paga", "reason": f"secret{number}"}
        await bot.dispatch(Command("1", ANA, HERE, "flag", {"client": "acme", **flag}))
        await bot.dispatch(Command("1", ANA, HERE, "flag", {"client": f"globex {number}", **flag}))
    reply = await bot.dispatch(Command("2", ANA, HERE, name, args))
    assert reply is not None
    return next(button for button in controls(reply) if button.label == "More")


@pytest.mark.parametrize(("name", "args"), [("list", {}), ("show", {"client": "acme"})])
async def test_pages_are_for_the_team_alone(bot: Router, name: str, args: dict[str, str]) -> None:
    more = await more_of(bot, name, **args)
    assert not (await said(bot, more.action, more.value)).is_error
    outside = (
        {"user": User("eve", is_guest=True)},
        {"place": Place("slack:T1", "C1", is_shared=True)},
        {"place": Place("slack:T2", "C1")},
        {"place": Place("discord:T1", "C1")},
    )
    for who in outside:
        reply = await said(bot, more.action, more.value, **who)
        assert reply.is_error
        assert not any(word in plain_text(reply) for word in ("acme", "globex", "secret"))


@pytest.mark.parametrize("marked", ["", "0", "0.0", "x.0.0", "fffffffffffffffff.0.0", "0.0.0", "-1.0.0", "0.9.-1", "²"])
@pytest.mark.parametrize("begin", ["1", "", "mala-paga", "9" * 5_000])
async def test_forged_pages_are_refused_with_a_reason(bot: Router, begin: str, marked: str) -> None:
    await bot.dispatch(Command("1", ANA, HERE, "flag", {"client": "acme", "archetype": "mala-paga"}))
    for action in ("older", "list"):
        reply = await said(bot, action, f"{begin}:{marked}")
        assert reply.is_error
        assert "no longer" in plain_text(reply)


@pytest.mark.parametrize(
    "place", ["fffffffffffff.2.fffffffffffff", "fffffffffffff.-1.-fffffffffffff", "fffffffffffff.1.80000000"]
)
async def test_a_mark_beyond_all_rows_breaks_nothing(bot: Router, place: str) -> None:
    await bot.dispatch(Command("1", ANA, HERE, "flag", {"client": "acme", "archetype": "mala-paga"}))
    assert "late-payment pattern" in plain_text(await said(bot, "older", f"1:{place}"))


async def test_the_newest_entry_is_on_the_first_page_whatever_signs_it_is_of(bot: Router) -> None:
    for reason in ("-\n" * 1_498 + "end", "*" * 2_997 + "end"):
        args = {"client": "acme", "archetype": "mala-paga", "reason": reason}
        await bot.dispatch(Command("1", ANA, HERE, "flag", args))
        reply = await bot.dispatch(Command("2", ANA, HERE, "show", {"client": "acme"}))
        assert reply is not None
        assert reason in plain_text(reply)


async def test_a_client_with_very_many_names_still_has_a_history(bot: Router) -> None:
    await bot.dispatch(
        Command("1", ANA, HERE, "flag", {"client": "acme", "archetype": "mala-paga", "reason": "secret"})
    )
    for number in range(100):
        name = f"a name that is a long one and has the number {number} of all its names"
        await bot.dispatch(Command("1", ANA, HERE, "rename", {"client": "acme", "name": name}))
    reply = await bot.dispatch(Command("2", ANA, HERE, "show", {"client": "acme"}))
    assert reply is not None
    assert "secret" not in plain_text(reply)
    more = next(button for button in controls(reply) if button.label == "More")
    assert "secret" in plain_text(await said(bot, more.action, more.value))
