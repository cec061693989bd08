"""A failure of the command line: one line on standard error that says what to do, and an exit code."""

from __future__ import annotations


class CommandFailedError(Exception):
    """The thing asked for failed (exit code 1)."""
