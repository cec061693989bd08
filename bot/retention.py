"""How long things are kept, and the daily work of deleting what is older.

Nothing goes that undo may still need: what is left of the audit says what that is. Flags stay for ever, as their
history is promised to, unless the operator decides otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.settings import Settings
from bot.storage.database import Database, Session
from bot.storage.memory import HELD_FOR
from bot.storage.outbox import KEPT
from bot.storage.pruning import Cutoffs, Pruning, page
from bot.storage.store import Store

BATCH = 500


@dataclass(frozen=True, slots=True)
class Retention:
    """Days for which things are kept. `audit`: how far back undo reaches; `flags`: after they ended, None for ever."""

    events: int = 14
    threads: int = 180
    audit: int = 365
    flags: int | None = None

    @classmethod
    def of(cls, settings: Settings) -> Retention:
        """What the operator set."""
        return cls(
            settings.keep_events_days, settings.keep_threads_days, settings.keep_audit_days, settings.keep_flags_days
        )

    def cutoffs(self, now: datetime) -> Cutoffs:
        """The moments before which things are too old."""
        ago = [now - timedelta(days=days) for days in (self.events, self.threads, self.audit)]
        flags = now - timedelta(days=self.flags) if self.flags is not None else None
        held, sent = now - HELD_FOR, now - KEPT
        return Cutoffs(events=ago[0], threads=ago[1], held=held, audit=ago[2], deliveries=sent, flags=flags)


async def prune(database: Database, keep: Retention, now: datetime) -> Mapping[str, int]:
    """Delete what is too old in every workspace, in short units of work; how many rows of each table.

    May be broken off and repeated at any time, and run beside itself. Raises `StorageError`.
    """
    cutoffs, deleted, last = keep.cutoffs(now), Counter[str](), 0
    while found := await database.read(partial(page, after=last)):
        for _, key in found:
            while batch := await database.write(partial(_batch, key=key, cutoffs=cutoffs, now=now)):
                deleted.update(batch)
        last = found[-1][0]
    return deleted


def _batch(session: Session, key: str, cutoffs: Cutoffs, now: datetime) -> Mapping[str, int]:
    """Rows deleted from one workspace, by table; empty when there was nothing to delete."""
    return +Counter(Pruning(Store.open(session, key, "", now), BATCH).run(cutoffs))
