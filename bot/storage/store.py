"""The store that a handler gets: bound to one workspace, one actor and one moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, insert, select
from sqlmodel import Session

from bot.errors import TooSoonError
from bot.storage.clients import Clients
from bot.storage.database import BESIDE_OTHERS
from bot.storage.flags import Flags
from bot.storage.history import History
from bot.storage.lessons import TeamLessons
from bot.storage.memory import HeldCommands, Threads
from bot.storage.schedules import Schedules
from bot.storage.scope import Scope, table_of
from bot.storage.statements import Statement
from bot.storage.tables import Feedback, SeenEvent, Setting, Workspace
from bot.storage.weeks import Weeks

WORKSPACES, SETTINGS, SEEN, FEEDBACK = (table_of(m) for m in (Workspace, Setting, SeenEvent, Feedback))

_CHOICES = and_(SETTINGS.c.workspace_id == WORKSPACES.c.id, SETTINGS.c.channel == "")
_OPENED = (
    select(WORKSPACES.c.id, SETTINGS.c.name, SETTINGS.c.value)
    .outerjoin(SETTINGS, _CHOICES)
    .where(WORKSPACES.c.key == bindparam("key"))
)
_OPEN = Statement(_OPENED)
# Who writes beside others locks the workspace's row until the commit: within a workspace one writes at a time, and
# every later statement sees what the one before committed. Rows that refer to the workspace may still be added.
_OPEN_LOCKED = Statement(_OPENED.with_for_update(of=WORKSPACES, key_share=True))
_ADD = Statement(
    insert(WORKSPACES)
    .values({name: bindparam(name) for name in ("key", "organisation", "created_at")})
    .returning(WORKSPACES.c.id),
    or_nothing=True,
)
_SEE_ONCE = Statement(
    insert(SEEN)
    .values({name: bindparam(name) for name in ("workspace_id", "event_id", "at")})
    .returning(SEEN.c.event_id),
    or_nothing=True,
)
_SEEN = Statement(
    select(SEEN.c.at).where(SEEN.c.workspace_id == bindparam("workspace_id"), SEEN.c.event_id == bindparam("event_id"))
)
# Longer than anybody goes on trying to send one answer.
OWED_AFTER = timedelta(minutes=2)
_SETTING = Statement(
    select(SETTINGS.c.id).where(
        SETTINGS.c.workspace_id == bindparam("workspace_id"),
        SETTINGS.c.channel == bindparam("here"),
        SETTINGS.c.name == bindparam("setting"),
    )
)
_FEEDBACK_GIVEN = Statement(
    select(FEEDBACK.c.id).where(
        FEEDBACK.c.workspace_id == bindparam("workspace_id"),
        FEEDBACK.c.user_id == bindparam("by_user"),
        FEEDBACK.c.event_key == bindparam("about"),
    )
)


class Store:
    """Everything of one workspace; `settings` are the team's own choices, by name."""

    def __init__(self, scope: Scope, settings: dict[str, str]) -> None:
        self.scope = scope
        self.settings = settings
        self.clients = Clients(scope)
        self.flags = Flags(scope)
        self.history = History(scope)
        self.threads = Threads(scope)
        self.held = HeldCommands(scope)
        self.lessons = TeamLessons(scope)
        self.schedules = Schedules(scope)
        self.weeks = Weeks(scope)

    @classmethod
    def open(cls, session: Session, workspace: str, user_id: str, now: datetime) -> Store:
        """The store of the workspace with this key; one that has written nothing yet is empty."""
        store = cls(Scope(session, 0, now, user_id), {})
        store._find(workspace)
        return store

    def _find(self, key: str) -> None:
        scope = self.scope
        rows = scope.rows(_OPEN_LOCKED if BESIDE_OTHERS in scope.session.info else _OPEN, key=key)
        scope.workspace_id = rows[0]["id"] if rows else 0
        self.settings = {row["name"]: row["value"] for row in rows if row["name"] is not None}

    def ensure_workspace(self, key: str, organisation: str = "") -> None:
        """Create the workspace's row if there is none yet; before the first write of a unit of work."""
        if not self.scope.workspace_id:
            added = self.scope.row(_ADD, key=key, organisation=organisation, created_at=self.scope.now)
            if added:
                self.scope.workspace_id = added["id"]
            else:
                # Somebody added it since it was looked for.
                self._find(key)

    def is_new_event(self, event_id: str) -> bool:
        """Record an inbound event; False when it was recorded before."""
        return bool(self.scope.rows(_SEE_ONCE, event_id=event_id, at=self.scope.now))

    def confirm_answer(self, event_id: str) -> None:
        """The answer to a recorded event arrived."""
        self.is_new_event(_answer_to(event_id))

    def owes_answer(self, event_id: str) -> bool:
        """Whether a recorded event was never answered: the caller is now the one who answers it.

        Raises `TooSoonError` while the answer may still be on its way.
        """
        scope = self.scope
        seen = scope.row(_SEEN, event_id=event_id)
        if seen is None or scope.row(_SEEN, event_id=_answer_to(event_id)):
            return False
        if seen["at"] > scope.now - OWED_AFTER:
            raise TooSoonError
        self._see_anew(event_id)
        return True

    def is_new_for(self, event_id: str, time: timedelta) -> bool:
        """Record something like an event; False when it was recorded within this time."""
        scope = self.scope
        if self.is_new_event(event_id):
            return True
        seen = scope.row(_SEEN, event_id=event_id)
        if seen is None or seen["at"] > scope.now - time:
            return False
        self._see_anew(event_id)
        return True

    def forget_event(self, event_id: str) -> None:
        """Take back that something was recorded."""
        this = (SEEN.c.workspace_id == self.scope.workspace_id, SEEN.c.event_id == event_id)
        self.scope.execute(SEEN.delete().where(*this), {})

    def _see_anew(self, event_id: str) -> None:
        this = (SEEN.c.workspace_id == self.scope.workspace_id, SEEN.c.event_id == event_id)
        self.scope.execute(SEEN.update().where(*this), {"at": self.scope.now})

    def was_seen(self, event_id: str) -> bool:
        """Whether an inbound event was recorded before; records nothing."""
        return self.scope.row(_SEEN, event_id=event_id) is not None

    def change_setting(self, name: str, value: str | None, channel: str = "") -> None:
        """Set a choice of the workspace, or of one channel; None returns it to its default."""
        row = self.scope.row(_SETTING, setting=name, here=channel)
        if row and value is None:
            self.scope.delete(SETTINGS, row["id"])
        elif row:
            self.scope.update(SETTINGS, row["id"], value=value)
        elif value is not None:
            self.scope.insert(SETTINGS, channel=channel, name=name, value=value)

    def give_feedback(self, about: str, archetypes: str, *, is_helpful: bool) -> None:
        """Record whether advice helped; a second opinion of the same person replaces the first."""
        row = self.scope.row(_FEEDBACK_GIVEN, by_user=self.scope.user_id, about=about)
        if row:
            self.scope.update(FEEDBACK, row["id"], is_helpful=is_helpful)
            return
        values = {"event_key": about, "archetypes": archetypes, "is_helpful": is_helpful, "at": self.scope.now}
        self.scope.insert(FEEDBACK, user_id=self.scope.user_id, **values)


def _answer_to(event_id: str) -> str:
    return f"{event_id} answered"
