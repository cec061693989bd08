"""When something breaks half-way: nothing doubled, nothing lost, and who set it up knows what to do."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import structlog

from bot.delivery import deliveries
from bot.delivery.poster import RetryLaterError, UnknownOutcomeError
from bot.events import Place
from bot.records import Fault
from bot.reply import Reply
from bot.storage import outbox
from bot.storage.database import FULL, Database, StorageError, T, Work
from bot.storage.outbox import Claim, Sender, database_clock
from tests.delivery.fakes import Team
from tests.delivery.test_deliveries import TO_MONDAY_NINE

BOTH = ["summary 2026-W49", "details"]


async def test_an_answer_that_got_lost_is_looked_for_before_anything_is_repeated(team: Team) -> None:
    await team.plans("C1")
    team.platform.loses["C1"] = 1
    team.clock.advance(**TO_MONDAY_NINE)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH[:1]
    team.clock.advance(minutes=1)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH
    assert team.platform.looked == [("C1", "chao-2026-W49"), ("C1", "chao-2026-W49-more")]


async def test_a_post_that_never_arrived_is_looked_for_and_then_posted(team: Team) -> None:
    await team.plans("C1")
    team.platform.troubles["C1"] = [UnknownOutcomeError(), OSError("reset")]
    team.clock.advance(**TO_MONDAY_NINE)
    for _ in range(3):
        await team.sender().once()
        team.clock.advance(minutes=1)
    assert team.platform.seen("C1") == BOTH
    assert len(team.platform.looked) == 2


async def test_details_whose_answer_got_lost_are_not_repeated(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.platform.loses_details = True
    await team.sender().once()
    team.platform.loses_details = False
    team.clock.advance(minutes=1)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH
    assert team.platform.looked == [("C1", "chao-2026-W49-more")]


async def _claimed(team: Team, owner: str = "died") -> Claim:
    """The one summary that is due, claimed by a process that then dies."""
    sender = Sender(owner, ("slack",), timedelta(minutes=5))
    now = team.clock()
    await team.database.write(lambda session: outbox.plan(sender, session, now))
    (claim,) = await team.database.write(lambda session: outbox.claim(sender, session, now, 10))
    return claim


async def test_a_process_that_died_before_posting_is_followed_by_one_that_looks_and_posts(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    await _claimed(team)
    await team.sender().once()
    assert team.platform.messages == []
    team.clock.advance(minutes=6)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH
    assert team.platform.looked == [("C1", "chao-2026-W49")]


async def test_a_process_that_died_after_posting_is_followed_by_one_that_finds_it(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    claim = await _claimed(team)
    await team.platform.post(Place(claim.workspace, claim.channel), Reply(BOTH[0]), "chao-2026-W49")
    team.clock.advance(minutes=6)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH


async def test_a_process_that_died_between_message_and_details_is_followed_by_one_that_adds_them(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    claim = await _claimed(team)
    posted = await team.platform.post(Place(claim.workspace, claim.channel), Reply(BOTH[0]), "chao-2026-W49")
    assert await team.database.write(lambda session: outbox.record(claim, posted, session, team.clock()))
    team.clock.advance(minutes=6)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH
    assert team.platform.messages[1].place.thread == posted


async def test_who_lost_its_claim_can_change_nothing(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    old = await _claimed(team)
    team.clock.advance(minutes=6)
    new = await _claimed(team, "next")
    deeds = (
        partial(outbox.record, old, "m9"),
        partial(outbox.finish, old, "sent"),
        partial(outbox.put_back, old, timedelta(0), is_doubtful=False),
        partial(outbox.fail, old, Fault.GONE),
    )
    for deed in deeds:
        assert not await team.database.write(lambda session, deed=deed: deed(session, team.clock()))  # type: ignore[misc]  # bound to the loop's value
    assert await team.database.write(lambda session: outbox.finish(new, "sent", session, team.clock()))
    plan, state = await team.reads("C1")
    assert (plan and plan.next_at is not None, state) == (True, "sent")


async def test_a_process_that_slept_through_its_lease_posts_nothing(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    sending = team.sender().sending
    await sending.deliver(await _claimed(team), asyncio.get_running_loop().time() - 1)
    assert (team.platform.messages, sending.counts["lost"]) == ([], 1)


async def test_a_message_whose_lease_was_taken_meanwhile_gets_its_details_from_the_other(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    sending, claim = team.sender().sending, await _claimed(team)
    team.platform.gate = asyncio.Event()
    slow = asyncio.create_task(sending.deliver(claim, asyncio.get_running_loop().time() + 60))
    team.clock.advance(minutes=6)
    taken = await _claimed(team, "next")
    team.platform.gate.set()
    await slow
    assert (team.platform.seen("C1"), sending.counts["lost"]) == (BOTH[:1], 1)
    await sending.deliver(taken, asyncio.get_running_loop().time() + 60)
    assert team.platform.seen("C1") == BOTH


class Breaking:
    """A database that breaks once: at the `breaks`-th write after it is set, or at the next read (`cant_read`)."""

    def __init__(self, database: Database, error: Exception) -> None:
        self._database, self._error = database, error
        self.breaks = 0
        self.cant_read = False

    async def read(self, work: Work[T]) -> T:
        """As ever, but for the one that breaks."""
        if self.cant_read:
            self.cant_read = False
            raise self._error
        return await self._database.read(work)

    async def glance(self, work: Work[T]) -> T:
        """As ever."""
        return await self._database.glance(work)

    async def write(self, work: Work[T]) -> T:
        """As ever, but for the one that breaks."""
        self._break()
        return await self._database.write(work)

    async def jot(self, work: Work[T]) -> T:
        """The same."""
        self._break()
        return await self._database.jot(work)

    def _break(self) -> None:
        self.breaks -= 1
        if self.breaks == 0:
            raise self._error

    async def close(self) -> None:
        """As ever."""
        await self._database.close()


async def _three_rounds(team: Team) -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)
        team.clock.advance(minutes=6)
        if len(waits) == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await team.sender().run(pause)


@pytest.mark.parametrize("breaks", range(1, 7))
async def test_a_disk_that_is_full_for_a_moment_doubles_nothing_and_loses_nothing(team: Team, breaks: int) -> None:
    team.database = breaking = Breaking(team.database, StorageError(FULL))
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    breaking.breaks = breaks
    await _three_rounds(team)
    assert team.platform.seen("C1") == BOTH


@pytest.mark.parametrize("breaks", range(6))
async def test_tables_that_are_away_for_a_moment_are_logged_and_end_no_delivery(team: Team, breaks: int) -> None:
    team.database = breaking = Breaking(team.database, LookupError("no such table: Acme"))
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    breaking.breaks, breaking.cant_read = breaks, breaks == 0
    with structlog.testing.capture_logs() as logs:
        await _three_rounds(team)
    assert team.platform.seen("C1") == BOTH
    assert [line["error"] for line in logs if line["event"] == "crashed"] == ["LookupError"]
    assert "Acme" not in str(logs)


async def test_a_summary_of_which_nothing_can_be_recorded_is_left_to_the_next_sender(team: Team) -> None:
    team.database = breaking = Breaking(team.database, LookupError("no such table"))
    await team.plans("C1")
    team.platform.troubles["C1"] = [RetryLaterError(1)]
    team.clock.advance(**TO_MONDAY_NINE)
    claim = await _claimed(team)
    breaking.breaks = 1
    await team.sender().sending.deliver(claim, asyncio.get_running_loop().time() + 60)
    team.clock.advance(minutes=6)
    await team.sender().once()
    assert team.platform.seen("C1") == BOTH


async def test_stopping_hands_back_what_is_under_way_to_who_goes_on(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "GRACE_SECONDS", 0.0)
    for number in range(3):
        await team.plans(f"C{number}")
    team.clock.advance(**TO_MONDAY_NINE)
    team.platform.gate = asyncio.Event()
    arrived = asyncio.Event()
    team.platform.arrived = arrived.set
    running = asyncio.create_task(team.sender().run())
    await asyncio.wait_for(arrived.wait(), 5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert team.platform.messages == []
    team.platform.gate = None
    await team.sender().once()
    assert [team.platform.seen(f"C{number}") for number in range(3)] == [BOTH] * 3


async def test_stopping_lets_what_is_nearly_done_end(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    team.platform.gate = gate = asyncio.Event()
    arrived = asyncio.Event()
    team.platform.arrived = arrived.set
    running = asyncio.create_task(team.sender().run())
    await asyncio.wait_for(arrived.wait(), 5)
    running.cancel()
    asyncio.get_running_loop().call_soon(gate.set)
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (team.platform.seen("C1"), (await team.reads("C1"))[1]) == (BOTH, "sent")


async def test_stopping_in_the_middle_of_claiming_hands_back_the_claims(team: Team) -> None:
    await team.plans("C1")
    team.clock.advance(**TO_MONDAY_NINE)
    sender = team.sender()
    claiming = asyncio.create_task(sender._start(Sender("stopped", ("slack",), timedelta(minutes=5)), 10))
    await sender.sending.write(partial(outbox.plan, Sender("stopped", ("slack",), timedelta(minutes=5))))
    claiming.cancel()
    await asyncio.gather(claiming, return_exceptions=True)
    await sender.once()
    assert team.platform.seen("C1") == BOTH


async def test_the_database_has_one_clock_for_all(database: Database) -> None:
    told = await database.read(database_clock)
    assert told.tzinfo is UTC
    assert abs(datetime.now(UTC) - told) < timedelta(minutes=1)
