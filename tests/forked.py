"""Processes that are forked from one that has imported everything: they start in a tenth of the time, and are as real.

Whether one starts from nothing is for the tests that start it so, with `subprocess`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[1]
IN, OUT, ERR = range(3)
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        "adapters.start", "adapters.chat", "adapters.serve", "adapters.discord.platform", "adapters.http.server",
        "adapters.slack.platform", "tests.core.child", "tests.delivery.loopback", "tests.delivery.replica", "uvloop",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Where:
    """The folder and the environment of a process; without `env` it is ours."""

    folder: Path = ROOT
    env: Mapping[str, str] | None = None


def chao(*arguments: str) -> int:
    """The `chao` script; to be run in a process of its own."""
    from adapters.start import main

    sys.argv = ["chao", *arguments]
    return main()


def forked(
    streams: Sequence[int], where: Where, work: Callable[..., object], *arguments: Any
) -> tuple[ForkServerProcess, list[int]]:
    """Run it in a process; our ends of the pipes that are its streams with these numbers."""
    ours: dict[int, int] = {}
    theirs: dict[int, Connection] = {}
    for stream in streams:
        read, write = os.pipe()
        ours[stream], its = (write, read) if stream == IN else (read, write)
        theirs[stream] = Connection(its, readable=stream == IN, writable=stream != IN)
    process = CONTEXT.Process(target=_run, args=(theirs, where, work, arguments))
    with chdir(ROOT):  # where what it imports beforehand is found
        process.start()
    for end in theirs.values():
        end.close()
    return process, list(ours.values())


def _run(
    streams: Mapping[int, Connection], where: Where, work: Callable[..., object], arguments: Sequence[Any]
) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in {IN, OUT, *streams}:
        os.dup2(streams[stream].fileno() if stream in streams else nowhere, stream)
    for end in streams.values():
        end.close()
    sys.stdin, sys.stdout = open(IN, closefd=False), open(OUT, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(ERR, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.chdir(where.folder)
    if where.env is not None:
        os.environ.clear()
        os.environ.update(where.env)
    code = work(*arguments)
    sys.exit(code if isinstance(code, int) else 0)


class Child:
    """A process to which a test writes lines and from which it reads them."""

    def __init__(self, work: Callable[..., object], *arguments: Any) -> None:
        self.process, (into, out) = forked([IN, OUT], Where(), work, *arguments)
        self.stdin, self.stdout = open(into, "w"), open(out)  # noqa: PTH123, SIM115 - closed at the end of the block

    @property
    def returncode(self) -> int | None:
        """As `subprocess` has it."""
        return self.process.exitcode

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for its end."""
        self.stdin.close()
        self.process.join()
        self.stdout.close()


class Running:
    """A `chao` beside an event loop, its standard error a pipe: what tests use of `asyncio.subprocess.Process`."""

    def __init__(self, process: ForkServerProcess, stderr: asyncio.StreamReader, pipe: asyncio.BaseTransport) -> None:
        self._process, self.stderr, self._pipe = process, stderr, pipe
        self._ended, self._loop = asyncio.Event(), asyncio.get_running_loop()
        self._loop.add_reader(process.sentinel, self._end)

    @staticmethod
    async def started(where: Where, *arguments: str) -> Running:
        """Run it with these arguments."""
        process, (said,) = forked([ERR], where, chao, *arguments)
        stderr = asyncio.StreamReader()
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stderr), os.fdopen(said, "rb", 0)
        )
        return Running(process, stderr, pipe)

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._process.exitcode

    def terminate(self) -> None:
        """SIGTERM."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self._signal(signal.SIGKILL)

    async def wait(self) -> int:
        """The exit code, once it has ended."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    def close(self) -> None:
        """Read no more of what it said."""
        self._pipe.close()

    def _signal(self, number: signal.Signals) -> None:
        if self.returncode is None and self._process.pid:
            # It may have ended a moment ago, and only the server that forked it knows.
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def _end(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._process.join()
        self._ended.set()
