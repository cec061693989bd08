"""Whoever reads an answer may go away, the disk may be full, and Ctrl-C may come at any moment: Python is not heard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = ["slack manifest", "knowledge show mala-paga", "knowledge schema", "ask mala-paga", "doctor"]


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


@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.3, 0.6, 1.0])
def test_ctrl_c_ends_a_question_without_a_word_at_whatever_moment_it_comes(seconds: float, tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); print(end='.', flush=True); from adapters.start import main; "
    )
    command = [sys.executable, "-c", f"{code}sys.exit(main())", "ask", "mala-paga"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=tmp_path) as chao:
        assert chao.stdout
        chao.stdout.read(1)
        try:
            chao.wait(seconds)
        except subprocess.TimeoutExpired:
            chao.send_signal(signal.SIGINT)
        _, err = chao.communicate()
    assert (chao.returncode in (0, 130), err) == (True, b"")
    assert seconds > 0.2 or chao.returncode == 130
