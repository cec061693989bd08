"""What a team teaches by its choices: questions, and what a person said they are about."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from bot.records import Subject, Taught
from bot.storage.clients import LESSONS
from bot.storage.scope import Scope
from bot.storage.statements import Statement

MOST, LONGEST = 200, 1_000
_TAUGHT = Statement(
    select(LESSONS.c.text, LESSONS.c.archetypes)
    .where(LESSONS.c.workspace_id == bindparam("workspace_id"), LESSONS.c.archetypes != "")
    .order_by(LESSONS.c.id.desc())
    .limit(MOST)
)


class TeamLessons:
    """The questions of one workspace; only kept where the team has switched that on."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def keep(self, text: str, subject: Subject) -> int:
        """Keep a question until somebody says what it is about; the id under which that is done."""
        values = {"client_id": subject.client_id, "text": text[:LONGEST], "archetypes": ""}
        return self._scope.add(LESSONS, **values, created_at=self._scope.now)

    def teach(self, lesson_id: int, archetypes: tuple[str, ...]) -> None:
        """Note what a kept question is about; one that is gone is left alone."""
        own = (LESSONS.c.workspace_id == self._scope.workspace_id, LESSONS.c.id == lesson_id)
        self._scope.execute(LESSONS.update().where(*own).values(archetypes=" ".join(archetypes)), {})

    def taught(self) -> list[Taught]:
        """What was taught, newest first, at most 200."""
        return [Taught(row["text"], tuple(row["archetypes"].split())) for row in self._scope.rows(_TAUGHT)]
