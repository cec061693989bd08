"""The `chao` command: every sub-command, exit codes, one line on standard error; and pipes between real processes."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from adapters.cli import main


@dataclass(frozen=True)
class Done:
    """What a finished command left."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]
READ_HERE = (
    "DATABASE_URL",
    "CHAO_KNOWLEDGE",
    "CHAO_LOCALE",
    "CHAO_LOG_LEVEL",
    "XDG_DATA_HOME",
    "LC_ALL",
    "LC_MESSAGES",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in READ_HERE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def chao(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    assert home.exists()

    def run(*args: str, text: str = "", **env: str) -> Done:
        with monkeypatch.context() as here:
            here.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
            for name, value in env.items():
                here.setenv(name, value)
            code = exit_code(list(args))
        out, err = capsys.readouterr()
        return Done(code, out, err)

    yield run
    structlog.reset_defaults()


def exit_code(args: list[str]) -> int:
    try:
        return main(args)
    except SystemExit as ended:
        return int(ended.code or 0)


def in_a_process(home: Path, *args: str, text: str = "") -> Done:
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "adapters.cli", *args]
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=env, cwd=home, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_conversation_from_a_pipe_is_kept_between_processes(home: Path) -> None:
    first = in_a_process(home, "chat", text='/client flag acme mala-paga "inv 104, 20 days late"\n/client show acme')
    assert first.returncode == 0
    assert "inv 104, 20 days late" in first.stdout
    assert first.stderr == ""
    assert "1 open flag" in in_a_process(home, "chat", text="/client show acme\n").stdout


def test_workspaces_do_not_see_each_other(chao: Run) -> None:
    chao("chat", "--workspace", "one", text="/client flag acme mala-paga\n")
    assert "I know no client" in chao("chat", "--workspace", "two", text="/client show acme\n").stdout


def test_a_pipe_that_closes_early_loses_nothing(home: Path) -> None:
    lines = "/client help\n" * 50 + "/client flag acme mala-paga\n"
    shell = f'printf "%s" "$LINES_IN" | {sys.executable} -m adapters.cli chat | head -1; echo "${{PIPESTATUS[*]}}"'
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LINES_IN": lines}
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, env=env, cwd=home, check=True)
    assert done.stdout.splitlines()[-1] == "0 0 0"
    assert done.stderr == ""
    with sqlite3.connect(home / ".local/share/chao/chao.db") as database:
        assert database.execute("SELECT count(*) FROM flags").fetchone() == (1,)
    database.close()


@pytest.mark.parametrize(("locale", "words"), [("es", "Qué hacer hoy"), ("en", "Do today"), ("zh", "今天就做")])
def test_ask_answers_in_the_language_asked_for(chao: Run, locale: str, words: str) -> None:
    assert words in chao("ask", "mala-paga", "--locale", locale).stdout


def test_ask_as_json_tells_what_was_understood(chao: Run) -> None:
    chao("chat", text="/client flag Acme mala-paga\n")
    answer = json.loads(chao("ask", "Acme hasn't paid in two months", "--json").stdout)
    assert set(answer) == {"archetypes", "abstained", "clients", "language", "answer", "sources"}
    assert answer["archetypes"][0]["id"] == "mala-paga"
    assert (answer["abstained"], answer["clients"], answer["language"]) == (False, ["Acme"], "en")
    assert "mala-paga.do_now.1" in answer["sources"]


@pytest.mark.parametrize("text", ["", "  ", "\x07", "\udcff", "x" * 3_001])
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_can_not_be_asked_fails_in_one_line(chao: Run, text: str, options: list[str]) -> None:
    done = chao("ask", text, *options)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert ("characters" if text.startswith("x") else "I need") in done.stderr


def test_half_a_character_in_a_question_is_left_out(chao: Run) -> None:
    done = chao("ask", "mala-paga\udcff")
    assert (done.returncode, "Do today" in done.stdout) == (0, True)


