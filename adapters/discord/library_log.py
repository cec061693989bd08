"""discord.py's own log lines: where they are from, not what they say, which may hold texts and tokens."""

from __future__ import annotations

import logging

import structlog
from discord import VoiceClient

log = structlog.get_logger(__name__)


class LibraryLog(logging.Handler):
    """Passes a line on as module, line number and kind of fault."""

    def emit(self, record: logging.LogRecord) -> None:
        """Never raises, as a handler must not."""
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        say = log.warning if record.levelno >= logging.WARNING else log.info
        say("discord_py", at=f"{record.module}:{record.lineno}", fault=fault)


def quieten() -> None:
    """Let discord.py's loggers speak through ours only."""
    VoiceClient.warn_nacl = VoiceClient.warn_dave = False  # that there is no voice is no news
    library = logging.getLogger("discord")
    library.propagate = False
    if not any(isinstance(handler, LibraryLog) for handler in library.handlers):
        library.addHandler(LibraryLog(logging.WARNING))
