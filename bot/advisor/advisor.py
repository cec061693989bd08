"""Asks a model, within a time limit, and leaves it alone for a while when it keeps failing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

import structlog

from bot.advisor.answer import NonsenseError, checked
from bot.advisor.inquiry import Inquiry
from bot.advisor.opinion import Opinion
from bot.advisor.prompt import Prompt, prompt_for

SECONDS = 4.0
FAILURES, PAUSE = 3, 60.0
log = structlog.get_logger(__name__)


class ModelError(Exception):
    """The model gave no answer; the text says why in our own words, without any of its or of a person's."""


class Model(Protocol):
    """A language model somewhere."""

    @property
    def name(self) -> str:
        """What it calls itself."""

    @property
    def host(self) -> str:
        """Where it is, as people are told."""

    async def complete(self, prompt: Prompt) -> str:
        """The text that it answers with. Raises `ModelError`."""


class Advisor:
    """A model's opinions; never an exception of the model's. `clock` counts seconds and never goes back."""

    def __init__(self, model: Model, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.model = model
        self._seconds, self._clock = seconds, clock
        self._failures, self._again_at = 0, 0.0

    async def opinion(self, inquiry: Inquiry) -> Opinion | None:
        """What the model makes of it, checked; None when that is nothing, or it does not answer in time."""
        if self._failures >= FAILURES and self._clock() < self._again_at:
            return None
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self.model.complete(prompt_for(inquiry))
            opinion = checked(answer, inquiry, self.model.name)
        except (ModelError, NonsenseError, TimeoutError) as error:
            self._failed(str(error) or "no answer in time")
            return None
        self._failures = 0
        log.info("model_answered", length=len(answer), kept=len(opinion.sentences) if opinion else 0)
        return opinion

    def _failed(self, reason: str) -> None:
        self._failures += 1
        self._again_at = self._clock() + PAUSE
        log.warning("model_failed", reason=reason, in_a_row=self._failures)
