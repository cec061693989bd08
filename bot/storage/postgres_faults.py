"""What PostgreSQL, or the way to it, complains of: in the store's terms, and whether the work may simply be run again.

The codes are those of PostgreSQL's manual, appendix A, "PostgreSQL Error Codes".
"""

from __future__ import annotations

import asyncpg
from sqlalchemy.exc import DBAPIError, EmulatedDBAPIException

from bot.storage.database import CORRUPT, FULL, LOCKED, READ_ONLY, UNREACHABLE, StorageError

_REASONS = {
    "25006": READ_ONLY,
    "42501": READ_ONLY,
    "40001": LOCKED,
    "40P01": LOCKED,
    "55P03": LOCKED,
    "57014": LOCKED,
    "53100": FULL,
    "XX001": CORRUPT,
    "XX002": CORRUPT,
}
_CLASSES = {"08": UNREACHABLE, "28": UNREACHABLE, "3D": UNREACHABLE, "53": UNREACHABLE, "57": UNREACHABLE}
# A serialisation failure and a deadlock: the other one has what it wanted.
_PASSING = ("40001", "40P01")
# The server shuts down, crashed, starts, has no connection left or has closed this one: gone in a moment.
_ABSENT = ("25P03", "53300", "57P01", "57P02", "57P03", "57P05")


class PassingError(StorageError):
    """Nothing was changed, and the same work may well succeed now."""


def driver_error(error: BaseException) -> BaseException:
    """The error of asyncpg, or of the network, inside what SQLAlchemy made of it."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, EmulatedDBAPIException):
        return error.orig or error.__cause__ or error
    return error


def is_lost(error: BaseException) -> bool:
    """Whether the server is gone, or we are from it: what was sent last may have arrived or not."""
    cause = driver_error(error)
    if isinstance(cause, asyncpg.PostgresError):
        state = _state(cause)
        return state in _ABSENT or state.startswith("08")
    if isinstance(cause, asyncpg.InterfaceError):
        return "closed" in str(cause)
    # asyncpg's internal error: the server's last words came while nobody listened.
    return isinstance(cause, ConnectionError | TimeoutError | asyncpg.InternalClientError)


def was_sent(error: BaseException) -> bool:
    """Whether what failed had left: asyncpg itself refuses to send on a connection that it knows to be closed."""
    return not isinstance(driver_error(error), asyncpg.InterfaceError | asyncpg.InternalClientError)


def is_spoilt(error: BaseException) -> bool:
    """Whether the connection is of no use any more: lost, left in the middle, or with plans that no longer fit."""
    outdated = isinstance(driver_error(error), asyncpg.InvalidCachedStatementError)
    return not isinstance(error, Exception) or outdated or is_lost(error)


def translated(error: Exception) -> Exception:
    """A complaint of the server or the network as a `StorageError`; a bug, or a broken constraint, as it is."""
    cause = driver_error(error)
    if isinstance(cause, TimeoutError):
        return StorageError(UNREACHABLE)
    if is_spoilt(error):
        return PassingError(UNREACHABLE)
    state = _state(cause)
    reason = _REASONS.get(state) or _CLASSES.get(state[:2])
    if reason is None:
        return error
    return PassingError(reason) if state in _PASSING else StorageError(reason)


def while_connecting(error: Exception) -> Exception:
    """The same for what went wrong before there was a connection: an address, a name, a password, no server."""
    cause = driver_error(error)
    if isinstance(cause, OSError):
        return PassingError(UNREACHABLE)
    if isinstance(cause, asyncpg.PostgresError | asyncpg.InterfaceError | ValueError):
        return PassingError(UNREACHABLE) if is_lost(error) else StorageError(UNREACHABLE)
    return error


def _state(error: BaseException) -> str:
    return str(getattr(error, "sqlstate", None) or "")
