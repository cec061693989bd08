"""Sending again what Discord or the network did not take: after a moment, a few times, within a limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import discord

Pause = Callable[[float], Awaitable[object]]
PAUSES = (0.2, 0.4, 0.8)
TOO_MANY = 429
FAULTS = (discord.HTTPException, aiohttp.ClientError, TimeoutError)


@dataclass(slots=True)
class Sender:
    """Sends one thing after the other; `was_repeated`: an attempt failed that Discord may have taken all the same."""

    pause: Pause = asyncio.sleep
    was_repeated: bool = False

    async def send(
        self, attempt: Callable[[], Awaitable[None]], until: float | None = None, *, is_once: bool = False
    ) -> None:
        """Try until it is taken, refused, or too late (`until`, in the loop's time). Raises the last fault.

        `is_once`: it would be there twice, so it is not tried again when it may have been taken.
        """
        now = asyncio.get_running_loop().time
        for seconds in PAUSES:
            try:
                await attempt()
            except FAULTS as fault:
                wait = delay(fault, seconds)
                if wait is None or (is_once and not _is_untaken(fault)) or (until is not None and now() + wait > until):
                    raise
            else:
                return
            self.was_repeated = True
            await self.pause(wait)
        await attempt()


def delay(fault: BaseException, seconds: float) -> float | None:
    """How long to wait before the next attempt: as Discord asks, else `seconds`; None: another is no use."""
    if not isinstance(fault, discord.HTTPException):
        return seconds
    if fault.status == TOO_MANY:
        asked = fault.response.headers.get("Retry-After", "")
        return float(asked) if asked.replace(".", "", 1).isdecimal() else seconds
    return seconds if fault.status >= 500 else None


def _is_untaken(fault: BaseException) -> bool:
    """Whether it certainly had no effect: no connection, or too much at once."""
    return isinstance(fault, aiohttp.ClientConnectorError) or getattr(fault, "status", 0) == TOO_MANY


def told(fault: BaseException) -> dict[str, object]:
    """A fault as the log may know it: kinds and numbers, not what was sent."""
    known = {"fault": type(fault).__name__}
    return known | ({"status": fault.status, "code": fault.code} if isinstance(fault, discord.HTTPException) else {})
