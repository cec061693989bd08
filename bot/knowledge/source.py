"""The knowledge in force: reloads when a file changes, and keeps the last good version when the change is bad."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.i18n.speech import Speech
from bot.knowledge.folders import State, states
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import OURS, load
from bot.knowledge.problems import KnowledgeError, Problem

log = structlog.get_logger(__name__)
LOOK_EVERY = 1.0


class KnowledgeSource:
    """Looks at the files at most once a second, when asked; a bad first load raises `KnowledgeError`.

    The first load leaves the examples for later unless `examples` is set; a reload always checks them.
    """

    def __init__(
        self,
        team: Path | None = None,
        ours: Path = OURS,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        examples: bool = False,
    ) -> None:
        self._team, self._ours, self._monotonic = team, ours, monotonic
        self._looked, self._stamp = monotonic(), self._stamp_now()
        self._knowledge = load(team, ours, examples=examples)
        self.problems: tuple[Problem, ...] = ()

    def current(self) -> Knowledge:
        """The newest version that is good."""
        now = self._monotonic()
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            self._look()
        return self._knowledge

    def _look(self) -> None:
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._knowledge = load(self._team, self._ours)
            self.problems = ()
            log.info("knowledge_reloaded", version=self._knowledge.version)
        except KnowledgeError as error:
            self.problems = tuple(error.problems)
        for problem in self.problems:
            log.error("knowledge_kept", **_told(problem))

    def _stamp_now(self) -> tuple[State, ...]:
        return states([self._ours, *([self._team] if self._team else [])])


def _told(problem: Problem) -> dict[str, object]:
    """A mistake for whoever runs Chao, who reads logs in English."""
    wrong, right = (Speech("en")(said) for said in (problem.wrong, problem.right))
    return {"file": problem.file.name, "line": problem.line, "key": problem.key, "wrong": wrong, "right": right}
