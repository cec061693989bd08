"""The `chao` script: loads without collecting, then collects as ever."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from adapters.start import LOOK_AFTER, loading


def test_nothing_is_collected_while_loading_and_everything_after() -> None:
    before = gc.get_threshold()
    assert gc.isenabled()
    with loading():
        assert not gc.isenabled()
    assert (gc.isenabled(), gc.get_threshold()[0]) == (True, LOOK_AFTER)
    gc.unfreeze()
    gc.set_threshold(*before)


def test_the_script_runs_a_command_and_hands_its_exit_code_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "adapters.start", "knowledge", "show", "nope"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr.startswith("chao: ")) == (1, True)
