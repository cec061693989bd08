"""What is refused before a handler runs: missing, overlong and misspelt arguments, and people who may not ask."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Misuse, UserError
from bot.events import Action, Command, Event, Place, User
from bot.features.registry import commands
from bot.i18n.speech import Speech
from bot.reply import plain_text
from bot.router import Router
from bot.validation import MAX_TEXT, checked, row_id, shortened, tidy, too_long

ANA = User("ana", is_manager=True)
HERE = Place("slack:T1", "C1")
STATEFUL = ("as", "advice", "more")
say = Speech("en")


def command(name: str, **args: str) -> Command:
    return Command("1", ANA, HERE, name, args)


def hint_of(error: UserError) -> str:
    assert error.hint is not None
    return say(error.hint)


def test_arguments_reach_the_handler_trimmed_and_empty_ones_do_not() -> None:
    given_args = command("flag", client=" acme ", archetype="mala-paga", reason=" \x00 ")
    assert checked(commands()["flag"], given_args).args == {"client": "acme", "archetype": "mala-paga"}


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(Misuse) as refusal:
        checked(commands()["flag"], command("flag", client="acme"))
    assert say(refusal.value.text) == "I need the kind of difficulty."


def test_a_missing_argument_is_named_in_the_readers_language() -> None:
    with pytest.raises(Misuse) as refusal:
        checked(commands()["flag"], command("flag", archetype="mala-paga"))
    assert Speech("es")(refusal.value.text) != say(refusal.value.text)
    assert Speech("zh")(refusal.value.text) != say(refusal.value.text)


def test_a_text_may_have_3000_characters_and_no_more() -> None:
    spec = commands()["note"]
    assert len(checked(spec, command("note", client="acme", text="客" * MAX_TEXT)).args["text"]) == MAX_TEXT
    with pytest.raises(UserError) as refusal:
        checked(spec, command("note", client="acme", text="客" * (MAX_TEXT + 1)))
    assert "3001 characters" in say(refusal.value.text)
    assert "link" in hint_of(refusal.value)


def test_the_refusal_of_a_long_text_counts_it() -> None:
    assert "40000 characters; 3000 is the most" in say(too_long(40_000).text)


def test_a_misspelt_choice_brings_the_nearest() -> None:
    with pytest.raises(Misuse) as refusal:
        checked(commands()["summary"], command("summary", when="weeky"))
    assert say(refusal.value.text) == "`weeky` is not a choice here."
    assert hint_of(refusal.value) == "Did you mean `weekly`?"


def test_a_choice_that_is_like_none_brings_them_all() -> None:
    with pytest.raises(Misuse) as refusal:
        checked(commands()["summary"], command("summary", when="客" * 40_000))
    assert len(say(refusal.value.text)) < 100
    assert hint_of(refusal.value) == "Use one of these: now, weekly, off and status."


def test_a_choice_may_be_written_in_capitals() -> None:
    assert checked(commands()["summary"], command("summary", when="Status")).args == {"when": "Status"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" plain ", "plain"),
        ("first\nsecond\tthird\n", "first\nsecond\tthird"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("a\ud83d", "a"),
        ("👩\u200d🎤 客户", "👩\u200d🎤 客户"),
        ("\x00", ""),
        ("", ""),
    ],
)
def test_a_text_keeps_its_lines_and_loses_control_characters(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(st.text(st.characters(codec=None)))
def test_a_tidy_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    kept = tidy(text)
    kept.encode()
    assert tidy(kept) == kept
    assert not [c for c in kept if unicodedata.category(c) == "Cc" and c not in "\n\t"]


@pytest.mark.parametrize(("text", "short"), [("a" * 40, "a" * 40), ("a" * 41, "a" * 39 + "…"), (" a \n b ", "a b")])
def test_what_an_error_quotes_is_one_short_line(text: str, short: str) -> None:
    assert shortened(text) == short


@given(st.text(), st.integers(1, 60))
def test_a_quoted_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert "\n" not in short


MANAGERS = "Only managers may do that."
OUTSIDERS = "I show no clients or flags to people from outside the team"
HERE_TOO = "I show no clients or flags here"


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (Command("1", User("bob"), HERE, "export"), MANAGERS),
        (Command("2", User("bob"), HERE, "forget", {"client": "acme"}), MANAGERS),
        (Command("3", User("bob", is_manager=True, is_guest=True), HERE, "list"), OUTSIDERS),
        (Command("4", ANA, Place("slack:T1", "C1", is_shared=True), "list"), HERE_TOO),
        (Command("5", ANA, Place("slack:T1", "C1", is_shared=True), "summary", {"when": "weekly"}), HERE_TOO),
        (Action("5", User("bob", is_guest=True), HERE, "show", "1"), OUTSIDERS),
    ],
)
async def test_who_may_not_is_told_why(bot: Router, event: Event, refusal: str) -> None:
    reply = await bot.dispatch(event)
    assert reply is not None
    assert reply.is_error
    assert refusal in plain_text(reply)


async def test_a_refusal_comes_before_the_check_of_the_arguments(bot: Router) -> None:
    reply = await bot.dispatch(Command("1", User("bob"), HERE, "forget"))
    assert reply is not None
    assert MANAGERS in plain_text(reply)


@pytest.mark.parametrize("name", ["archetypes", "help"])
async def test_guests_may_read_what_names_no_client(bot: Router, name: str) -> None:
    reply = await bot.dispatch(Command("1", User("bob", is_guest=True), HERE, name))
    assert reply is not None
    assert not reply.is_error


@pytest.mark.parametrize(("value", "row"), [("7", 7), ("2147483647", 2**31 - 1), ("2147483648", 0), ("٧", 7)])
def test_a_buttons_value_names_a_row(value: str, row: int) -> None:
    assert row_id(value) == row


@pytest.mark.parametrize("value", ["", "new", "-1", "1.5", " 1", "²", "①", "9" * 19, "9" * 5_000])
def test_a_value_that_can_be_no_id_names_no_row(value: str) -> None:
    assert row_id(value) == 0


@pytest.mark.parametrize("number", ["²", "9" * 19, "9" * 5_000])
@pytest.mark.parametrize("name", ["pick", "show", "withdraw", "dispute", "as", "advice", "more", "share-client"])
async def test_a_forged_button_is_refused_with_a_reason(bot: Router, name: str, number: str) -> None:
    reply = await bot.dispatch(Action("6", ANA, HERE, name, f"{number}:mala-paga::" if name in STATEFUL else number))
    assert reply is not None
    assert reply.is_error
    assert "no longer" in plain_text(reply)
