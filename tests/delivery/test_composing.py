"""Summaries that are claimed together are composed together: what that may not change."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable

import pytest

from bot.delivery.composing import READINGS, TOGETHER, Reading, by_workspace, packed
from bot.storage.database import LOCKED, Database, StorageError, T, Work
from bot.storage.outbox import Claim
from tests.delivery.fakes import Team
from tests.delivery.test_deliveries import TO_MONDAY_NINE
from tests.summary.test_composer import claim_of


async def test_who_stops_waiting_for_the_words_takes_them_from_nobody(team: Team) -> None:
    first, second = claim_of("en")._replace(channel="C1"), claim_of("en")._replace(channel="C2")
    reading = Reading(team.database, team.words, [first, second])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await reading.of(first)
    assert [reply.title for reply in await reading.of(second)] == ["summary 2026-W48", "details"]


async def test_what_fails_when_nobody_waits_any_more_is_no_complaint(team: Team) -> None:
    complaints = list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    team.words.says = _locked
    reading = Reading(team.database, team.words, [claim_of("en")])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await reading.of(claim_of("en"))
    if left := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(left)
    del reading
    gc.collect()
    assert complaints == []


def _locked(_claim: Claim) -> tuple[str, ...]:
    raise StorageError(LOCKED)


async def test_a_database_that_can_not_answer_is_asked_once_for_all(team: Team) -> None:
    asked = list[str]()

    def locked(claim: Claim) -> tuple[str, ...]:
        asked.append(claim.channel)
        raise StorageError(LOCKED)

    team.words.says = locked
    claims = [claim_of("en")._replace(channel=channel) for channel in ("C1", "C2")]
    reading = Reading(team.database, team.words, claims)
    for claim in claims:
        with pytest.raises(StorageError):
            await reading.of(claim)
    assert asked == ["C1"]


class Counting:
    """A database that notes how many readings were under way at most."""

    def __init__(self, database: Database) -> None:
        self._database, self.reading, self.most = database, 0, 0
        self.write, self.jot, self.close = database.write, database.jot, database.close

    async def read(self, work: Work[T]) -> T:
        """Count, and pass it on."""
        return await self._counted(self._database.read, work)

    async def glance(self, work: Work[T]) -> T:
        """The same."""
        return await self._counted(self._database.glance, work)

    async def _counted(self, read: Callable[[Work[T]], Awaitable[T]], work: Work[T]) -> T:
        self.reading += 1
        self.most = max(self.most, self.reading)
        outcome = await read(work)
        self.reading -= 1
        return outcome


@pytest.mark.parametrize("channels", [1, 2])
async def test_a_command_that_reads_has_few_readings_before_it(team: Team, channels: int) -> None:
    team.database = counting = Counting(team.database)
    for number in range(READINGS * TOGETHER // channels):
        for channel in range(channels):
            await team.plans(f"C{channel}", workspace=f"slack:T{number}")
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    assert len(team.platform.messages) == READINGS * TOGETHER * 2
    assert 0 < counting.most <= READINGS


async def test_a_command_has_its_turn_between_the_summaries_of_two_workspaces(team: Team) -> None:
    happened, loop = list[str](), asyncio.get_running_loop()

    def says(claim: Claim) -> tuple[str, ...]:
        happened.append(claim.workspace)
        loop.call_soon_threadsafe(happened.append, "a turn")
        return (claim.workspace,)

    team.words.says = says
    claims = [claim_of("en")._replace(workspace=f"slack:T{number}") for number in range(4)]
    reading = Reading(team.database, team.words, claims)
    await reading.of(claims[0])
    assert happened[::2] == [claim.workspace for claim in claims]
    assert set(happened[1::2]) == {"a turn"}


def test_a_workspace_is_read_by_itself_and_not_for_too_many_at_once() -> None:
    claims = [claim_of("en")._replace(id=n, workspace=f"slack:T{n % 2}") for n in range(2 * TOGETHER + 2)]
    groups = list(by_workspace(claims))
    assert [{claim.workspace for claim in group} for group in groups] == [{"slack:T0"}] * 2 + [{"slack:T1"}] * 2
    assert [len(group) for group in groups] == [TOGETHER, 1, TOGETHER, 1]
    assert sorted(claim.id for group in groups for claim in group) == [claim.id for claim in claims]


def test_small_workspaces_are_packed_and_none_is_torn_that_fits() -> None:
    owners = [n // 6 for n in range(4 * 6)]
    claims = [claim_of("en")._replace(id=n, workspace=f"slack:T{owner}") for n, owner in enumerate(owners)]
    packs = list(packed(reversed(claims)))
    assert [sorted({claim.workspace for claim in pack}) for pack in packs] == [
        ["slack:T0", "slack:T1"],
        ["slack:T2", "slack:T3"],
    ]
    assert sorted(claim.id for pack in packs for claim in pack) == [claim.id for claim in claims]
    assert list(packed([])) == []


async def test_workspaces_in_one_pack_are_read_apart_and_each_gets_its_own_words(team: Team) -> None:
    team.words.says = lambda claim: (claim.workspace, claim.channel)
    places = [("slack:T2", "C1"), ("slack:T1", "C1"), ("slack:T2", "C2")]
    claims = [claim_of("en")._replace(workspace=workspace, channel=channel) for workspace, channel in places]
    reading = Reading(team.database, team.words, claims)
    assert [tuple(reply.title for reply in await reading.of(claim)) for claim in claims] == places


async def test_a_fault_in_one_workspace_of_a_pack_is_only_its_own(team: Team) -> None:
    def says(claim: Claim) -> tuple[str, ...]:
        if claim.workspace == "slack:T1":
            raise ValueError
        return (claim.workspace,)

    team.words.says = says
    bad, good = (claim_of("en")._replace(workspace=workspace) for workspace in ("slack:T1", "slack:T2"))
    reading = Reading(team.database, team.words, [bad, good])
    with pytest.raises(ValueError, match=r"^$"):
        await reading.of(bad)
    assert [reply.title for reply in await reading.of(good)] == ["slack:T2"]