def test_evaluate_takes_half_a_character_as_json_has_it(chao: Run, home: Path) -> None:
    row = '{"text": "a\\ud800b", "labels": []}'
    (home / "rows.jsonl").write_text(row, "utf-8")
    assert chao("evaluate", "rows.jsonl", "--predictions", "out.jsonl").returncode == 0
    assert json.loads((home / "out.jsonl").read_text("utf-8"))["text"] == json.loads(row)["text"]


def test_a_byte_order_mark_before_a_command_is_no_part_of_it(chao: Run) -> None:
    assert "What I can do" in chao("chat", text="\ufeff/client help\n").stdout


@pytest.mark.parametrize(
    ("variables", "is_spanish"),
    [
        ({"CHAO_LOCALE": "es", "LANG": "en_US.UTF-8"}, True),
        ({"CHAO_LOCALE": "en", "LANG": "es_ES.UTF-8"}, False),
        ({"LANG": "es_ES.UTF-8"}, True),
        ({"LC_MESSAGES": "es_ES.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "es_ES.UTF-8", "LANG": "es_ES.UTF-8"}, False),
        ({"LC_ALL": "C", "LANG": "es_ES.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "es_ES.UTF-8"}, True),
    ],
)
def test_the_language_is_the_settings_else_the_systems(chao: Run, variables: dict[str, str], is_spanish: bool) -> None:
    assert ("Pasos, contando desde" in chao("knowledge", "show", "mala-paga", **variables).stdout) == is_spanish
    assert ("Qué puedo hacer" in chao("chat", text="/client help\n", **variables).stdout) == is_spanish


def test_serving_takes_the_systems_language_too(chao: Run) -> None:
    refused = chao("serve", DATABASE_URL="sqlite:////proc/none/chao.db", LANG="es_ES.UTF-8", DISCORD_TOKEN="t")  # noqa: S106
    assert "base de datos" in refused.stderr


def test_evaluate_prints_figures_and_writes_predictions(chao: Run, home: Path) -> None:
    rows = [
        {"text": "The client hasn't paid the invoice in two months", "labels": ["mala-paga"]},
        {"text": "where is the projector remote?", "labels": []},
    ]
    (home / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = chao("evaluate", "rows.jsonl", "--predictions", "out.jsonl", "--json")
    assert json.loads(done.stdout)["all"]["questions"] == 1
    first = json.loads((home / "out.jsonl").read_text("utf-8").splitlines()[0])
    assert set(first) == {"text", "labels", "ranked", "abstained"}
    assert len(first["ranked"]) == 8
    assert "known: of those, recognised" in chao("evaluate", "rows.jsonl").stdout


def test_predictions_that_cant_be_written_are_said_in_one_line(chao: Run, home: Path) -> None:
    (home / "rows.jsonl").write_text('{"text": "x", "labels": []}', "utf-8")
    done = chao("evaluate", "rows.jsonl", "--predictions", "no/folder/out.jsonl")
    assert done.returncode == 1
    assert (
        done.stderr == "chao: no/folder/out.jsonl can't be written: give --predictions a file in a folder that exists\n"
    )


@pytest.mark.parametrize("row", ["not json", '{"text": 1, "labels": []}', '{"text": "x", "labels": ["nope"]}', "[]"])
def test_a_bad_row_is_named_by_its_line(chao: Run, home: Path, row: str) -> None:
    (home / "rows.jsonl").write_text(row, "utf-8")
    done = chao("evaluate", "rows.jsonl")
    assert done.returncode == 1
    assert done.stderr.startswith("chao: rows.jsonl:1: ")
    assert chao("evaluate", "missing.jsonl").returncode == 1


def test_knowledge_is_checked_shown_and_described(chao: Run) -> None:
    done = chao("knowledge", "check")
    assert (done.returncode, "24 of 24" in done.stdout) == (0, True)
    assert "Pasos, contando desde" in chao("knowledge", "show", "mala-paga", "--locale", "es").stdout
    assert "insaciable:" in chao("knowledge", "show").stdout
    assert "$defs" in json.loads(chao("knowledge", "schema", "archetype").stdout)
    assert chao("knowledge", "show", "nope").returncode == 1
    assert chao("knowledge", "schema", "nope").returncode == 1


def test_a_bad_knowledge_folder_stops_the_start_with_file_and_line(chao: Run, home: Path) -> None:
    folder = home / "team" / "archetypes"
    folder.mkdir(parents=True)
    (folder / "mala-paga.en.yaml").write_text("sumary: x\n", "utf-8")
    done = chao("chat", text="/client help\n", CHAO_KNOWLEDGE="team")
    assert done.returncode == 1
    assert "mala-paga.en.yaml:1: sumary: no such key; did you mean `summary`?" in done.stderr
    doctor = chao("doctor", CHAO_KNOWLEDGE="team")
    assert doctor.returncode == 1
    assert "FAIL  knowledge" in doctor.stdout


def test_the_database_is_migrated_and_its_revision_told(chao: Run) -> None:
    assert chao("db", "current").stdout == "empty\n"
    assert chao("db", "upgrade").stdout == "0005\n"
    assert chao("db", "current").stdout == "0005\n"


def test_doctor_says_what_is_in_order(chao: Run) -> None:
    done = chao("doctor")
    assert done.returncode == 0
    assert "its tables will be made at the first start" in done.stdout
    chao("db", "upgrade")
    assert "(revision 0005)" in chao("doctor").stdout


def test_a_database_that_cannot_be_used_is_explained_in_one_line(chao: Run, home: Path) -> None:
    (home / "folder.db").mkdir()
    (home / "text.db").write_text("not a database, " * 200)
    for name in ("folder.db", "text.db", "text.db/below.db"):
        done = chao("chat", text="/client help\n", DATABASE_URL=f"sqlite:///{home / name}")
        assert done.returncode == 1
        assert done.stderr.startswith("chao: ")
        assert done.stderr.count("\n") == 1
        assert chao("doctor", DATABASE_URL=f"sqlite:///{home / name}").returncode == 1


def test_a_newer_database_is_left_alone(chao: Run, home: Path) -> None:
    chao("db", "upgrade")
    with sqlite3.connect(home / ".local/share/chao/chao.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    done = chao("chat", text="/client help\n")
    assert (done.returncode, "newer Chao" in done.stderr) == (1, True)
    assert "newer Chao" in chao("doctor").stdout


def test_serving_without_a_token_says_which_to_set(chao: Run) -> None:
    done = chao("serve")
    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN" in done.stderr
    assert "DISCORD_TOKEN" in done.stderr


def test_another_kind_of_database_url_is_refused(chao: Run) -> None:
    done = chao("chat", text="x\n", DATABASE_URL="mysql://x")
    assert (done.returncode, "sqlite:///" in done.stderr) == (1, True)


BAD_URLS = ("notaurl", "http://chao.example.com", "https://", "https://[::1")
USAGES = (
    [], ["nope"], ["chat", "--locale", "fr"], ["knowledge"], ["ask"], ["chat", "--workspace", "\udcff"],
    *(["slack", "manifest", "--http", url] for url in BAD_URLS),
)  # fmt: skip


@pytest.mark.parametrize("args", USAGES)
def test_wrong_usage_exits_with_two_and_one_line(chao: Run, args: list[str]) -> None:
    done = chao(*args)
    assert done.returncode == 2
    assert done.stderr.startswith("chao: ")
    assert done.stderr.count("\n") == 1


def test_run_without_tokens_is_chat(chao: Run) -> None:
    assert "What I can do" in chao("run", text="/client help\n").stdout


def test_a_setting_that_does_not_fit_is_named_and_not_quoted(chao: Run) -> None:
    done = chao("chat", CHAO_GRACE_DAYS="xoxb-secret")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("chao: CHAO_GRACE_DAYS is set wrong: ")
    assert "xoxb-secret" not in done.stderr
