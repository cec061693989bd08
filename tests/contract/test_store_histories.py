"""Histories that nobody thought of: random commands of two people, then undo."""

from __future__ import annotations

import contextlib
from itertools import count

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.records import Status
from bot.storage.store import Store
from bot.storage.undo import ChangedSinceError
from tests.contract.teams import (
    Deed,
    Dump,
    Member,
    RefusedError,
    closes,
    flags,
    forgets,
    known,
    merges,
    notes,
    renames,
    rows_of,
    sets,
    undoes,
)
from tests.support import EXAMPLES

NUMBERS = count()
SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAME = st.sampled_from(["acme", "ACME, C.A.", "globex", "宏达科技", "Banco Norte"])
TEXT = st.sampled_from(["", "inv 104", "“拖欠” ñ", "'; --"])
KIND = st.sampled_from(["mala-paga", "abusivo"])
COMMAND: st.SearchStrategy[Deed] = st.one_of(
    st.builds(flags, NAME, KIND, TEXT),
    st.builds(notes, NAME, TEXT),
    st.builds(closes, NAME, st.sampled_from([Status.RESOLVED, Status.WITHDRAWN, Status.DISPUTED]), TEXT),
    st.builds(renames, NAME, NAME),
    st.builds(merges, NAME, NAME),
    st.builds(sets, st.sampled_from(["country", "language"]), st.sampled_from(["es", "en", None])),
)
BY = st.sampled_from(["ana", "bob"])


def _undone(store: Store) -> tuple[str | None, Dump]:
    """What undo takes back, and all rows after."""
    return store.history.undo_last(), rows_of(store)


async def _tries(member: Member, deed: Deed) -> Dump | None:
    """Give a command; all rows before it when it changed anything that undo can take back."""

    def unit(store: Store) -> Dump | None:
        before = rows_of(store)
        deed(store)
        return before if store.scope.changes else None

    try:
        return await member.does(unit)
    except RefusedError:
        return None


def _newcomer(ana: Member) -> Member:
    """Ana in a workspace of her own that has no rows yet."""
    return ana.elsewhere(f"slack:H{next(NUMBERS)}")


@SHARED
@given(st.lists(st.tuples(BY, COMMAND), min_size=1, max_size=12))
async def test_undoing_the_last_command_of_two_people_restores_every_row(
    ana: Member, history: list[tuple[str, Deed]]
) -> None:
    ana = _newcomer(ana)
    last: tuple[Member, Dump] | None = None
    for user, deed in history:
        before = await _tries(ana.called(user), deed)
        last = (ana.called(user), before) if before is not None else last
    assume(last is not None)
    if last:
        name, rows = await last[0].does(_undone)
        assert name is not None
        assert rows == last[1]


@SHARED
@given(st.lists(st.one_of(COMMAND, st.just(undoes)), min_size=1, max_size=12))
async def test_one_person_walks_back_step_by_step_to_the_very_start(ana: Member, history: list[Deed]) -> None:
    ana = _newcomer(ana)
    dumps: list[Dump] = []
    for deed in [*history, *[undoes] * len(history)]:
        if deed is undoes:
            name, rows = await ana.does(_undone)
            assert (name is not None) == bool(dumps)
            assert not dumps or rows == dumps.pop()
        elif (before := await _tries(ana, deed)) is not None:
            dumps.append(before)
    assert [name for name, rows in (await ana.stored()).items() if rows] == []


@SHARED
@given(st.lists(st.tuples(BY, st.one_of(COMMAND, st.just(undoes), st.builds(forgets, NAME))), min_size=1, max_size=12))
async def test_whatever_was_undone_each_client_is_found_by_the_name_that_is_shown(
    ana: Member, history: list[tuple[str, Deed]]
) -> None:
    ana = _newcomer(ana)
    for user, deed in history:
        with contextlib.suppress(RefusedError, ChangedSinceError):
            await ana.called(user).does(deed)
    found = await ana.sees(lambda store: [(client, known(store, client.name)) for client in store.clients.every()])
    assert [client.id for client, _ in found] == [by_name.id for _, by_name in found]
