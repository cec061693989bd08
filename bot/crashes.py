"""Bugs in the log: their kind and their place in the code, under a reference, without any text of a person."""

from __future__ import annotations

import secrets
import traceback

import structlog

log = structlog.get_logger(__name__)
FRAMES = 8


def logged(error: BaseException, where: str) -> str:
    """Log a bug; the reference to show instead of it."""
    reference = secrets.token_hex(4)
    frames = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    log.error("crashed", reference=reference, error=type(error).__name__, at=frames[-FRAMES:], where=where)
    return reference
