"""The `chao` script: loads the program with Python's cyclic collector off, as modules leave nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Collect nothing in this block, and never again look through what it loaded."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def main() -> int:
    """Run one command; its exit code."""
    with loading():
        from adapters.cli import main as run
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
