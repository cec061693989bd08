"""What breaks behind a button, or keeps a window shut, is told to who pressed."""

from __future__ import annotations

from typing import NoReturn

import pytest

from adapters.slack import views
from adapters.slack.render import message as drawn
from bot.i18n.speech import Speech
from bot.reply import Reply
from tests.slack.desk import Desk
from tests.slack.fake import Json
from tests.slack.logs import Logs

LATE = "Acme hasn't paid the invoice in two months"


def broken(*_values: object, **_more: object) -> NoReturn:
    """A bug."""
    raise ValueError("a bug")


async def test_a_bug_behind_a_button_is_told_with_its_reference(
    slack: Desk, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    await slack.says("ana", LATE)
    faults = [broken]

    def message(reply: Reply, speech: Speech, *, is_private: bool) -> Json:
        return (faults.pop() if faults else drawn)(reply, speech, is_private=is_private)

    monkeypatch.setattr("adapters.slack.answers.message", message)
    await slack.presses("ana", "Helpful")
    assert slack.sees("ana")[-1].is_private
    assert "reference" in slack.sees("ana")[-1].text
    assert "crashed" in logs.names


async def test_a_bug_behind_the_menu_of_a_message_is_told(slack: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "form_view", broken)
    await slack.uses_shortcut("ana", LATE)
    assert "reference" in slack.sees("ana")[-1].text


async def test_who_came_too_late_for_a_window_is_asked_to_press_again(slack: Desk) -> None:
    slack.slack.refuse("views.open", "expired_trigger_id")
    await slack.uses_shortcut("ana", LATE)
    assert "Press it again" in slack.sees("ana")[-1].text


@pytest.mark.parametrize("code", ["token_revoked", "push_limit_reached"])
async def test_what_pressing_again_does_not_mend_is_said_to_be_something_else(slack: Desk, code: str) -> None:
    slack.slack.refuse("views.open", code)
    await slack.uses_shortcut("ana", LATE)
    assert code in slack.sees("ana")[-1].text
    assert "took too long" not in slack.sees("ana")[-1].text
