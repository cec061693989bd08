"""Two `chao serve` on one PostgreSQL with 2,000 slash commands, one of them killed and started again in the middle.

`python -m benchmarks.replicas` prints these alone. The server keeps its promises (fsync on). A balancer spreads signed
commands, three of four of them flags; only what a replica refused to accept is passed to the other one.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.postgres import Server, server
from tests.slack.storm import Outcome, outlived

COMMANDS = 2_000


def main() -> int:
    """One run; prints what became of the commands."""
    with server(fsync="on") as running, tempfile.TemporaryDirectory() as home:
        _say(asyncio.run(_outcome(running, Path(home))))
    return 0


async def _outcome(running: Server, home: Path) -> Outcome:
    return await outlived(COMMANDS, await running.create(), home)


def _say(outcome: Outcome) -> None:
    print(f"{COMMANDS:,} commands, two replicas, one killed  {COMMANDS / outcome.seconds:6.0f}/s")
    there = len(outcome.lost & set(outcome.stored))
    print(
        f"  {len(outcome.answered):,} answered, {len(outcome.lost)} cut off on the killed one ({there} of them stored)"
    )
    print(f"  {outcome.refused} connections refused and asked elsewhere, {outcome.revived} by the one started again")
    print(f"  {len(outcome.confirmed):,} flags confirmed; missing {len(outcome.missing)}   target 0")
    print(f"  stored twice {len(outcome.doubled)}   target 0;  other errors {len(outcome.wrong)}   target 0")


if __name__ == "__main__":
    sys.exit(main())
