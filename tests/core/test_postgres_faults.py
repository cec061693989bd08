"""What PostgreSQL can't do now: done again where that is safe, else a `StorageError` with its reason; never twice."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from bot.storage.clients import CLIENTS
from bot.storage.database import CORRUPT, FULL, LOCKED, READ_ONLY, UNCERTAIN, UNREACHABLE, StorageError
from bot.storage.postgres import PostgresDatabase
from bot.storage.store import Store
from tests.contract.teams import Deed, Member, a_flag, flags, known, notes
from tests.core.cutting import Way, way_to
from tests.core.replicas import Pause, replicas
from tests.postgres import Server, Shared, quoted, server


@pytest.fixture
async def ana(shared_postgres: Shared) -> AsyncIterator[Member]:
    """Ana, with a flag on acme."""
    async with replicas(await shared_postgres.emptied(), 1) as [member]:
        await member.does(flags("acme"))
        yield member


def _reasons(store: Store) -> list[str]:
    return [flag.reason for flag in store.flags.of_client(known(store, "acme").id)]


def _executes(sql: str) -> Deed:
    return lambda store: store.scope.connection.execute(text(sql))


def _reason_of(outcome: object) -> str:
    assert isinstance(outcome, StorageError)
    return outcome.reason


# --- the connection is lost


def _once(deed: Deed) -> Deed:
    """Only the first time that it is called."""
    calls: list[Store] = []

    def unit(store: Store) -> object:
        calls.append(store)
        return deed(store) if len(calls) == 1 else None

    return unit


def _all_of(*deeds: Deed) -> Deed:
    return lambda store: [deed(store) for deed in deeds]


DIES = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.mark.parametrize("when", ["before", "after"])
async def test_work_whose_connection_is_killed_is_done_once(ana: Member, when: str) -> None:
    dies, flag = _once(_executes(DIES)), flags("acme", reason="inv 105")
    await ana.does(_all_of(dies, flag) if when == "before" else _all_of(flag, dies))
    assert await ana.sees(_reasons) == ["inv 104", "inv 105"]


async def test_a_read_whose_connection_is_killed_is_read_again(ana: Member) -> None:
    dies = _once(_executes(DIES))
    assert await ana.sees(lambda store: (dies(store), _reasons(store))[1]) == ["inv 104"]


async def test_connections_that_died_while_nobody_used_them_are_replaced(ana: Member, shared_postgres: Shared) -> None:
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = :here"
    await asyncio.gather(*(ana.elsewhere(f"slack:{n}").does(flags("acme")) for n in range(8)))
    async with replicas(shared_postgres.url, 1) as [other]:
        await other.does(lambda store: store.scope.connection.execute(text(kill), {"here": shared_postgres.name}))
    await asyncio.gather(*(ana.does(flags("acme", reason=str(n))) for n in range(8)))
    assert len(await ana.sees(_reasons)) == 9


@pytest.fixture
async def way(shared_postgres: Shared) -> AsyncIterator[Way]:
    """A way to the empty database that can be cut; in a short folder, as sockets need it."""
    with tempfile.TemporaryDirectory(prefix="chao-") as folder:
        async with way_to(await shared_postgres.emptied(), Path(folder)) as opened:
            yield opened


def _at(number: int, how: str) -> Callable[[int, bytes], str]:
    return lambda sent, _message: how if sent == number else ""


def _at_commit(how: str) -> Callable[[int, bytes], str]:
    return lambda _sent, message: how if b"COMMIT" in message else ""


@pytest.mark.parametrize("how", ["before", "after"])
async def test_a_connection_cut_at_any_message_doubles_nothing_and_loses_nothing_confirmed(way: Way, how: str) -> None:
    async with replicas(way.url, 1) as [ana]:
        await ana.does(flags("acme", reason="first"))
        expected, uncertain, number = ["first"], 0, 0
        while way.sent > number or number == 0:
            way.arm(_at(number, how))
            [outcome] = await asyncio.gather(ana.does(flags("acme", reason=str(number))), return_exceptions=True)
            if outcome is not None:
                assert _reason_of(outcome) == UNCERTAIN
                uncertain += 1
            if outcome is None or how == "after":
                expected.append(str(number))
            number += 1
        assert await ana.sees(_reasons) == expected
    assert uncertain == 1
    assert number > 5


@pytest.mark.parametrize("how", ["before", "after"])
async def test_after_an_uncertain_commit_work_goes_on(way: Way, how: str) -> None:
    async with replicas(way.url, 1) as [ana]:
        await ana.does(flags("acme"))
        way.arm(_at_commit(how))
        [outcome] = await asyncio.gather(ana.does(flags("acme", reason="lost?")), return_exceptions=True)
        assert _reason_of(outcome) == UNCERTAIN
        await ana.does(flags("acme", reason="next"))
        assert await ana.sees(_reasons) == ["inv 104", *(["lost?"] if how == "after" else []), "next"]


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that may be stopped without harm to other tests."""
    with server() as running:
        yield running


