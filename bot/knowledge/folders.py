"""The knowledge files in folders, and the states by which changes show: looked at every second while Chao serves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# Deep enough for a file that stands one folder too low.
DEPTH = 3
State = tuple[str, int, int, int]


def files(folders: Iterable[Path]) -> list[Path]:
    """Every knowledge file in these folders, in a fixed order; also ones whose name or place is a mistake."""
    return [Path(entry) for folder in folders for entry in _entries(os.fspath(folder), DEPTH)]


def states(folders: Iterable[Path]) -> tuple[State, ...]:
    """The path, last change, size and inode of every knowledge file."""
    return tuple((entry.path, *_state(entry)) for folder in folders for entry in _entries(os.fspath(folder), DEPTH))


def _entries(folder: str, depth: int) -> Iterator[os.DirEntry[str]]:
    """Without what is hidden, which other tools keep beside knowledge, as `.github/`."""
    try:
        with os.scandir(folder) as found:
            shown = sorted((entry for entry in found if entry.name[0] != "."), key=lambda entry: entry.name)
    except OSError:
        return  # it went away, or is no folder: what should be in it is missed by who reads it
    for entry in shown:
        if entry.name.endswith((".yaml", ".yml")):
            yield entry
        elif depth > 1 and entry.is_dir():
            yield from _entries(entry.path, depth - 1)


def _state(entry: os.DirEntry[str]) -> tuple[int, int, int]:
    try:
        state = entry.stat()
    except OSError:
        return 0, 0, 0
    return state.st_mtime_ns, state.st_size, state.st_ino
