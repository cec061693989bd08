"""What a week brought, counted by the database, is what counting the flags one by one gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.records import Flag, Status
from bot.storage.store import Store
from bot.storage.weeks import Line, Span
from tests.contract.teams import Member, a_flag
from tests.support import EXAMPLES, START

WEEK = timedelta(days=7)
SPAN = Span(START - WEEK, START)
EDGES = [START - WEEK * number for number in range(8, -1, -1)]
SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
NUMBERS = count()

Life = tuple[str, str, str, int, int, Status, int]
LIVES = st.lists(
    st.tuples(
        st.sampled_from(["acme", "globex", "umbra"]),
        st.sampled_from(["mala-paga", "indeciso"]),
        st.sampled_from(["C1", "C2"]),
        st.integers(-2, 80),
        st.sampled_from([5, 7, 30, 180]),
        st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.DISPUTED, Status.RESOLVED, Status.WITHDRAWN]),
        st.integers(-2, 80),
    ),
    max_size=10,
)


def lived(store: Store, lives: Iterable[Life]) -> None:
    """Flags made and closed so many days before the week's end, or after it."""
    for name, kind, channel, made, lasts, status, closed in lives:
        client = store.clients.find(name) or store.clients.create(name)
        at = START - timedelta(days=made)
        ended, expires = max(START - timedelta(days=closed), at), at + timedelta(days=lasts)
        flag = a_flag(client.id, kind, channel=channel, created_at=at, expires_at=expires)
        # Only what is open can be closed.
        is_closed = status is not Status.ACTIVE and ended < expires
        store.flags.add(flag._replace(stored_status=status, closed_at=ended) if is_closed else flag)


def fate(flag: Flag) -> str | None:
    """How the week counts a flag, as it was at the week's end; None when it does not."""
    closed = flag.closed_at is not None and flag.closed_at <= SPAN.until
    over = "over" if flag.created_at > SPAN.since - WEEK else None
    if flag.stored_status == Status.WITHDRAWN or flag.created_at > SPAN.until:
        return None
    if flag.stored_status == Status.RESOLVED and flag.closed_at and flag.closed_at <= SPAN.until:
        return "resolved" if flag.closed_at > SPAN.since else over
    if flag.expires_at <= SPAN.until:
        return "expired" if flag.expires_at > SPAN.since else over
    return "disputed" if flag.stored_status == Status.DISPUTED and closed else "open"


def expected(store: Store, channel: str) -> tuple[Counter[tuple[str, str, str]], Counter[tuple[str, str, str]]]:
    """Flags, and new flags, by client, kind and fate."""
    every, new = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for client in store.clients.every():
        flags = store.flags.of_client(client.id)
        if channel and not any(flag.channel == channel and flag.created_at <= SPAN.until for flag in flags):
            continue
        for flag in flags:
            if end := fate(flag):
                every[client.name, flag.archetype, end] += 1
                new[client.name, flag.archetype, end] += SPAN.since < flag.created_at <= SPAN.until
    return every, new


def summed(lines: Iterable[Line], figure: str) -> Counter[tuple[str, str, str]]:
    """A figure of the lines, by client, kind and fate."""
    found = Counter[tuple[str, str, str]]()
    for line in lines:
        found[line.client, line.archetype, line.fate] += getattr(line, figure)
    return +found


def made(store: Store, channel: str) -> dict[str, list[int]]:
    """Flags by kind and week."""
    found: dict[str, list[int]] = {}
    for client in store.clients.every():
        flags = store.flags.of_client(client.id)
        if channel and not any(flag.channel == channel and flag.created_at <= SPAN.until for flag in flags):
            continue
        for flag in flags:
            for week, (since, until) in enumerate(pairwise(EDGES)):
                if flag.stored_status != Status.WITHDRAWN and since < flag.created_at <= until:
                    found.setdefault(flag.archetype, [0] * 8)[week] += 1
    return found


@SHARED
@given(LIVES, st.sampled_from(["", "C1"]))
@example(
    [("acme", "indeciso", "C2", 0, 180, Status.ACTIVE, 0), ("acme", "indeciso", "C1", 7, 7, Status.ACTIVE, 0)], "C1"
)
async def test_a_week_counts_each_flag_as_one_by_one(ana: Member, lives: list[Life], channel: str) -> None:
    team = ana.elsewhere(f"slack:{next(NUMBERS)}")
    await team.does(lambda store: lived(store, lives))
    lines = await team.sees(lambda store: store.weeks.lines(Span(SPAN.since, SPAN.until, channel)))
    every, new = await team.sees(lambda store: expected(store, channel))
    assert summed(lines, "flags") == every
    assert summed(lines, "new") == +new
    counted = await team.sees(lambda store: store.weeks.made(EDGES, channel))
    assert counted == await team.sees(lambda store: made(store, channel))


async def test_a_line_tells_the_first_the_last_and_the_next_to_expire(ana: Member) -> None:
    lives: list[Life] = [
        ("acme", "mala-paga", "C1", days, lasts, Status.ACTIVE, 0) for days, lasts in ((60, 180), (10, 30), (2, 180))
    ]
    await ana.does(lambda store: lived(store, lives))

    def ago(days: int) -> datetime:
        return START - timedelta(days=days)

    assert await ana.sees(lambda store: store.weeks.lines(SPAN)) == [
        Line(1, "acme", "mala-paga", "open", 3, 1, 1, ago(60), ago(2), ago(-20))
    ]
