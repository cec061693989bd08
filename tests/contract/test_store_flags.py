"""Flags and notes on the store: what is counted, what is closed, and when an open flag stops to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.records import Status
from bot.storage.flags import COUNTED, LOOKED_AT, SLIPS_AMONG, Standing, Tally, expiry
from bot.storage.store import Store
from tests.contract.teams import Member, a_flag, closes, flags, known, notes
from tests.support import EXAMPLES, START, Clock

SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
NUMBERS = count()
KINDS = ("mala-paga", "abusivo", "indeciso")


async def test_a_flag_comes_back_as_it_was_given(ana: Member) -> None:
    given_flag = a_flag(0, "抠门", "“inv 104” %s '; --", evidence="https://x/1", channel="C9", thread="T9")

    def add(store: Store) -> None:
        store.flags.add(a_flag(store.clients.create("acme").id, **_texts(given_flag)))

    await ana.does(add)
    [stored] = await ana.sees(lambda store: store.flags.of_client(known(store, "acme").id))
    assert _texts(stored) == _texts(given_flag)
    assert (stored.created_at, stored.expires_at) == (START, START + timedelta(days=180))
    assert stored.status(START) is Status.ACTIVE


def _texts(flag: object) -> dict[str, str]:
    return {name: getattr(flag, name) for name in ("archetype", "reason", "evidence", "channel", "thread")}


async def test_times_of_any_zone_come_back_in_utc(ana: Member) -> None:
    there = START.astimezone(timezone(timedelta(hours=-4)))
    await ana.does(lambda store: store.flags.add(a_flag(store.clients.create("acme").id, created_at=there)))
    [stored] = await ana.sees(lambda store: store.flags.of_client(known(store, "acme").id))
    assert (stored.created_at, stored.created_at.utcoffset()) == (START, timedelta(0))
    assert expiry(there, 1) == START + timedelta(days=1)


async def test_a_repeat_is_a_slip_however_many_colleagues_flagged_meanwhile(ana: Member) -> None:
    await ana.does(flags("acme", reason="inv 104"))
    for number in range(SLIPS_AMONG - 1):
        await ana.called(f"colleague {number}").does(flags("acme"))
    assert (await ana.sees(_tallies("acme", "mala-paga", "inv 104"))).is_slip


@pytest.mark.parametrize(
    ("of_kind", "later", "said"),
    [
        (COUNTED, LOOKED_AT - COUNTED, COUNTED),
        (COUNTED, LOOKED_AT - COUNTED + 1, None),
        (COUNTED + 1, LOOKED_AT - COUNTED - 1, COUNTED + 1),
        (LOOKED_AT, 0, COUNTED + 1),
        (5, 80, None),
    ],
)
async def test_open_flags_of_a_kind_are_numbered_only_where_all_are_known(
    ana: Member, of_kind: int, later: int, said: int | None
) -> None:
    def many(store: Store) -> None:
        client = store.clients.create("acme").id
        for number in range(of_kind + later):
            store.flags.add(a_flag(client, "mala-paga" if number < of_kind else "abusivo", f"inv {number}"))

    await ana.does(many)
    assert (await ana.sees(_tallies("acme", "mala-paga", "new"))).open == said


async def test_a_second_flag_of_a_kind_is_counted_and_the_same_one_in_a_minute_is_a_slip(
    ana: Member, clock: Clock
) -> None:
    await ana.does(flags("acme", reason="inv 104"))
    bob, tally = ana.called("bob"), _tallies("acme", "mala-paga", "inv 104")
    assert await ana.sees(tally) == Tally(1, is_slip=True)
    assert await bob.sees(tally) == Tally(1, is_slip=False)
    assert await ana.sees(_tallies("acme", "mala-paga", "inv 105")) == Tally(1, is_slip=False)
    assert await ana.sees(_tallies("acme", "abusivo", "inv 104")) == Tally(0, is_slip=False)
    clock.advance(seconds=61)
    assert await ana.sees(tally) == Tally(1, is_slip=False)
    await ana.does(closes("acme"))
    assert await ana.sees(tally) == Tally(0, is_slip=False)


def _tallies(name: str, archetype: str, reason: str) -> Callable[[Store], Tally]:
    def tally(store: Store) -> Tally:
        return store.flags.tally(known(store, name).id, archetype, reason, store.scope.now - timedelta(seconds=60))

    return tally


async def test_a_closed_flag_tells_who_closed_it_when_and_why(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    clock.advance(days=3)
    await ana.called("bob").does(closes("acme", Status.WITHDRAWN, "a mistake"))
    [flag] = await ana.sees(lambda store: store.flags.of_client(known(store, "acme").id))
    assert (flag.created_by, flag.closed_by, flag.closed_at) == ("ana", "bob", clock())
    assert (flag.status(clock()), flag.closing_note) == (Status.WITHDRAWN, "a mistake")


async def test_notes_come_back_in_order_with_who_and_when(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    await ana.does(notes("acme", "第一"))
    clock.advance(days=1)
    await ana.called("bob").does(notes("acme", "segunda ñ"))
    found = await ana.sees(lambda store: store.flags.notes(known(store, "acme").id))
    assert [(note.text, note.created_by, note.created_at) for note in found] == [
        ("第一", "ana", START),
        ("segunda ñ", "bob", clock()),
    ]


async def test_standings_tell_how_many_of_a_kind_the_first_and_the_last(ana: Member, clock: Clock) -> None:
    await ana.does(flags("acme"))
    clock.advance(days=2)
    await ana.does(flags("acme", reason="again"))
    await ana.does(flags("globex", "abusivo"))
    standings = await ana.sees(lambda store: store.flags.standings())
    assert sorted(standings, key=lambda one: one.client) == [
        Standing(1, "acme", "mala-paga", 2, START, clock()),
        Standing(2, "globex", "abusivo", 1, clock(), clock()),
    ]


LIVES = st.tuples(
    st.sampled_from(["acme", "globex"]),
    st.sampled_from(KINDS),
    st.sampled_from([None, Status.RESOLVED, Status.WITHDRAWN, Status.DISPUTED]),
    st.integers(1, 30),
)


def _live(store: Store, lives: list[tuple[str, str, Status | None, int]]) -> None:
    for name, kind, end, days in lives:
        client = store.clients.find(name) or store.clients.create(name)
        store.flags.add(a_flag(client.id, kind, expires_at=START + timedelta(days=days)))
        if end:
            store.flags.close(store.flags.of_client(client.id)[-1:], end)


def _counts(store: Store) -> tuple[Counter[tuple[str, str]], ...]:
    now, clients = store.scope.now, store.clients.every()
    shown = Counter((c.name, f.archetype) for c in clients for f in store.flags.of_client(c.id) if f.is_open(now))
    standing = Counter({(one.client, one.archetype): one.flags for one in store.flags.standings()})
    tallies = {(c.name, kind): store.flags.tally(c.id, kind, "", now).open for c in clients for kind in KINDS}
    return shown, standing, +Counter(tallies)


@SHARED
@given(st.lists(LIVES, max_size=8), st.integers(0, 30))
@example([("acme", "abusivo", Status.DISPUTED, 1)], 2)
async def test_every_count_agrees_with_the_flags_that_show_as_open(
    ana: Member, lives: list[tuple[str, str, Status | None, int]], days: int
) -> None:
    team = ana.elsewhere(f"slack:{next(NUMBERS)}")
    await team.does(lambda store: _live(store, lives))
    later = replace(team, clock=Clock(START + timedelta(days=days)))
    shown, standing, tallied = await later.sees(_counts)
    assert standing == shown
    assert tallied == shown
