"""Fills an embedded database with workspaces whose summaries are due: half a year of flags each, in three languages."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from bot.delivery.when import Weekly
from bot.knowledge.schema import LANGUAGES
from bot.records import Plan, Status
from bot.storage.clients import FLAGS as TABLE
from bot.storage.database import Database
from bot.storage.flags import expiry
from bot.storage.store import Store
from tests.contract.teams import Member
from tests.support import START

CLIENTS, FLAGS = 20, 100
KINDS = ("mala-paga", "indeciso", "pichirre", "abusivo", "insaciable", "sin-horario", "sabelotodo", "anti-contrato")
DUE = START - timedelta(minutes=1)
_WEEKLY = Weekly(DUE.weekday(), DUE.hour * 60 + DUE.minute, "UTC")
# Flags as they are stored, but for what differs.
_FLAG = {"evidence": "", "created_by": "ana", "channel": "C1", "thread": "", "closed_by": "", "closing_note": ""}
_TOGETHER = 50


@dataclass
class Filling:
    """So many workspaces of so many channels each."""

    workspaces: int
    channels: int
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    async def run(self, database: Database) -> None:
        """Workspaces share a commit with some others: they are too many for one each."""
        for start in range(0, self.workspaces, _TOGETHER):
            numbers = range(start, min(start + _TOGETHER, self.workspaces))
            await asyncio.gather(*(self._fill(database, number) for number in numbers))

    async def _fill(self, database: Database, number: int) -> None:
        def fill(store: Store) -> None:
            clients = [store.clients.create(f"client {place}").id for place in range(CLIENTS)]
            rows = [self._flag(clients, place) | {"workspace_id": store.scope.workspace_id} for place in range(FLAGS)]
            store.scope.connection.execute(insert(TABLE), rows)
            for place in range(self.channels):
                store.schedules.put(f"C{place}", "slack", _plan(LANGUAGES[(number + place) % len(LANGUAGES)]))

        await Member(database, f"slack:T{number}").does(fill)

    def _flag(self, clients: Sequence[int], number: int) -> dict[str, Any]:
        at = START - timedelta(days=number * 180 / FLAGS, hours=1)
        kind = KINDS[self.chance.choice((0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7))]
        ends = (Status.RESOLVED, at + timedelta(days=9)) if self.chance.random() < 0.6 else (Status.ACTIVE, None)
        made = {"client_id": self.chance.choice(clients), "archetype": kind, "reason": f"inv {number}"}
        times = {"created_at": at, "expires_at": expiry(at, 180)}
        return {**_FLAG, **made, **times, "status": ends[0], "closed_at": ends[1]}


def _plan(language: str) -> Plan:
    return Plan(_WEEKLY.weekday, _WEEKLY.minute, "UTC", language, "ana", DUE - timedelta(days=7), DUE)
