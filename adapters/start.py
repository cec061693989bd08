"""The `chao` script: loads the program with Python's cyclic collector off, as modules leave nothing behind."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

# Python looks for cycles after 700 new objects. An answer makes as many, leaves none, and would pay for the look.
LOOK_AFTER = 20_000
# As a shell counts a process that SIGINT ended.
INTERRUPTED = 130


@contextmanager
def loading() -> Iterator[None]:
    """Collect nothing in this block, never look through what it loaded, and from then on look more rarely."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(LOOK_AFTER)
        if was_on:
            gc.enable()


def main() -> int:
    """Run one command; its exit code."""
    with _quitting(), loading():
        from adapters.cli import main as run
    return run()


@contextmanager
def _quitting() -> Iterator[None]:
    """Ctrl-C ends this block at once and without a word: nothing was begun yet that would have to be finished."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # whoever starts us may have said that we are not to hear it
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    raise SystemExit(main())
