"""What a platform must offer so that summaries reach it, and the ways in which it may refuse."""

from __future__ import annotations

from typing import Protocol

from bot.events import Place
from bot.records import Fault
from bot.reply import Reply


class Poster(Protocol):
    """Posts in channels and writes to people. `marker` (25 characters at most) goes with the message, unseen.

    A marker is unique among the bot's messages in a channel, and the same at every attempt. `place.thread` is the id
    of the message under which to post, empty for the channel itself.
    """

    async def post(self, place: Place, reply: Reply, marker: str) -> str:
        """Post for all to see; the message's id. Raises `RefusedError` or one of its kinds, or `UnknownOutcomeError`.

        Whatever else it raises counts as an unknown outcome: the message may be there.
        """

    async def find(self, place: Place, marker: str) -> str | None:
        """The id of the bot's message with this marker, posted within the last day or so; None when there is none."""

    async def tell(self, workspace: str, user: str, reply: Reply) -> None:
        """Write to one person privately."""


class RefusedError(Exception):
    """The platform refused: the message is certainly not there. Unless it is of another kind, it may pass by itself."""


class UnreachableError(RefusedError):
    """No message will reach this channel until somebody acts; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class RetryLaterError(RefusedError):
    """Too many requests, or down for a while: try again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds


class UnknownOutcomeError(Exception):
    """No answer, or one that says nothing: the message may be there or not."""
