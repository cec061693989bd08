"""Whoever reads an answer may go away, the disk may be full, and Ctrl-C may come at any moment: Python is not heard."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog

from adapters.cli import main
from tests.adapters.test_cli import home

__all__ = ["home"]

ROOT = Path(__file__).parents[2]
COMMANDS = ["slack manifest", "knowledge show mala-paga", "ask mala-paga", "doctor"]
FULL = "chao: the answer can't be written (No space left on device): print to where there is room\n"


def in_a_shell(line: str, home: Path, **env: str) -> tuple[str, str]:
    """What a line of bash prints on both streams, in which `chao` is the script."""
    script = f'chao() {{ {sys.executable} -m adapters.start "$@"; }}\n{line}'
    here = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **env}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=here, cwd=home, check=False)
    return done.stdout, done.stderr


@contextmanager
def printing(monkeypatch: pytest.MonkeyPatch, file: int, *, unbuffered: bool) -> Iterator[None]:
    """Standard output is this file; at the end what is left is flushed, which a process that ends does too."""
    raw = io.FileIO(file, "w")
    out = io.TextIOWrapper(raw if unbuffered else io.BufferedWriter(raw), write_through=unbuffered)
    with out, monkeypatch.context() as here:
        here.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"/client\n")))
        here.setattr("sys.stdout", out)
        yield
    structlog.reset_defaults()


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_who_went_away_is_no_fault(
    command: str, unbuffered: bool, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert home.exists()
    reader, writer = os.pipe()
    os.close(reader)
    with printing(monkeypatch, writer, unbuffered=unbuffered):
        assert main(command.split()) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize("command", [*COMMANDS, "chat"])
def test_a_full_disk_is_one_line(
    command: str, unbuffered: bool, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert home.exists()
    with printing(monkeypatch, os.open("/dev/full", os.O_WRONLY), unbuffered=unbuffered):
        assert main(command.split()) == 1
    assert capsys.readouterr().err == FULL


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_so_it_is_of_a_process(unbuffered: str, tmp_path: Path) -> None:
    gone = "exec 3> >(:); wait $!; chao slack manifest >&3; echo $?"
    full = "chao slack manifest 3>&1 >/dev/full; echo $?"
    assert in_a_shell(gone, tmp_path, PYTHONUNBUFFERED=unbuffered) == ("141\n", "")
    assert in_a_shell(full, tmp_path, PYTHONUNBUFFERED=unbuffered) == ("1\n", FULL)


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