@pytest.mark.parametrize("how", ["restart", "crash"])
async def test_a_server_that_restarts_in_the_middle_of_work_doubles_and_loses_nothing(
    own_server: Server, how: str
) -> None:
    async with replicas(await Shared(own_server).emptied()) as [ana, other]:
        await ana.does(flags("acme"))
        pause = Pause()
        restarts = _once(lambda _: pause())
        waiting = [asyncio.create_task(ana.does(_all_of(flags("acme", reason="inv 105"), restarts)))]
        await pause.reached.wait()
        waiting += [asyncio.create_task(other.does(flags("acme", reason=f"other {n}"))) for n in range(5)]
        await asyncio.wait(waiting, timeout=0.02)
        await asyncio.to_thread(own_server.restart, how)
        pause.go_on.set()
        await asyncio.gather(*waiting)
        assert sorted(await ana.sees(_reasons)) == ["inv 104", "inv 105", *(f"other {n}" for n in range(5))]


async def test_a_server_that_stays_away_is_unreachable_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.postgres.PATIENCE_SECONDS", 0.1)
    database = PostgresDatabase(f"postgresql://chao@/chao?host={tmp_path}")
    outcomes = await asyncio.gather(
        *(Member(database).does(flags("acme")), Member(database).sees(_reasons)), return_exceptions=True
    )
    assert [_reason_of(outcome) for outcome in outcomes] == [UNREACHABLE, UNREACHABLE]
    await database.close()


@pytest.mark.parametrize(("user", "name"), [("chao", "no_such_database"), ("no_such_role", "postgres")])
async def test_a_wrong_name_is_unreachable_at_once(postgres: Server, user: str, name: str) -> None:
    database = PostgresDatabase(f"postgresql://{user}@/{name}?host={postgres.folder}")
    with pytest.raises(StorageError) as refused:
        await Member(database).does(flags("acme"))
    assert refused.value.reason == UNREACHABLE
    assert "no_such" in str(refused.value.__cause__)
    await database.close()


