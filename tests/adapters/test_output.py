"""Whoever reads an answer may go away, the disk may be full, and Ctrl-C may come at any moment: Python is not heard."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = ["slack manifest", "knowledge show mala-paga", "ask mala-paga", "doctor"]


def in_a_shell(line: str, home: Path, **env: str) -> tuple[str, str]:
    """What a line of bash prints on both streams, in which `chao` is the script."""
    script = f'chao() {{ {sys.executable} -m adapters.start "$@"; }}\n{line}'
    here = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **env}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=here, cwd=home, check=False)
    return done.stdout, done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_who_went_away_is_no_fault(command: str, unbuffered: str, tmp_path: Path) -> None:
    gone = f"exec 3> >(:); wait $!; chao {command} >&3; echo $?"
    assert in_a_shell(gone, tmp_path, PYTHONUNBUFFERED=unbuffered) == ("141\n", "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [*COMMANDS, "chat <<< /client"])
def test_a_full_disk_is_one_line(command: str, unbuffered: str, tmp_path: Path) -> None:
    out, err = in_a_shell(f"chao {command} 3>&1 >/dev/full; echo $?", tmp_path, PYTHONUNBUFFERED=unbuffered)
    assert out == "1\n"
    assert err == "chao: the answer can't be written (No space left on device): print to where there is room\n"


def test_who_closed_standard_output_before_it_began_wanted_none(tmp_path: Path) -> None:
    assert in_a_shell("(chao ask mala-paga >&-); echo $?", tmp_path) == ("0\n", "")


def test_help_that_nobody_reads_on_is_no_fault_either(tmp_path: Path) -> None:
    assert in_a_shell("exec 3> >(:); wait $!; chao --help >&3; echo $?", tmp_path) == ("141\n", "")


INTERRUPTING = """
import os, signal, sys

class Finder:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.path.insert(0, {root!r})
sys.meta_path.insert(0, Finder())
from adapters.start import main
sys.exit(main())
"""


@pytest.mark.parametrize("module", ["adapters.cli", "bot.router", "adapters.output", "adapters.asking"])
def test_ctrl_c_ends_a_question_without_a_word_while_it_loads_and_later(module: str, tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    command = [sys.executable, "-c", INTERRUPTING.format(module=module, root=str(ROOT)), "ask", "mala-paga"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
