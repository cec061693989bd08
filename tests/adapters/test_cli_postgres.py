"""The `chao` command with PostgreSQL: the same commands, and moving there from SQLite and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.adapters.test_cli import Run, chao, home
from tests.postgres import Server

__all__ = ["chao", "home"]


@pytest.fixture
def url(postgres: Server) -> str:
    """A new database with nothing in it, and a password that nobody should see."""
    return asyncio.run(postgres.create()).replace("chao@", "chao:geheim@")


def test_a_conversation_is_kept_on_the_server(chao: Run, url: str) -> None:
    said = chao("chat", text='/client flag acme mala-paga "inv 104"\n', DATABASE_URL=url)
    assert (said.returncode, said.stderr) == (0, "")
    assert "inv 104" in chao("chat", text="/client show acme\n", DATABASE_URL=url).stdout
    assert "I know no client" in chao("chat", text="/client show acme\n").stdout


def test_the_database_is_migrated_and_its_revision_told(chao: Run, url: str) -> None:
    assert chao("db", "current", DATABASE_URL=url).stdout == "empty\n"
    assert "its tables will be made" in chao("doctor", DATABASE_URL=url).stdout
    for action in ("upgrade", "upgrade", "current"):
        assert chao("db", action, DATABASE_URL=url).stdout == "0005\n"
    done = chao("doctor", DATABASE_URL=url)
    assert "(revision 0005)" in done.stdout
    assert "geheim" not in done.stdout + done.stderr


def test_an_installation_moves_to_the_server_and_back(chao: Run, url: str, home: Path) -> None:
    chao("chat", text="/client flag acme mala-paga\n/client flag globex abusivo\n/client undo\n")
    file = f"sqlite:///{home / '.local/share/chao/chao.db'}"
    moved = chao("db", "copy", file, url)
    assert (moved.returncode, moved.stderr) == (0, "")
    assert moved.stdout.splitlines()[-1].endswith("counts and checksums agree")
    assert "geheim" not in moved.stdout
    assert "1 open flag" in chao("chat", text="/client show acme\n", DATABASE_URL=url).stdout
    assert "Taken back: `flag`" in chao("chat", text="/client undo\n", DATABASE_URL=url).stdout
    back = chao("db", "copy", url, f"sqlite:///{home / 'back' / 'chao.db'}")
    assert back.returncode == 0
    again = chao("db", "copy", file, url)
    assert (again.returncode, again.stdout, again.stderr.count("\n")) == (1, "", 1)
    assert "TO is not empty" in again.stderr


MISTAKES: dict[str, Callable[[str], str]] = {
    "no_such_database": lambda url: url.replace("/chao_", "/no_such_database_"),
    "no_such_role": lambda url: url.replace("chao:", "no_such_role:"),
    "nowhere.invalid": lambda _: "postgresql://chao:geheim@nowhere.invalid/chao",
    "unrecognized configuration parameter": lambda url: f"{url}&no_such_option=1",
}


@pytest.mark.parametrize("words", MISTAKES)
def test_a_server_that_can_not_be_used_is_explained_in_one_line(chao: Run, url: str, words: str) -> None:
    wrong = MISTAKES[words](url)
    for command in (["chat"], ["db", "current"], ["db", "upgrade"]):
        done = chao(*command, text="/client help\n", DATABASE_URL=wrong)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert words in done.stderr
        assert "geheim" not in done.stderr
    doctor = chao("doctor", DATABASE_URL=wrong)
    assert doctor.returncode == 1
    assert words in doctor.stdout


def test_a_standby_is_no_place_to_write(chao: Run, url: str, postgres: Server) -> None:
    chao("db", "upgrade", DATABASE_URL=url)
    name = url.partition("@/")[2].partition("?")[0]
    asyncio.run(postgres.tell(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    doctor = chao("doctor", DATABASE_URL=url)
    assert (doctor.returncode, "no standby" in doctor.stdout) == (1, True)
    assert "read-only" in chao("chat", text="/client flag acme mala-paga\n", DATABASE_URL=url).stdout


@pytest.mark.parametrize("wrong", ["mysql://x", "sqlite://", "chao.db", "postgres:chao"])
def test_a_url_that_is_not_understood_is_named_with_its_place(chao: Run, wrong: str) -> None:
    assert "DATABASE_URL is not understood" in chao("db", "current", DATABASE_URL=wrong).stderr
    assert "chao: FROM is not understood" in chao("db", "copy", wrong, "sqlite:///x.db").stderr
    assert "chao: TO is not understood" in chao("db", "copy", "sqlite:///x.db", wrong).stderr


def test_a_setting_that_is_wrong_is_named_without_its_value(chao: Run) -> None:
    done = chao("db", "current", CHAO_KEEP_FLAGS_DAYS="7")
    assert done.returncode == 1
    assert done.stderr == "chao: CHAO_KEEP_FLAGS_DAYS is set wrong: Input should be greater than or equal to 90\n"
    assert "geheim" not in chao("db", "current", CHAO_KEEP_AUDIT_DAYS="geheim").stderr
