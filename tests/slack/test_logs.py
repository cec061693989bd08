"""The watch over logs finds a leak, and a bug on Slack leaks nothing."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
import structlog

from bot.commands import Turn
from bot.events import Command
from bot.reply import Reply
from tests.slack.desk import Desk
from tests.slack.logs import Logs, assert_ids_only

TYPED = ["flag Zeppelin mala-paga they owe 9,999"]


def test_a_word_that_somebody_typed_is_found_in_either_log(logs: Logs) -> None:
    logging.getLogger("other").warning("refused for %s", "zeppelin")
    with pytest.raises(AssertionError, match="zeppelin"):
        assert_ids_only(logs.lines, TYPED)


def test_a_token_is_found_and_the_names_of_commands_and_archetypes_are_none(logs: Logs) -> None:
    structlog.get_logger().warning("flag", about="mala-paga")
    assert_ids_only(logs.lines, TYPED)
    structlog.get_logger().warning("refused", answer={"token": "xoxb-test-1"})
    with pytest.raises(AssertionError, match="xoxb"):
        assert_ids_only(logs.lines, TYPED)


async def test_a_bug_shows_a_reference_and_its_place_is_logged_without_what_was_typed(slack: Desk, logs: Logs) -> None:
    def breaks(command: Command, _turn: Turn) -> Reply:
        raise KeyError(command.args["client"])

    commands = dict(slack.office.router.commands)
    slack.office.router.commands = {**commands, "show": replace(commands["show"], handler=breaks)}
    await slack.runs("ana", "show", client="Zeppelin")
    reference = next(str(event["reference"]) for event in logs.events if event["event"] == "crashed")
    assert reference in slack.sees("ana")[-1].text
    assert "Zeppelin" not in slack.sees("ana")[-1].text
