"""What the store hands out: frozen rows in the project's own words; those that are read most are tuples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """A flag's life. `EXPIRED` is never stored: an active or disputed flag past its date is expired."""

    ACTIVE = "active"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"
    EXPIRED = "expired"


class Client(NamedTuple):
    """A company the team works for. `names` holds the other names, without `name` itself."""

    id: int
    name: str
    names: tuple[str, ...] = ()


class Flag(NamedTuple):
    """One thing that happened with a client, in the order of its columns. Times are UTC."""

    id: int
    client_id: int
    archetype: str
    reason: str
    evidence: str
    stored_status: str
    created_by: str
    channel: str
    thread: str
    created_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    closed_by: str
    closing_note: str

    def status(self, now: datetime) -> Status:
        """What the flag is at this moment."""
        status = Status(self.stored_status)
        is_open = status in (Status.ACTIVE, Status.DISPUTED)
        return Status.EXPIRED if is_open and self.expires_at <= now else status

    def is_open(self, now: datetime) -> bool:
        """Whether it still counts: active, or disputed and not yet settled."""
        return self.status(now) in (Status.ACTIVE, Status.DISPUTED)


class Note(NamedTuple):
    """A remark on a client, by whom and when (UTC), in the order of its columns."""

    id: int
    client_id: int
    text: str
    created_by: str
    created_at: datetime


class Subject(NamedTuple):
    """What a thread is about; never the words that were said.

    A client, archetypes, the delay that was stated, the sign of a danger, how its letters are to be, and what was
    stated for their gaps: figures and names by placeholder, and the day that was promised.
    """

    client_id: int | None
    archetypes: tuple[str, ...]
    days: int | None = None
    danger: str = ""
    tone: str = ""
    channel: str = ""
    language: str = ""
    stated: tuple[tuple[str, str], ...] = ()


class Fault(StrEnum):
    """Why a channel's summary can't be sent."""

    GONE = "gone"
    FORBIDDEN = "forbidden"
    SHARED = "shared"
    ZONE = "zone"


class Taught(NamedTuple):
    """A question and the archetypes that a person said it is about."""

    text: str
    archetypes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A channel's weekly summary: weekday (0 is Monday), minute of the day, IANA zone, who set it up and when (UTC).

    `next_at` is None once it was switched off, by a person or by a fault.
    """

    weekday: int
    minute: int
    zone: str
    language: str
    set_by: str
    set_at: datetime
    next_at: datetime | None
    fault: str = ""


class Sent(NamedTuple):
    """How the last summary of a channel ended: `state` and the moment it was due (UTC)."""

    state: str
    due_at: datetime
    fault: str
