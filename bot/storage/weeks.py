"""What a week brought, counted in the database: two statements, no reasons, no notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Label,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from bot.records import Status
from bot.storage.clients import CLIENTS, FLAGS
from bot.storage.scope import Scope
from bot.storage.statements import Statement, unindexed

_OTHER = FLAGS.alias("other")
_OPEN = or_(FLAGS.c.status == Status.ACTIVE, FLAGS.c.status == Status.DISPUTED)
_RESOLVED = FLAGS.c.status == Status.RESOLVED
_OVER = or_(and_(_RESOLVED, FLAGS.c.closed_at <= bindparam("since")), FLAGS.c.expires_at <= bindparam("since"))
# As it was at the week's end: a summary that is composed late says what it would have said on time.
_FATE = case(
    (_OVER, literal_column("'over'")),
    (and_(_RESOLVED, FLAGS.c.closed_at <= bindparam("until")), literal_column("'resolved'")),
    (FLAGS.c.expires_at <= bindparam("until"), literal_column("'expired'")),
    (and_(FLAGS.c.status == Status.DISPUTED, FLAGS.c.closed_at <= bindparam("until")), literal_column("'disputed'")),
    else_=literal_column("'open'"),
)
_NEW = FLAGS.c.created_at > bindparam("since")
_BEFORE = and_(FLAGS.c.created_at > bindparam("before"), FLAGS.c.created_at <= bindparam("since"))


def _known(flags: FromClause) -> ColumnElement[bool]:
    """Whether a flag was made by the week's end; by the times of making SQLite would read every flag ever made."""
    return unindexed(flags.c.created_at <= bindparam("until"))


_COUNTS = and_(_known(FLAGS), or_(~_OVER, FLAGS.c.created_at > bindparam("before")))
# The same for every flag, so that it is looked up once.
_FROM_HERE = FLAGS.c.client_id.in_(
    select(_OTHER.c.client_id).where(
        _OTHER.c.workspace_id == bindparam("workspace_id"), _OTHER.c.channel == bindparam("here"), _known(_OTHER)
    )
)


class Line(NamedTuple):
    """How many `flags` of a client and kind were `open`, `disputed` (so open), `expired` or `resolved` at a week's end.

    Those that had ended before the week are `over`. `new` and `before` count those made within the week and within
    the week before it; `first` and `last` are the oldest and the newest, `ends` is the next to expire. Times are UTC.
    """

    client_id: int
    client: str
    archetype: str
    fate: str
    flags: int
    new: int
    before: int
    first: datetime
    last: datetime
    ends: datetime

    def joined(self, other: Line) -> Line:
        """Both as one."""
        return self._replace(
            flags=self.flags + other.flags, new=self.new + other.new, before=self.before + other.before,
            first=min(self.first, other.first), last=max(self.last, other.last), ends=min(self.ends, other.ends),
        )  # fmt: skip


class Span(NamedTuple):
    """A week (UTC; its very end belongs to it, its beginning does not), and the channel whose clients are meant.

    No channel: all clients.
    """

    since: datetime
    until: datetime
    channel: str = ""


class Weeks:
    """Flags of the workspace, counted by week."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def lines(self, span: Span) -> list[Line]:
        """Flags open at the week's end, ended within it, or made the week before; by client, kind and fate.

        Withdrawn ones were a mistake and do not count. Those resolved since have lines of their own; that they were
        disputed before is not known any more.
        """
        values = {"since": span.since, "until": span.until, "before": span.since - timedelta(days=7)}
        return [Line._make(row) for row in self._scope.tuples(_lines(bool(span.channel)), here=span.channel, **values)]

    def made(self, edges: Sequence[datetime], channel: str = "") -> dict[str, list[int]]:
        """Flags by kind, made between each two of nine neighbouring moments (UTC); withdrawn ones do not count."""
        values = {f"edge{number}": edge for number, edge in enumerate(edges)}
        found: dict[str, list[int]] = {}
        for row in self._scope.rows(_made(bool(channel), len(edges)), here=channel, until=edges[-1], **values):
            found.setdefault(row["archetype"], [0] * (len(edges) - 1))[row["week"]] = row["count"]
        return found


@cache
def _lines(is_here: bool) -> Statement:
    # What was made after a moment was closed after it too; so only the newer part of an index is read.
    resolved = and_(_RESOLVED, FLAGS.c.closed_at > bindparam("before"))
    return Statement(union_all(_counted(_OPEN, is_here), _counted(resolved, is_here)))


def _counted(where: ColumnElement[bool], is_here: bool) -> Select[Any]:
    query = (
        select(
            CLIENTS.c.id,
            CLIENTS.c.name,
            FLAGS.c.archetype,
            _FATE.label("fate"),
            func.count().label("count"),
            func.sum(case((_NEW, 1), else_=0)).label("new"),
            func.sum(case((_BEFORE, 1), else_=0)).label("before"),
            func.min(FLAGS.c.created_at).label("first"),
            func.max(FLAGS.c.created_at).label("last"),
            func.min(FLAGS.c.expires_at).label("ends"),
        )
        .join(CLIENTS, and_(CLIENTS.c.id == FLAGS.c.client_id, CLIENTS.c.workspace_id == FLAGS.c.workspace_id))
        .where(FLAGS.c.workspace_id == bindparam("workspace_id"), where, _COUNTS)
        .group_by(CLIENTS.c.id, FLAGS.c.archetype, literal_column("fate"))
    )
    return query.where(_FROM_HERE) if is_here else query


@cache
def _made(is_here: bool, edges: int) -> Statement:
    ends = [FLAGS.c.created_at <= bindparam(f"edge{number}") for number in range(1, edges)]
    week: Label[int] = case(*((end, literal(number)) for number, end in enumerate(ends))).label("week")
    query = (
        select(FLAGS.c.archetype, week, func.count().label("count"))
        .where(
            FLAGS.c.workspace_id == bindparam("workspace_id"),
            FLAGS.c.created_at > bindparam("edge0"),
            FLAGS.c.created_at <= bindparam(f"edge{edges - 1}"),
            or_(_OPEN, _RESOLVED),
        )
        .group_by(FLAGS.c.archetype, literal_column("week"))
    )
    return Statement(query.where(_FROM_HERE) if is_here else query)
