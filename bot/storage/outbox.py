"""The outbox of every workspace, for the process that sends: who is due, who has claimed what, how it ended.

The only statements without a workspace: the sender serves them all. They handle ids and times, no content.
Claims are rows: `FOR UPDATE SKIP LOCKED` on PostgreSQL, the write lock on SQLite; a lease ends by `ready_at`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlmodel import Session

from bot.delivery.when import LATEST, Weekly, period
from bot.records import Fault
from bot.storage.schedules import DELIVERIES, DUE, FAILED, SCHEDULES, SENDING, SENT, SKIPPED, WORKSPACES
from bot.storage.statements import Row, Statement

KEPT = timedelta(weeks=26)
# What waited for longer than this may be a row of a backup: it was posted, and the database does not know.
LATE = timedelta(minutes=5)
PLANNED_AT_ONCE = 200

_OWN = and_(SCHEDULES.c.workspace_id == DELIVERIES.c.workspace_id, SCHEDULES.c.channel == DELIVERIES.c.channel)
_UNFINISHED = DELIVERIES.c.finished_at.is_(None)
_CLAIMABLE = (
    select(
        DELIVERIES.c.id,
        WORKSPACES.c.key,
        *(DELIVERIES.c[n] for n in ("platform", "channel", "period", "due_at", "attempts", "message_id")),
        or_(DELIVERIES.c.is_doubtful, DELIVERIES.c.state == SENDING, DELIVERIES.c.ready_at < bindparam("late")).label(
            "is_doubtful"
        ),
        *(SCHEDULES.c[n] for n in ("zone", "language", "set_by", "fault")),
    )
    .join(SCHEDULES, _OWN)
    .join(WORKSPACES, WORKSPACES.c.id == DELIVERIES.c.workspace_id)
    .where(_UNFINISHED, DELIVERIES.c.platform.in_(bindparam("platforms", expanding=True)))
    .where(DELIVERIES.c.ready_at <= bindparam("now"), SCHEDULES.c.next_at.is_not(None))
    .order_by(DELIVERIES.c.ready_at, DELIVERIES.c.id)
    .limit(bindparam("most", type_=Integer))
)
_DUE = (
    select(SCHEDULES)
    .where(SCHEDULES.c.platform.in_(bindparam("platforms", expanding=True)), SCHEDULES.c.next_at <= bindparam("now"))
    .order_by(SCHEDULES.c.next_at)
    .limit(PLANNED_AT_ONCE)
)
_OLDEST = (
    select(func.min(DELIVERIES.c.due_at))
    .join(SCHEDULES, _OWN)
    .where(_UNFINISHED, DELIVERIES.c.platform.in_(bindparam("platforms", expanding=True)))
    .where(DELIVERIES.c.due_at <= bindparam("now"), SCHEDULES.c.next_at.is_not(None))
)
_OLDEST_DUE = select(func.min(SCHEDULES.c.next_at)).where(
    SCHEDULES.c.platform.in_(bindparam("platforms", expanding=True)), SCHEDULES.c.next_at <= bindparam("now")
)
_ADVANCE = update(SCHEDULES).where(SCHEDULES.c.id == bindparam("schedule"))
_COLUMNS = ("workspace_id", "platform", "channel", "period", "due_at", "state", "ready_at", "finished_at")
_FIXED = ("owner", "attempts", "is_doubtful", "message_id", "fault")
_GIVEN = [bindparam(name, type_=DELIVERIES.c[name].type) for name in (*_COLUMNS, *_FIXED)]
_THERE = exists().where(*(DELIVERIES.c[n] == bindparam(n) for n in ("workspace_id", "channel", "period")))
_ADD = insert(DELIVERIES).from_select([*_COLUMNS, *_FIXED], select(*_GIVEN).where(~_THERE))
_MINE = (
    DELIVERIES.c.id == bindparam("its_id"),
    DELIVERIES.c.owner == bindparam("its_owner"),
    DELIVERIES.c.attempts == bindparam("its_attempts"),
    DELIVERIES.c.state == literal(SENDING),
)
_NOW = Statement(select(func.current_timestamp().label("now")))
_PRUNE = delete(DELIVERIES).where(
    DELIVERIES.c.workspace_id == bindparam("workspace_id"),
    DELIVERIES.c.channel == bindparam("channel"),
    DELIVERIES.c.due_at < bindparam("old"),
)


class Sender(NamedTuple):
    """A process that sends: its own name, the platforms it serves, and how long what it claims is its own."""

    owner: str
    platforms: tuple[str, ...]
    lease: timedelta


class Claim(NamedTuple):
    """A summary that a sender has claimed. `is_doubtful`: it may be on the platform already."""

    id: int
    workspace: str
    platform: str
    channel: str
    period: str
    due_at: datetime
    attempts: int
    message_id: str
    is_doubtful: bool
    zone: str
    language: str
    set_by: str
    fault: str
    sender: Sender


def database_clock(session: Session) -> datetime:
    """What time the database says it is (UTC): the one clock that all its senders share."""
    now: datetime = _NOW.rows(session.connection(), {})[0]["now"]
    return now.astimezone(UTC) if now.tzinfo else now.replace(tzinfo=UTC)


def is_waiting(sender: Sender, session: Session, now: datetime) -> bool:
    """Whether there is anything to plan or to claim."""
    values = {"platforms": sender.platforms, "now": now, "late": now - LATE, "most": 1}
    connection = session.connection()
    return any(connection.execute(query, values).first() for query in (_CLAIMABLE, _DUE))


def waited(platforms: tuple[str, ...], session: Session, now: datetime) -> float:
    """For how many seconds the oldest summary is due that has not ended; 0 when there is none."""
    values = {"platforms": platforms, "now": now}
    found = [session.connection().execute(query, values).scalar() for query in (_OLDEST, _OLDEST_DUE)]
    return max((max(0.0, (now - due).total_seconds()) for due in found if due), default=0.0)


def plan(sender: Sender, session: Session, now: datetime) -> bool:
    """Put what is due into the outbox and move its schedule on; whether there may be more.

    Only the newest time that passed counts: one missed for more than a day is skipped, older ones leave nothing.
    """
    connection = session.connection()
    locking = _DUE.with_for_update(skip_locked=True)
    rows = connection.execute(locking, {"platforms": sender.platforms, "now": now}).mappings().all()
    moves, added = [], []
    for row in rows:
        found = _next(dict(row), now)
        moves.append({"schedule": row["id"], "next_at": found.next_at, "fault": found.fault})
        if found.due_at and found.due_at >= row["set_at"]:
            added.append(_entry(dict(row), found.due_at, now))
    if moves:
        connection.execute(_ADVANCE, moves)
    if added:
        connection.execute(_ADD, added)
        olds = [{n: entry[n] for n in ("workspace_id", "channel")} | {"old": now - KEPT} for entry in added]
        connection.execute(_PRUNE, olds)
    return len(rows) == PLANNED_AT_ONCE


class _Next(NamedTuple):
    due_at: datetime | None
    next_at: datetime | None
    fault: str


def _next(row: Row, now: datetime) -> _Next:
    weekly = Weekly(row["weekday"], row["minute"], row["zone"])
    try:
        return _Next(*_around(weekly, now), row["fault"])
    except (ZoneInfoNotFoundError, ValueError):
        return _Next(None, None, Fault.ZONE)


@lru_cache(maxsize=256)
def _around(weekly: Weekly, now: datetime) -> tuple[datetime, datetime]:
    """The last time and the next: the same for all that is planned at once for a weekday and a time of the day."""
    return weekly.until(now), weekly.after(now)


def _entry(row: Row, due_at: datetime, now: datetime) -> Row:
    is_late = now - due_at >= LATEST
    entry = {name: row[name] for name in ("workspace_id", "platform", "channel")}
    entry |= {"owner": "", "attempts": 0, "is_doubtful": False, "message_id": "", "fault": ""}
    ends = {"state": SKIPPED if is_late else DUE, "finished_at": now if is_late else None}
    return entry | ends | {"period": period(due_at, row["zone"]), "due_at": due_at, "ready_at": due_at}


def skip_late(sender: Sender, session: Session, now: datetime) -> int:
    """Give up what could not be sent for a day; how many."""
    late = update(DELIVERIES).where(
        _UNFINISHED,
        DELIVERIES.c.platform.in_(sender.platforms),
        DELIVERIES.c.ready_at <= now,
        DELIVERIES.c.due_at <= now - LATEST,
    )
    return session.connection().execute(late, {"state": SKIPPED, "finished_at": now}).rowcount


def claim(sender: Sender, session: Session, now: datetime, most: int) -> list[Claim]:
    """Take up to `most` summaries that nobody works on, oldest first; each is this sender's until its lease ends."""
    connection = session.connection()
    values = {"platforms": sender.platforms, "now": now, "late": now - LATE, "most": most}
    locking = _CLAIMABLE.with_for_update(of=DELIVERIES, skip_locked=True)
    rows = connection.execute(locking, values).mappings().all()
    if not rows:
        return []
    mine = update(DELIVERIES).where(DELIVERIES.c.id.in_([row["id"] for row in rows]))
    taken = {"state": SENDING, "owner": sender.owner, "ready_at": now + sender.lease}
    connection.execute(mine.values(attempts=DELIVERIES.c.attempts + 1, **taken))
    return [_claim(dict(row), sender) for row in rows]


