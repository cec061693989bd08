"""A failure of the command line: one line on standard error that says what to do, and an exit code."""

from __future__ import annotations


class CommandFailedError(Exception):
    """The thing asked for failed (exit code 1)."""


def may_pass(error: BaseException) -> bool:
    """Whether the same may succeed later: all but a stop, and what only the operator can mend."""
    return isinstance(error, Exception) and not isinstance(error, CommandFailedError)
