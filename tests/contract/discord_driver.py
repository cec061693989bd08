"""Discord as a driver: raw payloads through discord.py's own receiving code, REST answered by a fake that keeps all."""

from __future__ import annotations

from itertools import groupby

from bot.router import Router
from tests.contract.driver import Seen
from tests.discord.fake import BOT, Posted
from tests.discord.shown import labels, read
from tests.discord.world import CHANNEL, World


class DiscordDriver:
    """One server. What answers one command or question is seen as one message, in however many parts it came."""

    name = "discord"
    lacks: frozenset[str] = frozenset({"private answers to mentions", "typed lines"})

    def __init__(self, router: Router) -> None:
        self.world = World(router)

    async def runs(self, user: str, command: str, **args: str) -> None:
        """A slash command with typed options."""
        await self.world.slash(user, command, **args)

    async def types(self, user: str, line: str) -> None:
        """There are no lines: what the line says goes as options, as far as it goes."""
        name, args = self.world.router.command(line)
        await self.world.slash(user, name, **args)

    async def says(self, user: str, text: str, thread: str = "") -> None:
        """A mention in the channel, or in a thread of it."""
        world = self.world
        is_new = thread and thread not in world.threads
        if is_new:
            await world.receive("THREAD_CREATE", world.thread_object(thread))
        await world.says(user, f"<@{BOT}> {text}", world.thread(thread) if thread else CHANNEL)

    async def presses(self, user: str, label: str) -> None:
        """The newest button or choice with this label among all that the user sees."""
        for message in reversed(self.world.fake.visible(self.world.person(user).id)):
            for text, part in labels(message.payload):
                if text == label:
                    await self.world.presses(user, message, part)
                    return
        raise AssertionError(f"no button {label!r}")

    async def redelivers(self) -> None:
        """The last event again."""
        await self.world.receive(*self.world.last)

    def sees(self, user: str) -> list[Seen]:
        """Answers, oldest first."""
        visible = self.world.fake.visible(self.world.person(user).id)
        return [self._seen(list(parts)) for _, parts in groupby(visible, lambda message: message.answers)]

    def _seen(self, parts: list[Posted]) -> Seen:
        text = "\n".join(read(part.payload, part.files) for part in parts)
        thread = next((name for name, number in self.world.threads.items() if number == parts[0].channel), "")
        pressable = tuple(label for part in parts for label, _ in labels(part.payload))
        return Seen(text, bool(parts[0].only_for), thread, pressable)
