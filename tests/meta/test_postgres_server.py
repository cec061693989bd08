"""The tests' own PostgreSQL leaves nothing behind, however the tests end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.postgres import ROOT

HOLDS = """
import subprocess, sys
server = subprocess.Popen([sys.executable, "-m", "tests.postgres_server"], stdin=subprocess.PIPE)
server.wait()
"""


def test_a_server_ends_with_its_process_even_when_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS], cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        folder = Path(holder.stdout.readline().strip())
        postgres = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert Path(f"/proc/{postgres}").exists() or sys.platform != "linux"
        holder.kill()
        # The end of the server's own output: it has stopped and cleared away.
        assert holder.stdout.read() == ""
    assert holder.returncode == -signal.SIGKILL
    assert not folder.exists()
    assert not Path(f"/proc/{postgres}").exists()
