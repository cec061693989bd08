"""What comes in: neutral values that handlers cannot change, private and safe unless an adapter says otherwise."""

from __future__ import annotations

from typing import cast

import pytest

from bot.events import Action, Command, Event, Place, Question, User

ANA = User("ana")
HERE = Place("slack:T1")
EVENTS: tuple[Event, ...] = (
    Command("1", ANA, HERE, "help"),
    Question("1", ANA, HERE, "?"),
    Action("1", ANA, HERE, "x"),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_does_not_change_on_its_way(event: Event) -> None:
    with pytest.raises(AttributeError):
        event.id = "2"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_the_same_event_delivered_twice_is_equal(event: Event) -> None:
    assert event._replace() == event
    assert event._replace(id="2") != event


def test_a_command_without_arguments_shares_nothing_that_could_be_written() -> None:
    first, second = Command("1", ANA, HERE, "help"), Command("2", ANA, HERE, "help")
    assert first.args == {}
    with pytest.raises(TypeError):
        cast("dict[str, str]", first.args)["client"] = "acme"
    assert second.args == {}


def test_a_person_has_no_rights_unless_the_platform_says_so() -> None:
    assert (ANA.is_manager, ANA.is_guest, ANA.locale) == (False, False, "")


def test_a_slash_command_is_private_and_a_question_is_asked_in_public() -> None:
    command, question, action = EVENTS
    assert (command.is_public, question.is_public, action.is_public) == (False, True, False)
    assert not any(getattr(event, "is_redeliverable", False) for event in EVENTS)
