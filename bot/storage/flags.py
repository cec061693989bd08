"""Flags and notes of one workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, literal_column, or_, select, union_all

from bot import records
from bot.records import Status
from bot.storage.clients import CLIENTS, FLAGS, NOTES
from bot.storage.scope import Scope
from bot.storage.statements import Statement, unindexed

# Beyond so many open flags of one kind their number tells nobody anything new; nor is it worth to look at more flags
# than these, whatever their kind.
COUNTED, LOOKED_AT, SLIPS_AMONG = 10, 30, 8
# Of very many flags no more are read than these, unless somebody wants them all.
MANY = 500
MAX_ROW = 2**31 - 1
_CLIENT = FLAGS.c.client_id == bindparam("client_id")
_OWN = FLAGS.c.workspace_id == bindparam("workspace_id")
_OPEN = (
    _OWN,
    or_(FLAGS.c.status == Status.ACTIVE, FLAGS.c.status == Status.DISPUTED),
    FLAGS.c.expires_at > bindparam("now"),
)
_RECORD = [FLAGS.c["status" if name == "stored_status" else name] for name in records.Flag._fields]
_OF_CLIENT = Statement(select(*_RECORD).where(_OWN, _CLIENT).order_by(FLAGS.c.id))
_LATELY = (
    select(FLAGS.c.archetype, FLAGS.c.status, FLAGS.c.expires_at)
    .where(_OWN, _CLIENT)
    .order_by(FLAGS.c.id.desc())
    .limit(LOOKED_AT)
    .subquery()
)
# One more than are counted is enough: the rest is not looked at.
_OPEN_SO = (
    select(literal_column("1"))
    .select_from(_LATELY)
    .where(
        _LATELY.c.archetype == bindparam("kind"),
        or_(_LATELY.c.status == Status.ACTIVE, _LATELY.c.status == Status.DISPUTED),
        _LATELY.c.expires_at > bindparam("now"),
    )
    .limit(COUNTED + 1)
    .subquery()
)
_BEYOND = select(FLAGS.c.id).where(_OWN, _CLIENT).order_by(FLAGS.c.id.desc()).limit(1).offset(LOOKED_AT)
_TOLD = [FLAGS.c[name] for name in ("archetype", "status", "created_by", "reason", "created_at")]
_NEWEST = select(*_TOLD).where(_OWN, _CLIENT).order_by(FLAGS.c.id.desc()).limit(SLIPS_AMONG).subquery()
_SLIP = (
    _NEWEST.c.archetype == bindparam("kind"),
    _NEWEST.c.status == Status.ACTIVE,
    _NEWEST.c.created_by == bindparam("by_user"),
    _NEWEST.c.reason == bindparam("said"),
    _NEWEST.c.created_at > bindparam("just_now"),
)
_TALLY = Statement(
    select(
        select(func.count()).select_from(_OPEN_SO).scalar_subquery().label("open"),
        exists(_BEYOND).label("has_more"),
        exists().select_from(_NEWEST).where(*_SLIP).label("is_slip"),
    )
)
_LATEST = Statement(select(*_RECORD).where(_OWN, _CLIENT).order_by(FLAGS.c.id.desc()).limit(bindparam("most")))
_LATEST_CLOSED = Statement(
    select(*_RECORD)
    .where(_OWN, _CLIENT, FLAGS.c.closed_at.is_not(None))
    .order_by(FLAGS.c.closed_at.desc(), FLAGS.c.id.desc())
    .limit(bindparam("most"))
)


def _earlier(column: Any) -> Statement:
    """The last before a moment by a column of moments, and those of the moment itself by their ids."""
    is_earlier = or_(column < bindparam("at"), and_(column == bindparam("at"), FLAGS.c.id < bindparam("below")))
    order = (column.desc(), FLAGS.c.id.desc())
    return Statement(select(*_RECORD).where(_OWN, _CLIENT, is_earlier).order_by(*order).limit(bindparam("most")))


_MADE_EARLIER, _CLOSED_EARLIER = _earlier(FLAGS.c.created_at), _earlier(FLAGS.c.closed_at)
# SQLite would as soon read all that was resolved in the workspace as what was closed of this client.
_SETTLED = (_OWN, _CLIENT, unindexed(FLAGS.c.status == Status.RESOLVED), FLAGS.c.closed_at > bindparam("since"))
_LAST_OPEN = select(*_RECORD).where(*_OPEN, _CLIENT).order_by(FLAGS.c.id.desc()).limit(bindparam("most"))
_OPEN_OF = Statement(_LAST_OPEN)
_OPEN_ONE = Statement(select(*_RECORD).where(*_OPEN, _CLIENT, FLAGS.c.id == bindparam("flag_id")))
_LAST_SETTLED = (
    select(*_RECORD).where(*_SETTLED).order_by(FLAGS.c.closed_at.desc(), FLAGS.c.id.desc()).limit(bindparam("most"))
)
_THAT_COUNT = Statement(union_all(select(_LAST_OPEN.subquery()), select(_LAST_SETTLED.subquery())))
_OPEN_KINDS = Statement(
    select(FLAGS.c.archetype, func.count().label("count")).where(*_OPEN, _CLIENT).group_by(FLAGS.c.archetype)
)
_STANDING = Statement(
    select(
        CLIENTS.c.id,
        CLIENTS.c.name,
        FLAGS.c.archetype,
        func.count().label("count"),
        func.min(FLAGS.c.created_at).label("first"),
        func.max(FLAGS.c.created_at).label("last"),
    )
    .join(CLIENTS, and_(CLIENTS.c.id == FLAGS.c.client_id, CLIENTS.c.workspace_id == FLAGS.c.workspace_id))
    .where(*_OPEN)
    .group_by(CLIENTS.c.id, CLIENTS.c.name, FLAGS.c.archetype)
)
_NOTES = Statement(
    select(*(NOTES.c[name] for name in records.Note._fields))
    .where(NOTES.c.workspace_id == bindparam("workspace_id"), NOTES.c.client_id == bindparam("client_id"))
    .order_by(NOTES.c.id)
)


class Standing(NamedTuple):
    """How a client stands on one archetype: open flags, first and last (UTC)."""

    client_id: int
    client: str
    archetype: str
    flags: int
    first: datetime
    last: datetime


class CountingFlags(NamedTuple):
    """Open flags, oldest first, and settled ones, the last settled first."""

    open: list[records.Flag]
    settled: list[records.Flag]


class Timeline(NamedTuple):
    """The newest of a client's flags, endings and notes, and how many open flags there are by archetype."""

    made: list[records.Flag]
    closed: list[records.Flag]
    notes: list[records.Note]
    open: dict[str, int]


