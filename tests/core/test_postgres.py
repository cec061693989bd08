"""PostgreSQL's own: several replicas write at once, and it is as if one had written after the other."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy.util import await_only

from bot.storage.database import LOCKED, StorageError
from bot.storage.postgres import WRITERS, postgres_engine
from bot.storage.store import Store
from bot.storage.undo import ChangedSinceError
from tests.contract.teams import (
    Deed,
    Member,
    RefusedError,
    closes,
    everything,
    flags,
    forgets,
    known,
    merges,
    notes,
    renames,
    sets,
    undoes,
)
from tests.core.replicas import Pause, replicas
from tests.postgres import Shared
from tests.support import new_database

MANY = 30


@pytest.fixture
async def two(shared_postgres: Shared) -> AsyncIterator[list[Member]]:
    """Ana on two replicas."""
    async with replicas(await shared_postgres.emptied()) as members:
        yield members


def _news(event_id: str) -> Callable[[Store], bool]:
    return lambda store: store.is_new_event(event_id)


def _is_new(store: Store) -> bool:
    return store.is_new_event("Ev1")


def _reasons(name: str) -> Callable[[Store], list[str]]:
    return lambda store: [flag.reason for flag in store.flags.of_client(known(store, name).id)]


async def test_a_new_client_flagged_on_two_replicas_at_once_is_one_client(two: list[Member]) -> None:
    for name in ("acme", "globex", "宏达"):
        await asyncio.gather(*(two[n % 2].does(flags(name, reason=str(n))) for n in range(MANY)))
    rows = await two[0].database.read(everything)
    assert [len(rows[table]) for table in ("workspaces", "clients", "client_names")] == [1, 3, 3]
    for name in ("acme", "globex", "宏达"):
        assert sorted(await two[1].sees(_reasons(name)), key=int) == [str(n) for n in range(MANY)]


async def test_an_event_delivered_to_two_replicas_takes_effect_once(two: list[Member]) -> None:
    for number in range(MANY):
        news = await asyncio.gather(*(ana.does(_news(f"Ev{number}")) for ana in two))
        assert sorted(news) == [False, True]


async def test_an_event_is_old_only_once_its_effect_is_there(two: list[Member]) -> None:
    await two[0].does(flags("acme"))
    pause = Pause()
    first = asyncio.create_task(two[0].does(pause.after(_is_new)))
    await pause.reached.wait()
    second = asyncio.create_task(two[1].does(_is_new))
    await asyncio.wait([second], timeout=0.05)
    assert not second.done()
    pause.go_on.set()
    assert [await first, await second] == [True, False]


async def test_an_event_whose_first_replica_fails_is_new_to_the_second(two: list[Member]) -> None:
    await two[0].does(flags("acme"))
    pause = Pause()

    def fails(store: Store) -> None:
        assert _is_new(store)
        pause()
        raise ArithmeticError

    first = asyncio.create_task(two[0].does(fails))
    await pause.reached.wait()
    second = asyncio.create_task(two[1].does(_is_new))
    await asyncio.wait([second], timeout=0.05)
    pause.go_on.set()
    assert await second is True
    with pytest.raises(ArithmeticError):
        await first


async def test_who_writes_in_a_workspace_holds_up_nobody_elsewhere_and_no_reader(two: list[Member]) -> None:
    await two[0].does(flags("acme"))
    pause = Pause()
    busy = asyncio.create_task(two[0].does(pause.after(flags("acme", reason="slow"))))
    await pause.reached.wait()
    await two[0].elsewhere("slack:T2").does(flags("acme"))
    await two[1].elsewhere("slack:T2").does(flags("acme"))
    assert await two[1].sees(_reasons("acme")) == ["inv 104"]
    pause.go_on.set()
    await busy
    assert await two[1].sees(_reasons("acme")) == ["inv 104", "slow"]


async def test_more_writers_than_connections_wait_their_turn(two: list[Member]) -> None:
    teams = [two[0].elsewhere(f"slack:T{number}") for number in range(WRITERS * 3)]
    pauses = [Pause() for _ in teams]
    writing = [asyncio.create_task(team.does(p.after(flags("acme")))) for team, p in zip(teams, pauses, strict=True)]
    await asyncio.gather(*(pause.reached.wait() for pause in pauses[:WRITERS]))
    assert not any(pause.reached.is_set() for pause in pauses[WRITERS:])
    for pause in pauses:
        pause.go_on.set()
    await asyncio.gather(*writing)
    assert len((await two[0].database.read(everything))["flags"]) == WRITERS * 3


async def test_a_workspace_that_stays_busy_is_said_to_be_busy(
    shared_postgres: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.postgres._LIMITS", "SET lock_timeout = '50ms'")
    postgres_engine.cache_clear()
    async with replicas(await shared_postgres.emptied()) as two:
        await two[0].does(flags("acme"))
        pause = Pause()
        busy = asyncio.create_task(two[0].does(pause.after(flags("acme"))))
        await pause.reached.wait()
        with pytest.raises(StorageError) as refused:
            await two[1].does(flags("acme"))
        assert refused.value.reason == LOCKED
        pause.go_on.set()
        await busy
        await two[1].does(flags("acme"))
    postgres_engine.cache_clear()


async def test_each_change_is_taken_back_once_by_whichever_replica(two: list[Member]) -> None:
    for number in range(6):
        await two[number % 2].does(flags("acme", reason=str(number)))
    undone = await asyncio.gather(*(two[n % 2].does(undoes) for n in range(MANY)))
    assert sorted(undone, key=str) == [None] * (MANY - 6) + ["flag"] * 6
    assert await two[0].sees(lambda store: store.clients.every()) == []


async def test_two_who_lock_each_other_out_both_get_done(two: list[Member]) -> None:
    keys = ["slack:A", "slack:B"]
    for key in keys:
        await two[0].elsewhere(key).does(flags("acme"))
    reached = [asyncio.Event(), asyncio.Event()]
    attempts: list[int] = []

    async def both(mine: int) -> None:
        first, second = (two[mine].elsewhere(keys[n]) for n in (mine, 1 - mine))

        def unit(store: Store) -> None:
            attempts.append(mine)
            flags("acme", reason=f"from {mine}")(store)
            reached[mine].set()
            await_only(reached[1 - mine].wait())
            other = Store.open(store.scope.session, second.workspace, "ana", store.scope.now)
            flags("acme", reason=f"from {mine}")(other)

        await first.does(unit)

    await asyncio.gather(both(0), both(1))
    assert len(attempts) > len(keys), "nobody was locked out"
    for key in keys:
        assert sorted(await two[0].elsewhere(key).sees(_reasons("acme"))) == ["from 0", "from 1", "inv 104"]


NAMES = ["acme", "globex", "宏达科技", "Banco Norte"]


def _random_deed(dice: random.Random) -> Deed:
    name, other, text = dice.choice(NAMES), dice.choice(NAMES), str(dice.randrange(1000))
    common = [flags(name, reason=text)] * 4 + [notes(name, text)] * 2 + [undoes] * 4
    return dice.choice([*common, closes(name, note=text), renames(name, other), merges(name, other), forgets(name),
                        sets("country", dice.choice(["ES", "CL", None]))])  # fmt: skip


def _told(store: Store) -> object:
    """Everything that the workspace tells, without ids."""
    clients = {
        client.name: (
            sorted(client.names),
            [(f.archetype, f.reason, f.stored_status, f.closing_note) for f in store.flags.of_client(client.id)],
            [note.text for note in store.flags.notes(client.id)],
        )
        for client in store.clients.every()
    }
    return clients, store.settings


@pytest.mark.parametrize("seed", range(4))
async def test_commands_on_three_replicas_at_once_end_as_if_given_one_by_one(
    shared_postgres: Shared, seed: int, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    given = [(dice.randrange(3), dice.choice(["ana", "bob", "eva"]), _random_deed(dice)) for _ in range(60)]
    order: list[int] = []

    def counted(number: int, deed: Deed) -> Deed:
        def unit(store: Store) -> object:
            outcome = deed(store)
            # Within the turn of this workspace: the order of these lines is the order of the commits.
            order.append(number)
            return outcome

        return unit

    async with replicas(await shared_postgres.emptied(), 3) as team:
        done = await asyncio.gather(
            *(team[at].called(user).does(counted(n, deed)) for n, (at, user, deed) in enumerate(given)),
            return_exceptions=True,
        )
        assert {type(outcome) for outcome in done if isinstance(outcome, Exception)} <= {
            RefusedError,
            ChangedSinceError,
        }
        together = await team[0].sees(_told)
    assert order != sorted(order)
    database = new_database(tmp_path / "chao.db")
    try:
        alone = Member(database)
        for number in order:
            _, user, deed = given[number]
            await alone.called(user).does(deed)
        assert await alone.sees(_told) == together
    finally:
        await database.close()
