"""What Bolt and the SDK may log: where, never what, for their own lines quote payloads."""

from __future__ import annotations

import logging

import structlog


class _IdsOnly(logging.Handler):
    """Keeps of a line where it comes from."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line without the message."""
        structlog.get_logger(record.name).warning(
            "slack_sdk", level=record.levelname, at=f"{record.module}:{record.lineno}"
        )


def quiet_logger() -> logging.Logger:
    """The logger that Bolt and the SDK get."""
    logger = logging.getLogger("chao.slack")
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    logger.handlers = [_IdsOnly()]
    return logger
