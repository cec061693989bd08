"""What libraries log, as our own JSON lines: where they are, not what they say, which may hold texts and tokens."""

from __future__ import annotations

import logging

import structlog

from bot.crashes import logged


class LibraryLog(logging.Handler):
    """Passes a line on as the logger's name, module and line number; a fault as every other bug."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line without the message."""
        if record.exc_info and record.exc_info[1]:
            logged(record.exc_info[1], record.name)
            return
        say = structlog.get_logger().error if record.levelno >= logging.ERROR else structlog.get_logger().warning
        say("library", logger=record.name, at=f"{record.module}:{record.lineno}")


def speak_for_libraries() -> None:
    """For all that have no handler of their own, in place of Python's, which prints bare lines."""
    logging.lastResort = LibraryLog(logging.WARNING)
