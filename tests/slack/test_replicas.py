"""Two `chao serve` on one PostgreSQL, one killed under load: what was confirmed is there, nothing is handled twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.postgres import Server
from tests.slack.storm import BY_EVENT, Outcome, outlived

COMMANDS = 400


@pytest.fixture(scope="module")
def outcome(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What became of all that was sent."""

    async def run() -> Outcome:
        return await outlived(COMMANDS, await postgres.create(), tmp_path_factory.mktemp("replicas"))

    return asyncio.run(run())


def test_all_get_their_answer_but_those_whom_the_killed_replica_was_answering(outcome: Outcome) -> None:
    assert outcome.wrong == set()
    assert len(outcome.answered) + len(outcome.lost) == COMMANDS
    assert outcome.revived


def test_every_flag_that_was_confirmed_is_there_once(outcome: Outcome) -> None:
    assert (outcome.missing, outcome.doubled) == (set(), set())
    assert set(outcome.stored) - outcome.confirmed <= outcome.lost | {BY_EVENT}


def test_an_event_that_slack_delivers_to_both_replicas_is_answered_once(outcome: Outcome) -> None:
    advice, flagged = (text for text in outcome.posted[:2])
    assert "late-payment" in advice
    assert "acme is flagged" in flagged
    assert not [text for text in outcome.posted[2:] if "late-payment" in text or "acme is flagged" in text]
