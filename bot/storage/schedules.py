"""When the channels of one workspace get their weekly summary, and the choices made for a single channel."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, not_, select

from bot.delivery.when import Weekly, period
from bot.records import Plan, Sent
from bot.storage.scope import Scope, table_of
from bot.storage.statements import Row, Statement
from bot.storage.tables import Outgoing, Schedule, Setting, Workspace

WORKSPACES, SETTINGS, SCHEDULES, DELIVERIES = (table_of(m) for m in (Workspace, Setting, Schedule, Outgoing))
PLAN = tuple(Plan.__slots__)
DUE, SENDING, SENT, QUIET, SKIPPED, FAILED = "due", "sending", "sent", "quiet", "skipped", "failed"
# Less than that and two summaries would tell of the same days; a Sunday after a Monday is a week later.
APART = timedelta(days=6)

_HERE: BindParameter[str] = bindparam("here")
_OF = Statement(
    select(SETTINGS.c.name, SETTINGS.c.value, SCHEDULES.c.id, *(SCHEDULES.c[name] for name in PLAN))
    .select_from(WORKSPACES)
    .outerjoin(SCHEDULES, and_(SCHEDULES.c.workspace_id == WORKSPACES.c.id, SCHEDULES.c.channel == _HERE))
    .outerjoin(SETTINGS, and_(SETTINGS.c.workspace_id == WORKSPACES.c.id, SETTINGS.c.channel == _HERE))
    .where(WORKSPACES.c.id == bindparam("workspace_id"))
)
_LAST = Statement(
    select(DELIVERIES.c.period, DELIVERIES.c.state, DELIVERIES.c.due_at, DELIVERIES.c.fault)
    .where(DELIVERIES.c.workspace_id == bindparam("workspace_id"), DELIVERIES.c.channel == _HERE)
    .order_by(DELIVERIES.c.due_at.desc())
    .limit(1)
)
_UNSENT = (DELIVERIES.c.state.in_((SKIPPED, FAILED)), DELIVERIES.c.message_id == "", ~DELIVERIES.c.is_doubtful)


class Channel(NamedTuple):
    """What is set for one channel: its plan, if there ever was one, and its own settings by name."""

    plan: Plan | None
    settings: dict[str, str]


class Schedules:
    """Plans and the fate of what was sent by them; no content."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def of(self, channel: str) -> Channel:
        """What is set for a channel."""
        rows = self._rows(channel)
        settings = {row["name"]: row["value"] for row in rows if row["name"] is not None}
        return Channel(_plan(rows[0]) if rows and rows[0]["zone"] is not None else None, settings)

    def last(self, channel: str) -> Sent | None:
        """The newest summary of a channel, whatever became of it."""
        row = self._scope.row(_LAST, here=channel)
        return Sent(row["state"], row["due_at"], row["fault"]) if row else None

    def first(self, channel: str, weekly: Weekly) -> datetime:
        """The first time (UTC) from now on at which a summary can come: `APART` from the last, its week free."""
        # On PostgreSQL the sender may be planning just now: what it adds is seen, or it sees what is planned here.
        plan = (SCHEDULES.c.workspace_id == self._scope.workspace_id, SCHEDULES.c.channel == channel)
        self._scope.execute(select(SCHEDULES.c.id).where(*plan).with_for_update(), {})
        had = select(DELIVERIES).where(*self._here(channel), not_(and_(*_UNSENT)))
        rows = self._scope.execute(had, {}).mappings().all()
        at = weekly.after(self._scope.now)
        while any(at - row["due_at"] < APART or row["period"] == period(at, weekly.zone) for row in rows):
            at = weekly.after(at)
        return at

    def put(self, channel: str, platform: str, plan: Plan) -> None:
        """Plan a channel's summary, instead of any plan before; a week that brought none may still bring one."""
        rows = self._rows(channel)
        if rows and rows[0]["id"] is not None:
            self._scope.update(SCHEDULES, rows[0]["id"], **asdict(plan))
        else:
            self._scope.insert(SCHEDULES, channel=channel, platform=platform, **asdict(plan))
        self._scope.execute(delete(DELIVERIES).where(*self._here(channel), *_UNSENT), {})

    def switch_off(self, channel: str) -> None:
        """Send nothing more in a channel; what waits to be sent is dropped."""
        for row in self._rows(channel)[:1]:
            if row["id"] is not None:
                self._scope.update(SCHEDULES, row["id"], next_at=None, fault="")
        waiting = (*self._here(channel), DELIVERIES.c.state == DUE)
        self._scope.execute(DELIVERIES.update().where(*waiting), {"state": SKIPPED, "finished_at": self._scope.now})

    def _here(self, channel: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return DELIVERIES.c.workspace_id == self._scope.workspace_id, DELIVERIES.c.channel == channel

    def _rows(self, channel: str) -> list[Row]:
        return self._scope.rows(_OF, here=channel)


def _plan(row: Row) -> Plan:
    return Plan(*(row[name] for name in PLAN))