def _claim(row: Row, sender: Sender) -> Claim:
    workspace, attempts, is_doubtful = row.pop("key"), row.pop("attempts") + 1, bool(row.pop("is_doubtful"))
    return Claim(workspace=workspace, attempts=attempts, is_doubtful=is_doubtful, sender=sender, **row)


def record(taken: Claim, message_id: str, session: Session, now: datetime) -> bool:
    """Write down that the message is posted, and renew the lease; False when it is another's by now."""
    return _change(session, taken, {"message_id": message_id, "ready_at": now + taken.sender.lease})


def finish(taken: Claim, state: str, session: Session, now: datetime) -> bool:
    """End a summary; False when it is another's by now. One that is sent clears the fault of the ones before."""
    is_mine = _change(session, taken, {"state": state, "finished_at": now})
    if is_mine and state == SENT and taken.fault:
        session.connection().execute(update(SCHEDULES).where(*_schedule(taken)), {"fault": ""})
    return is_mine


def put_back(taken: Claim, wait: timedelta, session: Session, now: datetime, *, is_doubtful: bool) -> bool:
    """Let anybody claim it again after a while; False when it is another's by now."""
    return _change(session, taken, {"state": DUE, "ready_at": now + wait, "is_doubtful": is_doubtful})


def hand_back(claims: Sequence[Claim], session: Session, now: datetime) -> None:
    """Let go of claims on which nothing was done."""
    for taken in claims:
        put_back(taken, timedelta(0), session, now, is_doubtful=taken.is_doubtful)


