"""A load balancer before several `chao serve`, and commands of which each says what its sender saw."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.slack.process import Answer, Chao, serving

PEOPLE = 20
SHARED = "acme"


@dataclass(frozen=True)
class Asked:
    """A numbered command: three of four flag a client of their own, the fourth reads one that all know."""

    number: int
    response_url: str = ""

    @property
    def is_write(self) -> bool:
        """Whether it flags."""
        return self.number % 4 != 0

    @property
    def user(self) -> str:
        """Who types it."""
        return f"U{self.number % PEOPLE}"

    @property
    def line(self) -> str:
        """What is typed."""
        return f"flag client{self.number} mala-paga reason{self.number}" if self.is_write else f"show {SHARED}"

    def is_answer(self, text: str) -> bool:
        """Whether a text answers it."""
        return (f"client{self.number} is flagged" if self.is_write else SHARED) in text


@dataclass(frozen=True)
class Sent:
    """A command, the replica it went to in the end, when (s, `time.monotonic`), and the answer if one came."""

    asked: Asked
    to: Chao
    at: float
    answer: Answer | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the answer was there at once, and the right one."""
        is_told = self.answer is not None and self.answer.status == 200 and not self.answer.is_acknowledgement
        return is_told and self.answer is not None and self.asked.is_answer(self.answer.shown)

    @property
    def is_awaited(self) -> bool:
        """Whether the answer was promised for later."""
        return self.answer is not None and self.answer.is_acknowledgement


@dataclass
class Balancer:
    """Passes on in turn. A replica that refuses a connection is taken out: the other gets what it has not seen.

    A connection that breaks after the request went out is not tried again, for the command may have been carried out.
    """

    home: Path
    settings: Mapping[str, str]
    stack: AsyncExitStack
    replicas: list[Chao] = field(default_factory=list)
    refused: int = 0
    _turns: Iterator[int] = field(default_factory=itertools.count)

    async def start(self) -> Chao:
        """Start one more, and take it in once it listens."""
        started = await self.stack.enter_async_context(serving(self.home, **self.settings))
        self.replicas.append(started)
        return started

    async def send(self, asked: Asked) -> Sent:
        """Pass a command on."""
        while True:
            chao, at = self.replicas[next(self._turns) % len(self.replicas)], time.monotonic()
            try:
                answer = await chao.slash(asked.line, user=asked.user, response_url=asked.response_url)
            except aiohttp.ClientConnectorError:
                self.refused += 1
                self.replicas = [other for other in self.replicas if other is not chao]
            except aiohttp.ClientError:
                return Sent(asked, chao, at)
            else:
                return Sent(asked, chao, at, answer)
