"""The `chao` script: loads the program with Python's cyclic collector off, as modules leave nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Python looks for cycles after 700 new objects. An answer makes as many, leaves none, and would pay for the look.
LOOK_AFTER = 20_000


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
    with loading():
        from adapters.cli import main as run
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