async def test_a_connection_that_was_silent_for_long_is_not_trusted(
    ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pid(store: Store) -> object:
        return store.scope.connection.execute(text("SELECT pg_backend_pid()")).scalar()

    first = await ana.does(pid)
    assert await ana.does(pid) == first
    monkeypatch.setattr("bot.storage.postgres.IDLE_SECONDS", -1.0)
    assert await ana.does(pid) != first


# --- the server refuses


def _raising(state: str, times: str = "true") -> str:
    """A trigger by which the server refuses a flag, with an error code of its own."""
    body = f"BEGIN IF {times} THEN RAISE EXCEPTION USING ERRCODE = '{state}'; END IF; RETURN NEW; END"
    return (
        "CREATE SEQUENCE IF NOT EXISTS tries;"
        f"CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS '{quoted(body)}';"
        "CREATE TRIGGER refusing BEFORE INSERT ON flags FOR EACH ROW EXECUTE FUNCTION refuse()"
    )


Tell = Callable[[str], Awaitable[None]]


@pytest.fixture
async def refusing(shared_postgres: Shared) -> AsyncIterator[Tell]:
    """Has the server refuse new flags."""
    yield shared_postgres.tell
    await shared_postgres.tell("DROP TRIGGER IF EXISTS refusing ON flags; DROP SEQUENCE IF EXISTS tries")


REASONS = {
    "53100": FULL, "25006": READ_ONLY, "42501": READ_ONLY, "55P03": LOCKED, "57014": LOCKED, "XX001": CORRUPT,
    "53200": UNREACHABLE,
}  # fmt: skip


@pytest.mark.parametrize("state", REASONS)
async def test_what_the_server_refuses_has_a_reason_and_stores_nothing(ana: Member, refusing: Tell, state: str) -> None:
    before = await ana.stored(without=())
    await refusing(_raising(state))
    [outcome] = await asyncio.gather(ana.does(_all_of(notes("acme"), flags("acme"))), return_exceptions=True)
    assert _reason_of(outcome) == REASONS[state]
    assert await ana.stored(without=()) == before


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_work_that_others_got_in_the_way_of_is_done_again_whole(ana: Member, refusing: Tell, state: str) -> None:
    await refusing(_raising(state, "nextval('tries') < 4"))
    await ana.does(_all_of(notes("acme"), flags("acme", reason="inv 105")))
    assert await ana.sees(_reasons) == ["inv 104", "inv 105"]
    assert len((await ana.stored())["notes"]) == 1


async def test_a_read_only_server_is_read_and_says_why_it_does_not_write(
    ana: Member, shared_postgres: Shared, postgres: Server
) -> None:
    await ana.does(flags("acme", reason="inv 105"))
    await postgres.tell(f"ALTER DATABASE {shared_postgres.name} SET default_transaction_read_only = on")
    try:
        async with replicas(shared_postgres.url, 1) as [other]:
            assert await other.sees(_reasons) == ["inv 104", "inv 105"]
            [outcome] = await asyncio.gather(other.does(flags("acme")), return_exceptions=True)
            assert _reason_of(outcome) == READ_ONLY
    finally:
        await postgres.tell(f"ALTER DATABASE {shared_postgres.name} RESET ALL")


async def test_tables_that_are_altered_under_open_connections_disturb_nobody(
    ana: Member, shared_postgres: Shared
) -> None:
    await ana.does(notes("acme"))
    assert await ana.sees(lambda store: len(store.flags.notes(known(store, "acme").id))) == 1
    for kind in ("text", "character varying"):
        await shared_postgres.tell(f"ALTER TABLE notes ALTER COLUMN text TYPE {kind}")
        await ana.does(notes("acme"))
        assert await ana.sees(lambda store: store.flags.notes(known(store, "acme").id)[0].text) == "promised Friday"


# --- bugs stay bugs


async def test_a_flag_on_a_client_that_does_not_exist_is_refused(ana: Member) -> None:
    before = await ana.stored(without=())
    [outcome] = await asyncio.gather(ana.does(lambda store: store.flags.add(a_flag(77))), return_exceptions=True)
    assert isinstance(outcome, Exception)
    assert not isinstance(outcome, StorageError)
    assert await ana.stored(without=()) == before


async def test_a_failure_that_the_work_hides_is_not_taken_for_a_commit(ana: Member) -> None:
    def hides(store: Store) -> None:
        flags("acme", reason="inv 105")(store)
        with pytest.raises(IntegrityError):
            store.scope.connection.execute(
                insert(CLIENTS).values(id=1, workspace_id=1, name="", created_at=store.scope.now)
            )

    with pytest.raises(RuntimeError, match="hid a statement"):
        await ana.does(hides)
    assert await ana.sees(_reasons) == ["inv 104"]


async def test_callers_who_leave_in_the_middle_hinder_nobody_and_their_work_is_done(ana: Member) -> None:
    pause = Pause()
    leaving = asyncio.create_task(ana.does(pause.after(flags("acme", reason="inv 105"))))
    await pause.reached.wait()
    leaving.cancel()
    staying = asyncio.create_task(ana.does(flags("acme", reason="inv 106")))
    pause.go_on.set()
    await staying
    assert await ana.sees(_reasons) == ["inv 104", "inv 105", "inv 106"]
