"""Slack: signed slash commands over HTTP to `chao serve`, beside a bare Bolt app that only acknowledges them.

`python -m benchmarks.slack` prints these alone. Every server is a process of its own on uvloop; all are asked in turn.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple

import uvloop

from benchmarks.insert import BareInsert
from benchmarks.load import load
from tests.slack.loopback import loopback
from tests.slack.payloads import form, signature, slash_body
from tests.slack.process import LISTENING, environment, over_http

ROUNDS, CLIENTS, TOGETHER, INSERTS = 7, 200, 32, 200
BARE, BEFORE, CHAO = "bare Bolt, default", "bare Bolt, process_before_response", "chao"
SERVERS = {
    BARE: ["benchmarks.slack_bare"],
    BEFORE: ["benchmarks.slack_bare", "before"],
    CHAO: ["adapters.start", "serve"],
}
NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A running one. `ready`: seconds from its start to its first answer."""

    name: str
    process: asyncio.subprocess.Process
    port: int
    ready: float

    def worked(self) -> float:
        """Seconds of processor time that it has taken, its own and the system's for it."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes that it has in memory now."""
        said = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1_024 for line in said if line.startswith("VmRSS"))


@dataclass(frozen=True)
class Case:
    """What is asked of whom, how often a round, and what stands in each answer."""

    name: str
    server: str
    at_once: int
    often: int
    text: Callable[[], str]
    expected: bytes = b""


class Asked(NamedTuple):
    """One round of a case: answers a second, half and 99 of 100 within (ms), processor time of each (µs)."""

    rate: float
    middle: float
    last: float
    work: float


def show() -> str:
    """One client with three flags."""
    return "show acme"


def flag() -> str:
    """A new flag on one of many clients."""
    number = next(NUMBERS)
    return f'flag "client {number % CLIENTS}" mala-paga "inv {number}, 20 days late"'


CASES = [
    *(Case(BARE, BARE, at_once, often, show) for at_once, often in ((1, 60), (TOGETHER, 960))),
    *(Case(BEFORE, BEFORE, at_once, often, flag) for at_once, often in ((1, 400), (TOGETHER, 1_920))),
    *(Case("chao show", CHAO, at_once, often, show, b"mala-paga") for at_once, often in ((1, 400), (TOGETHER, 1_920))),
    *(Case("chao flag", CHAO, at_once, often, flag, b"is flagged") for at_once, often in ((1, 400), (TOGETHER, 1_920))),
]


def request(text: str) -> bytes:
    """A signed `/client` line as it goes over the wire."""
    body, kind = form(slash_body(text))
    head = {"Host": "localhost", "Content-Type": kind, "Content-Length": str(len(body)), **signature(body)}
    lines_of = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"POST /slack/events HTTP/1.1\r\n{lines_of}\r\n{body}".encode()


@asynccontextmanager
async def running(name: str, home: Path, api_url: str) -> AsyncIterator[Server]:
    """A server that has answered once; ended with the block."""
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *SERVERS[name], stderr=asyncio.subprocess.PIPE,
        env=environment(home, **over_http(api_url, CHAO_HTTP_PORT="0")),
    )  # fmt: skip
    try:
        assert process.stderr
        while not (line := (await process.stderr.readline()).decode()).startswith(LISTENING):
            assert line, "it ended"
        port = int(line.rpartition(":")[2])
        await load(port, 1, [request("flag acme mala-paga first")], b"")
        yield Server(name, process, port, time.perf_counter() - start)
    finally:
        process.terminate()
        await process.communicate()


async def main() -> None:
    """Start all, fill ours, ask each in turn, say what came of it."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=Path.cwd()))
        slack = await stack.enter_async_context(loopback())
        servers = {
            name: await stack.enter_async_context(running(name, Path(folder), slack.api_url)) for name in SERVERS
        }
        await load(
            servers[CHAO].port, 1, [request(f"flag acme mala-paga {number}") for number in range(2)], b"is flagged"
        )
        bare = stack.enter_context(closing(BareInsert(Path(folder) / "bare.db")))
        rounds, inserts = [], []
        for _ in range(ROUNDS + 1):
            inserts.append(bare.middle(INSERTS))
            rounds.append([await _asked(servers[case.server], case) for case in CASES])
        for at_once in (1, TOGETHER):
            columns = zip(CASES, *rounds[1:], strict=True)
            _print({case.name: own for case, *own in columns if case.at_once == at_once}, at_once)
        print(f"one insert with fsync, without a bot     p50 {median(inserts[1:]):6.2f} ms: no flag alone is faster")
        for server in servers.values():
            print(f"{server.name:36} ready {server.ready:5.2f} s   {server.memory():4.0f} MB")


async def _asked(server: Server, case: Case) -> Asked:
    requests = [request(case.text()) for _ in range(case.often)]
    before = server.worked()
    made = await load(server.port, case.at_once, requests, case.expected)
    return Asked(made.rate, made.middle, made.last, (server.worked() - before) / case.often * 1e6)


def _print(cases: dict[str, list[Asked]], at_once: int) -> None:
    """Medians of the rounds; the ratio is to the bare app that answers as ours does."""
    for name, rounds in cases.items():
        ratio = median(own.rate / bare.rate for own, bare in zip(rounds, cases[BEFORE], strict=True))
        rate, middle, last, work = (median(column) for column in zip(*rounds, strict=True))
        print(
            f"{name:36} {at_once:2} at once {rate:7.0f}/s {ratio:5.2f}"
            f"  p50 {middle:6.2f}  p99 {last:6.2f} ms  {work:5.0f} µs of CPU"
        )


def run() -> None:
    """On uvloop, as the servers are: the client is to take little of the time."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())


if __name__ == "__main__":
    run()
