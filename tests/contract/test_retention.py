"""What is deleted by age on every database: nothing that is promised, nothing that undo needs, in small batches."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot import retention
from bot.events import Command, Place, User
from bot.records import Status, Subject
from bot.retention import Retention, prune
from bot.settings import Settings
from bot.storage.store import Store
from tests.contract.teams import Member, closes, everything, flags, known, merges, undoes
from tests.support import Clock

HERE = Place("slack:T1", "C1", "1732471200.1")
KEEP = Retention(events=14, threads=180, audit=365, flags=None)
FLAGS_TOO = Retention(events=14, threads=180, audit=365, flags=400)


async def _pruned(ana: Member, clock: Clock, keep: Retention = KEEP) -> Mapping[str, int]:
    return await prune(ana.database, keep, clock.now)


async def _count(ana: Member, table: str) -> int:
    return len((await ana.database.read(everything))[table])


async def test_events_are_known_again_for_as_long_as_was_set(ana: Member, clock: Clock) -> None:
    await ana.does(lambda store: store.is_new_event("old"))
    clock.advance(days=13)
    await ana.does(lambda store: store.is_new_event("young"))
    assert await _pruned(ana, clock) == {}
    clock.advance(days=1, seconds=1)
    assert await _pruned(ana, clock) == {"seen_events": 1}
    assert await ana.does(lambda store: (store.is_new_event("old"), store.is_new_event("young"))) == (True, False)


async def test_nothing_of_a_flag_goes_however_old_unless_it_was_set(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("acme", "abusivo"))
    await ana.does(closes("acme"))
    clock.advance(days=20 * 365)
    await _pruned(ana, clock)
    assert await ana.sees(lambda store: len(store.flags.of_client(known(store, "acme").id))) == 2


async def test_flags_that_ended_long_ago_go_when_it_was_set(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme", reason="expired"))
    await ana.does(flags("globex", reason="resolved"))
    await ana.does(closes("globex"))
    clock.advance(days=100)
    await ana.does(flags("acme", reason="later"))
    clock.advance(days=301)
    assert await _pruned(ana, clock, FLAGS_TOO) == {"audit": 3, "flags": 1}
    clock.advance(days=180)
    assert (await _pruned(ana, clock, FLAGS_TOO))["flags"] == 1
    assert await ana.sees(lambda store: [f.reason for f in store.flags.of_client(known(store, "acme").id)]) == ["later"]


async def test_a_dispute_is_no_end(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    await ana.does(closes("acme", Status.DISPUTED))
    clock.advance(days=500)
    assert "flags" not in await _pruned(ana, clock, FLAGS_TOO)
    clock.advance(days=100)
    assert (await _pruned(ana, clock, FLAGS_TOO))["flags"] == 1


async def test_what_can_be_undone_can_be_undone_as_long_as_the_audit_is_kept(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))
    clock.advance(days=600)
    await ana.does(merges("acme", "globex"))
    clock.advance(days=364)
    before = await ana.stored()
    await _pruned(ana, clock, FLAGS_TOO)
    assert await ana.stored() == before
    assert await ana.does(undoes) == "merge"
    assert await ana.sees(lambda store: len(store.flags.of_client(known(store, "acme").id))) == 1
    assert await ana.does(undoes) is None


async def test_what_is_too_old_to_undo_is_refused_and_not_half_done(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))
    clock.advance(days=366)
    assert (await _pruned(ana, clock))["audit"] == 2
    assert await ana.does(undoes) is None
    assert await _count(ana, "flags") == 2


async def test_an_undo_and_what_it_took_back_go_together(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    clock.advance(days=200)
    await ana.does(undoes)
    clock.advance(days=200)
    assert await _pruned(ana, clock) == {}
    clock.advance(days=200)
    assert await _pruned(ana, clock) == {"audit": 2}


async def test_threads_and_held_commands_go_when_nobody_came_back(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    await ana.does(lambda store: store.threads.remember(HERE, Subject(known(store, "acme").id, ())))
    await ana.does(lambda store: store.held.hold(Command("1", User("ana"), HERE, "flag", {"client": "acme"})))
    clock.advance(days=2)
    assert await _pruned(ana, clock) == {"pending_commands": 1}
    clock.advance(days=179)
    assert await _pruned(ana, clock) == {"thread_subjects": 1, "thread_clients": 1}


async def test_a_question_that_nobody_said_anything_of_goes_after_a_day(ana: Member, clock: Clock) -> None:
    await ana.does(lambda store: store.lessons.keep("the tree is up", Subject(None, ())))
    await ana.does(lambda store: store.lessons.teach(store.lessons.keep("taught", Subject(None, ())), ("abusivo",)))
    clock.advance(days=2)
    assert await _pruned(ana, clock) == {"lessons": 1}
    assert len(await ana.sees(lambda store: store.lessons.taught())) == 1


async def test_every_workspace_is_pruned_in_small_batches(
    ana: Member, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)

    def many(store: Store) -> None:
        for number in range(8):
            assert store.is_new_event(str(number))
            flags("acme", reason=str(number))(store)

    for number in range(3):
        await ana.elsewhere(f"slack:{number}").does(many)
    clock.advance(days=1_000)
    await ana.elsewhere("slack:young").does(many)
    assert await _pruned(ana, clock, FLAGS_TOO) == {"seen_events": 24, "audit": 24, "flags": 24}
    assert [await _count(ana, name) for name in ("seen_events", "audit", "flags", "clients")] == [8, 8, 8, 4]
    assert await _pruned(ana, clock, FLAGS_TOO) == {}


def test_the_settings_say_how_long() -> None:
    assert Retention.of(Settings(_env_file=None)) == Retention()
    chosen = Settings(_env_file=None, CHAO_KEEP_EVENTS_DAYS=7, CHAO_KEEP_AUDIT_DAYS=90, CHAO_KEEP_FLAGS_DAYS=730)
    assert Retention.of(chosen) == Retention(events=7, audit=90, flags=730)
