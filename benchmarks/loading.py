"""The understanding of all three languages: what it adds to a process, and how long the first question of each waits.

`python -m benchmarks.loading` prints this alone; what is loaded is the knowledge, as in every process of the bot.
"""

from __future__ import annotations

import time
from pathlib import Path

from bot.knowledge.source import KnowledgeSource
from bot.understanding.linear import LinearReader

FIRST = ("the client does not pay", "el cliente no paga", "客户不付款")
ASKED_MB, ASKED_SECONDS = 60, 1.5


def memory() -> float:
    """Megabytes that this process has in memory now."""
    said = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1_024 for line in said if line.startswith("VmRSS"))


def main() -> None:
    """Read a question in each language, and say what that took."""
    knowledge = KnowledgeSource().current()
    before, start = memory(), time.perf_counter()
    reader = LinearReader()
    for text in FIRST:
        reader.read(text, knowledge)
    seconds = time.perf_counter() - start
    print(f"understanding, three languages: {memory() - before:.0f} MB more (asked {ASKED_MB}), ", end="")
    print(f"loaded in {seconds:.2f} s (asked {ASKED_SECONDS})")


if __name__ == "__main__":
    main()
