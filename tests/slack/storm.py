"""Two replicas under load on one PostgreSQL, one of them killed and started again: what became of each command."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from tests.slack.balancer import SHARED, Asked, Balancer, Sent
from tests.slack.loopback import Loopback, loopback
from tests.slack.payloads import mention_body
from tests.slack.process import Chao, over_http

AT_ONCE, BY_EVENT = 24, -1
EVENTS = ("the client has not paid the invoice in two months", f"flag {SHARED} mala-paga")


@dataclass(frozen=True)
class Outcome:
    """Numbers of commands: `answered` rightly, `lost` in flight on the killed replica, `wrong` in any other way.

    `stored` says how often each flag is in the database (`BY_EVENT`: the one by mention), `refused` how often the
    balancer asked the other replica, `revived` how many commands went to the one that was started again. `posted` are
    the texts in the channel.
    """

    answered: set[int]
    lost: set[int]
    wrong: set[int]
    stored: Counter[int]
    refused: int
    revived: int
    seconds: float
    posted: list[str]

    @property
    def confirmed(self) -> set[int]:
        """The flags that somebody was told are stored."""
        return {number for number in self.answered if Asked(number).is_write}

    @property
    def missing(self) -> set[int]:
        """Flags that were confirmed and are not there."""
        return self.confirmed - set(self.stored)

    @property
    def doubled(self) -> set[int]:
        """Flags that are there more than once."""
        return {number for number, times in self.stored.items() if times > 1}


@dataclass
class Storm:
    """The second replica is killed after a quarter of the commands and is there again for the last quarter."""

    commands: int
    balancer: Balancer
    slack: Loopback
    sent: list[Sent] = field(default_factory=list)
    _is_time: asyncio.Event = field(default_factory=asyncio.Event)
    _is_back: asyncio.Event = field(default_factory=asyncio.Event)

    async def rage(self) -> tuple[Chao, float, Chao]:
        """Send all; who was killed, when it was dead, and who came instead."""
        await self._redeliver()
        numbers = iter(range(self.commands))
        async with asyncio.TaskGroup() as group:
            killing = group.create_task(self._kill())
            for _ in range(AT_ONCE):
                group.create_task(self._type(numbers))
        return killing.result()

    async def _redeliver(self) -> None:
        """Deliver each event to both replicas, twice, at the same time, as Slack does when an answer was lost."""
        one, other = self.balancer.replicas
        for number, text in enumerate(EVENTS):
            body = mention_body(text, f"17955397{number:02}.000100")
            answers = await asyncio.gather(*(chao.event(body) for chao in (one, other, other, one)))
            # While one replica answers, the others ask Slack to come again: 503.
            assert {200} <= {answer.status for answer in answers} <= {200, 503}
            await self.slack.until(lambda seen, number=number: len(seen.messages) > number)  # type: ignore[misc]  # bound

    async def _type(self, numbers: Iterator[int]) -> None:
        for number in numbers:
            if number >= self.commands * 3 // 4:
                await self._is_back.wait()
            url = self.slack.response_url(Asked(number).user)
            self.sent.append(await self.balancer.send(Asked(number, url)))
            if len(self.sent) >= self.commands // 4:
                self._is_time.set()

    async def _kill(self) -> tuple[Chao, float, Chao]:
        await self._is_time.wait()
        victim = self.balancer.replicas[1]
        victim.process.kill()
        await victim.process.wait()
        killed_at = time.monotonic()
        revived = await self.balancer.start()
        self._is_back.set()
        return victim, killed_at, revived


async def outlived(commands: int, url: str, home: Path) -> Outcome:
    """Two replicas on an empty database, that many commands, one kill; stopped politely, so that all is said."""
    async with loopback() as slack, AsyncExitStack() as stack:
        balancer = Balancer(home, over_http(slack.api_url, DATABASE_URL=url), stack)
        await asyncio.gather(balancer.start(), balancer.start())
        storm, start = Storm(commands, balancer, slack), time.monotonic()
        victim, killed_at, revived = await storm.rage()
        seconds = time.monotonic() - start
        await _stopped(balancer)
        posted = [str(message.body["text"]) for message in slack.slack.messages]
        told = "\n".join(posted)
        answered = {sent.asked.number for sent in storm.sent if sent.is_answered or _is_late(sent, told)}
        silent = [sent for sent in storm.sent if sent.asked.number not in answered]
        lost = {s.asked.number for s in silent if s.to is victim and s.at < killed_at and _is_cut(s)}
        wrong = set(range(commands)) - answered - lost
        revivals = sum(sent.to is revived for sent in storm.sent)
        stored = await _stored(url)
        return Outcome(answered, lost, wrong, stored, balancer.refused, revivals, seconds, posted)


async def _stopped(balancer: Balancer) -> None:
    for chao in balancer.replicas:
        chao.terminate()
    assert [(await chao.ended())[0] for chao in balancer.replicas] == [0, 0]


def _is_late(sent: Sent, told: str) -> bool:
    return sent.is_awaited and sent.asked.is_answer(told)


def _is_cut(sent: Sent) -> bool:
    """Whether it got no answer, or was promised one: what a kill can do."""
    return sent.answer is None or sent.is_awaited


async def _stored(url: str) -> Counter[int]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("SELECT reason FROM flags")
        return Counter(int(reason.removeprefix("reason") or BY_EVENT) for (reason,) in rows)
    finally:
        await connection.close()