def fail(taken: Claim, fault: Fault, session: Session, now: datetime) -> bool:
    """End a summary for good; whether this fault is news, to be told to who set it up.

    A channel that is gone, or open to outsiders, is switched off; a missing permission is only marked.
    """
    if not _change(session, taken, {"state": FAILED, "fault": fault, "finished_at": now}):
        return False
    marks = {"fault": fault} if fault is Fault.FORBIDDEN else {"fault": fault, "next_at": None}
    news = update(SCHEDULES).where(*_schedule(taken), SCHEDULES.c.fault != fault)
    return session.connection().execute(news, marks).rowcount > 0


def _change(session: Session, taken: Claim, values: Row) -> bool:
    mine = {"its_id": taken.id, "its_owner": taken.sender.owner, "its_attempts": taken.attempts}
    new = {f"new_{name}": value for name, value in values.items()}
    return bool(_mine(tuple(values)).rows(session.connection(), {**mine, **new}))


@cache
def _mine(names: tuple[str, ...]) -> Statement:
    """Changes these columns of a row that is still the sender's."""
    new = {name: bindparam(f"new_{name}", type_=DELIVERIES.c[name].type) for name in names}
    return Statement(update(DELIVERIES).where(*_MINE).values(new).returning(DELIVERIES.c.id))


def _schedule(taken: Claim) -> Sequence[ColumnElement[bool]]:
    workspace = select(WORKSPACES.c.id).where(WORKSPACES.c.key == taken.workspace).scalar_subquery()
    return SCHEDULES.c.workspace_id == workspace, SCHEDULES.c.channel == taken.channel
