"""Units of work on every database: each is whole or nothing, each caller gets its own outcome, whatever others do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.storage.database import Database, StorageError
from bot.storage.store import Store
from bot.storage.tables import Workspace
from tests.contract.teams import Member, everything, flags, known, undoes
from tests.support import START

MANY = 40


@pytest.fixture(params=[False, True], ids=["written", "jotted"])
def ana(ana: Member, request: pytest.FixtureRequest) -> Member:
    """Both ways to write keep the same promises."""
    return replace(ana, jots=request.param)


def _flags_and_says(number: int) -> Callable[[Store], str]:
    def unit(store: Store) -> str:
        flags("acme", reason=f"inv {number}")(store)
        if number % 10 == 7:
            raise ArithmeticError(number)
        return f"flagged {number}"

    return unit


def _reasons(store: Store) -> list[str]:
    return [flag.reason for flag in store.flags.of_client(known(store, "acme").id)]


async def test_what_was_written_is_read_at_once_and_by_all(ana: Member) -> None:
    for number in range(5):
        await ana.does(flags("acme", reason=f"inv {number}"))
        assert len(await ana.called("bob").sees(_reasons)) == number + 1


async def test_forty_writes_at_once_get_each_their_own_outcome(ana: Member) -> None:
    said = await asyncio.gather(*(ana.does(_flags_and_says(n)) for n in range(MANY)), return_exceptions=True)
    for number, outcome in enumerate(said):
        if number % 10 == 7:
            assert isinstance(outcome, ArithmeticError)
            assert outcome.args == (number,)
        else:
            assert outcome == f"flagged {number}"
    assert sorted(await ana.sees(_reasons)) == sorted(f"inv {n}" for n in range(MANY) if n % 10 != 7)


async def test_a_write_that_raises_changes_nothing(ana: Member) -> None:
    await ana.does(flags("acme"))
    before = await ana.database.read(everything)
    with pytest.raises(ArithmeticError):
        await ana.elsewhere("slack:new").does(_flags_and_says(7))
    assert await ana.database.read(everything) == before


async def test_the_first_write_of_a_workspace_by_forty_at_once_makes_one_workspace(ana: Member) -> None:
    await asyncio.gather(*(ana.called(f"user {n}").does(flags("acme")) for n in range(MANY)))
    rows = await ana.database.read(everything)
    assert [len(rows[name]) for name in ("workspaces", "clients", "flags")] == [1, 1, MANY]


async def test_one_event_delivered_forty_times_at_once_takes_effect_once(ana: Member) -> None:
    news = await asyncio.gather(*(ana.does(lambda store: store.is_new_event("Ev1")) for _ in range(MANY)))
    assert sorted(news) == [False] * (MANY - 1) + [True]


async def test_one_change_is_taken_back_once_however_often_undo_is_pressed(ana: Member) -> None:
    for _ in range(3):
        await ana.does(flags("acme"))
    undone = await asyncio.gather(*(ana.does(undoes) for _ in range(MANY)))
    assert sorted(undone, key=str) == [None] * (MANY - 3) + ["flag"] * 3
    assert await ana.sees(lambda store: store.clients.every()) == []


async def test_reads_and_writes_at_once_see_whole_units_only(ana: Member) -> None:
    def two_flags(store: Store) -> None:
        flags("acme")(store)
        flags("acme")(store)

    await ana.does(two_flags)
    writes = [ana.does(two_flags) for _ in range(20)]
    reads = [ana.sees(lambda store: len(_reasons(store))) for _ in range(20)]
    counts = (await asyncio.gather(*writes, *reads))[20:]
    assert [count % 2 for count in counts if count] == [0] * 20
    assert await ana.sees(lambda store: len(_reasons(store))) == 42


async def test_a_read_that_writes_leaves_nothing(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.sees(flags("acme", reason="by the way"))
    assert await ana.sees(_reasons) == ["inv 104"]
    with pytest.raises(ArithmeticError):
        await ana.sees(_flags_and_says(7))
    assert await ana.sees(_reasons) == ["inv 104"]


async def test_a_caller_who_goes_away_disturbs_nobody(ana: Member) -> None:
    tasks = [asyncio.create_task(ana.does(_flags_and_says(number))) for number in range(MANY) if number % 10 != 7]
    await asyncio.wait(tasks, timeout=0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(outcome, str) for outcome in outcomes[1::2])
    assert await ana.does(_flags_and_says(100)) == "flagged 100"
    kept = set(await ana.sees(_reasons))
    assert {f"inv {str(outcome).split()[-1]}" for outcome in outcomes[1::2]} <= kept


def _adds(key: str, error: type[Exception] | None = None) -> Callable[[Store], str]:
    def unit(store: Store) -> str:
        store.scope.session.add(Workspace(key=key, created_at=START))
        if error:
            raise error
        return "added"

    return unit


async def test_objects_of_a_unit_that_failed_are_not_stored_with_the_next(ana: Member) -> None:
    works = [_adds(f"slack:{n}", ArithmeticError) if n % 5 == 2 else _flags_and_says(n) for n in range(MANY)]
    outcomes = await asyncio.gather(*(ana.does(work) for work in works), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes[2::5]} == {ArithmeticError}
    rows = await ana.database.read(everything)
    assert [row[1] for row in rows["workspaces"]] == ["slack:T1"]


async def test_an_object_that_can_not_be_stored_fails_alone(ana: Member) -> None:
    works = [_adds("slack:T1") if n == 15 else _flags_and_says(n) for n in range(10, 17)]
    outcomes = await asyncio.gather(*(ana.does(work) for work in works), return_exceptions=True)
    assert isinstance(outcomes.pop(5), Exception)
    assert outcomes == ["flagged 10", "flagged 11", "flagged 12", "flagged 13", "flagged 14", "flagged 16"]


async def test_a_bug_of_any_kind_reaches_its_caller_and_no_other(ana: Member) -> None:
    def stops(_store: Store) -> object:
        return next(iter(()))

    works = [ana.does(stops if number == 5 else _flags_and_says(number)) for number in range(7)]
    outcomes = await asyncio.wait_for(asyncio.gather(*works, return_exceptions=True), 1)
    assert isinstance(outcomes[5], Exception)
    assert [outcome for n, outcome in enumerate(outcomes) if n != 5] == [f"flagged {n}" for n in range(7) if n != 5]


async def test_closing_finishes_what_was_accepted(database: Database) -> None:
    ana = Member(database)
    writes = [asyncio.create_task(ana.does(flags("acme", reason=f"inv {n}"))) for n in range(MANY)]
    await asyncio.wait(writes, timeout=0)
    await database.close()
    assert await asyncio.gather(*writes) == [None] * MANY


@pytest.mark.parametrize("how", ["does", "sees"])
async def test_a_closed_database_refuses_at_once(database: Database, how: str) -> None:
    ana = Member(database)
    await ana.does(flags("acme"))
    await database.close()
    with pytest.raises(StorageError):
        await asyncio.wait_for(getattr(ana, how)(_reasons), 1)