class Before(NamedTuple):
    """An entry of a history, to read what came before it: its moment (UTC), its sort and its row.

    Of one moment flags come first, then endings, then notes: sorts 0, 1 and 2.
    """

    at: datetime
    sort: int
    row: int

    def row_of(self, sort: int) -> int:
        """The id below which rows of a sort came before, among those of the same moment."""
        return min(self.row, MAX_ROW) if sort == self.sort else MAX_ROW * (sort < self.sort)


class Tally(NamedTuple):
    """How many open flags of a kind there are, if that is known; `is_slip`: the same was made a moment ago.

    Known are those among the newest `LOOKED_AT` of a client: all, or that they are more than `COUNTED`.
    """

    open: int | None
    is_slip: bool


# The columns of a record's fields but for its id.
_GIVEN = tuple(column.name for column in _RECORD[1:])


class Flags:
    """Add, close and read flags and notes."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, flag: records.Flag) -> None:
        """Store a new flag; the id in it is not used."""
        values = dict(zip(_GIVEN, flag[1:], strict=True))
        self._scope.insert(FLAGS, **values)

    def of_client(self, client_id: int) -> list[records.Flag]:
        """All flags of a client, oldest first."""
        return _flags(self._scope.tuples(_OF_CLIENT, client_id=client_id))

    def open_of(self, client_id: int, most: int = MANY) -> list[records.Flag]:
        """A client's open flags, oldest first; of very many, the newest `most`."""
        rows = self._scope.tuples(_OPEN_OF, client_id=client_id, now=self._scope.now, most=most)
        return _flags(reversed(rows))

    def open_one(self, client_id: int, flag_id: int) -> records.Flag | None:
        """The open flag on a client with this id."""
        rows = self._scope.tuples(_OPEN_ONE, client_id=client_id, flag_id=flag_id, now=self._scope.now)
        return next(iter(_flags(rows)), None)

    def that_count(self, client_id: int, since: datetime) -> CountingFlags:
        """What counts of a client: the open ones, and those resolved after `since` (UTC); the newest of each."""
        values = {"client_id": client_id, "since": since, "most": MANY, "now": self._scope.now}
        found = _flags(self._scope.tuples(_THAT_COUNT, **values))
        settled = [flag for flag in found if flag.stored_status == Status.RESOLVED]
        return CountingFlags([flag for flag in reversed(found) if flag.stored_status != Status.RESOLVED], settled)

    def timeline(self, client_id: int, most: int) -> Timeline:
        """What happened with a client, newest first: at most `most` of each sort."""
        made = _flags(self._scope.tuples(_LATEST, client_id=client_id, most=most))
        notes = self.notes(client_id)
        if len(made) < most:
            closed = sorted((f for f in made if f.closed_at), key=lambda flag: str(flag.closed_at), reverse=True)
            kinds = [flag.archetype for flag in made if flag.is_open(self._scope.now)]
            return Timeline(made, closed, notes[::-1], {kind: kinds.count(kind) for kind in kinds})
        closed = _flags(self._scope.tuples(_LATEST_CLOSED, client_id=client_id, most=most))
        counts = self._scope.rows(_OPEN_KINDS, client_id=client_id, now=self._scope.now)
        return Timeline(made, closed, notes[::-1], {row["archetype"]: row["count"] for row in counts})

    def before(self, client_id: int, entry: Before, most: int) -> Timeline:
        """What happened with a client before an entry: at most `most` flags and endings, all notes, nothing counted."""
        values = {"client_id": client_id, "at": entry.at, "most": most}
        made, closed = (
            _flags(self._scope.tuples(statement, below=entry.row_of(sort), **values))
            for sort, statement in enumerate((_MADE_EARLIER, _CLOSED_EARLIER))
        )
        return Timeline(made, closed, self.notes(client_id)[::-1], {})

    def tally(self, client_id: int, archetype: str, reason: str, just_now: datetime) -> Tally:
        """The open flags of one kind on a client, and whether the actor made this very one after `just_now` (UTC)."""
        values = {"client_id": client_id, "kind": archetype, "said": reason, "just_now": just_now}
        row = self._scope.row(_TALLY, now=self._scope.now, by_user=self._scope.user_id, **values)
        if row is None:
            return Tally(0, is_slip=False)
        is_known = not row["has_more"] or row["open"] > COUNTED
        return Tally(row["open"] if is_known else None, bool(row["is_slip"]))

    def standings(self) -> list[Standing]:
        """Open flags counted by client and archetype."""
        return [Standing._make(row) for row in self._scope.tuples(_STANDING, now=self._scope.now)]

    def close(self, flags: Iterable[records.Flag], status: Status, note: str = "") -> None:
        """End flags as resolved or withdrawn, or mark them disputed."""
        for flag in flags:
            self._scope.update(
                FLAGS,
                flag.id,
                status=status,
                closed_at=self._scope.now,
                closed_by=self._scope.user_id,
                closing_note=note,
            )

    def add_note(self, client_id: int, text: str) -> None:
        """Put a remark on a client."""
        self._scope.insert(
            NOTES, client_id=client_id, text=text, created_by=self._scope.user_id, created_at=self._scope.now
        )

    def notes(self, client_id: int) -> list[records.Note]:
        """A client's notes, oldest first."""
        return [records.Note._make(row) for row in self._scope.tuples(_NOTES, client_id=client_id)]


def expiry(created_at: datetime, days: int) -> datetime:
    """When a flag made at a moment expires."""
    return created_at + timedelta(days=days)


def _flags(rows: Iterable[Sequence[Any]]) -> list[records.Flag]:
    return [records.Flag._make(row) for row in rows]
