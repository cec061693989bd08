"""A platform in memory that posts, finds, refuses and loses answers as told; and words that need no database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.delivery.deliveries import Deliveries
from bot.delivery.poster import UnknownOutcomeError
from bot.delivery.sending import Sending
from bot.delivery.when import Weekly
from bot.events import Place
from bot.records import Fault, Plan
from bot.reply import Reply, plain_text
from bot.storage.database import Database, Session
from bot.storage.outbox import Claim
from bot.storage.store import Store
from tests.contract.teams import Member
from tests.support import Clock

MONDAY_NINE = (0, 9 * 60)


@dataclass(frozen=True)
class Message:
    """What people see in a channel or a thread."""

    id: str
    place: Place
    reply: Reply
    marker: str

    @property
    def text(self) -> str:
        """Its title."""
        return self.reply.title


@dataclass
class FakePlatform:
    """`troubles` of a channel are raised by its next posts; `loses` is one whose post is accepted all the same."""

    messages: list[Message] = field(default_factory=list)
    told: list[tuple[str, str, str]] = field(default_factory=list)
    troubles: defaultdict[str, list[BaseException]] = field(default_factory=lambda: defaultdict(list))
    loses: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    looked: list[tuple[str, str]] = field(default_factory=list)
    gate: asyncio.Event | None = None
    arrived: Callable[[], None] = lambda: None
    tell_trouble: Exception | None = None
    loses_details: bool = False
    refuses_details: Exception | None = None

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """Store a message, or fail as told."""
        self.arrived()
        if self.gate:
            await self.gate.wait()
        if place.thread and self.refuses_details:
            raise self.refuses_details
        if self.troubles[place.channel]:
            raise self.troubles[place.channel].pop(0)
        message = Message(f"m{len(self.messages) + 1}", place, reply, marker)
        self.messages.append(message)
        if self.loses[place.channel] or (place.thread and self.loses_details):
            self.loses[place.channel] = max(self.loses[place.channel] - 1, 0)
            raise UnknownOutcomeError
        return message.id

    async def find(self, place: Place, marker: str) -> str | None:
        """A message by its marker."""
        self.looked.append((place.channel, marker))
        return next((m.id for m in self.messages if m.marker == marker and m.place == place), None)

    async def tell(self, workspace: str, user: str, reply: Reply) -> None:
        """Note what was said to whom."""
        if self.tell_trouble:
            raise self.tell_trouble
        self.told.append((workspace, user, plain_text(reply)))

    def seen(self, channel: str) -> list[str]:
        """Every text in a channel and its threads, in order."""
        return [message.text for message in self.messages if message.place.channel == channel]


@dataclass
class Words:
    """`says` gives the texts for a claim: the message, then what goes under it."""

    says: Callable[[Claim], tuple[str, ...]] = lambda claim: (f"summary {claim.period}", "details")

    def summaries(self, _session: Session, claims: Sequence[Claim]) -> list[tuple[Reply, ...]]:
        """Titles only."""
        return [tuple(map(Reply, self.says(claim))) for claim in claims]

    def notice(self, claim: Claim, fault: Fault) -> Reply:
        """The fault's name and the channel."""
        return Reply(f"{fault.value} {claim.channel}")


@dataclass
class Team:
    """A workspace with a platform and a clock; `sender()` makes another process that sends."""

    database: Database
    clock: Clock
    platform: FakePlatform
    words: Words = field(default_factory=Words)
    workspace: str = "slack:T1"

    def sender(self, **posters: FakePlatform) -> Deliveries:
        """A process of its own."""
        given: Mapping[str, FakePlatform] = posters or {"slack": self.platform}
        return Deliveries(Sending(self.database, dict(given), self.words, lambda _session: self.clock()))

    async def plans(
        self, channel: str, day: tuple[int, int] = MONDAY_NINE, zone: str = "UTC", workspace: str = ""
    ) -> None:
        """`summary weekly` in a channel."""
        weekly, now = Weekly(*day, zone), self.clock()
        plan = Plan(*day, zone, "en", "ana", now, weekly.after(now))
        key = workspace or self.workspace
        await self.member(key).does(lambda store: store.schedules.put(channel, key.partition(":")[0], plan))

    async def reads(self, channel: str) -> tuple[Plan | None, str]:
        """What is planned for a channel, and the state of the newest summary."""

        def read(store: Store) -> tuple[Plan | None, str]:
            last = store.schedules.last(channel)
            return store.schedules.of(channel).plan, last.state if last else ""

        return await self.member(self.workspace).sees(read)

    def member(self, workspace: str) -> Member:
        """Ana, in a workspace."""
        return Member(self.database, workspace, "ana", self.clock)
