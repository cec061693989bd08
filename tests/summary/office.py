"""A workspace that gets summaries: its commands, its clock, and what the platform shows."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.wiring import deliveries
from bot.events import Action, Command, Place, User
from bot.reply import plain_text
from bot.router import Router
from tests.delivery.fakes import FakePlatform, Message
from tests.support import START, Clock

LAST_MONDAY = START.replace(day=23, hour=9)


@dataclass
class Office:
    """A workspace of several channels, its bot, and what the platform shows."""

    bot: Router
    clock: Clock
    platform: FakePlatform

    async def does(self, command: str, /, channel: str = "C1", locale: str = "en", **args: str) -> None:
        """A command in a channel."""
        user = User("ana", locale=locale, is_manager=True)
        event_id = f"{len(self.platform.messages)}-{self.clock()}-{command}-{args}"
        reply = await self.bot.dispatch(Command(event_id, user, Place("slack:T1", channel), command, args))
        assert reply is not None
        assert not reply.is_error, plain_text(reply)

    async def presses(self, button: str, value: str) -> None:
        """A button in the channel."""
        press = Action(f"{button}-{self.clock()}", User("ana", is_manager=True), Place("slack:T1", "C1"), button, value)
        reply = await self.bot.dispatch(press)
        assert reply is not None
        assert not reply.is_error, plain_text(reply)

    async def flags(self, *lines: str, channel: str = "C1") -> None:
        """Flags, as `acme mala-paga` each."""
        for line in lines:
            client, archetype = line.split()
            await self.does("flag", channel, client=client, archetype=archetype, reason=f"secret {self.clock()}")

    async def posts(self) -> list[Message]:
        """What is posted by now that was not before."""
        count = len(self.platform.messages)
        sender = deliveries(self.bot.services, {"slack": self.platform})
        sender.sending.clock = lambda _session: self.clock()
        await sender.once()
        return self.platform.messages[count:]
