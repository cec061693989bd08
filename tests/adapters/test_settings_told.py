"""What an operator sets wrong is named at the start, and `chao doctor` finds all that stops `chao serve`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.test_cli import Run, chao, home

__all__ = ["chao", "home"]

WRONG = [
    ("CHAO_HTTP_PORT", "70000", "65535"),
    ("CHAO_HTTP_PORT", "-1", "0"),
    ("CHAO_LOCALE", "fr", "es, en or zh"),
    ("CHAO_LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING or ERROR"),
    ("SLACK_API_URL", "nonsense", "https://slack.com/api/"),
    ("SLACK_API_URL", "http://[::1/", "https://slack.com/api/"),
    ("DISCORD_API_URL", "discord.test/api", "https://discord.com/api/v10"),
    ("DISCORD_GATEWAY_URL", "https://gateway.discord.gg", "wss://gateway.discord.gg"),
    ("CHAO_GRACE_DAYS", "soon", "integer"),
]


@pytest.mark.parametrize(("name", "value", "right"), WRONG)
def test_a_value_that_does_not_fit_is_named_with_what_would(chao: Run, name: str, value: str, right: str) -> None:
    done = chao("serve", **{name: value})
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"chao: {name} is set wrong: ")
    assert right in done.stderr
    assert value == "-1" or value not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHAO_LOCALE", "es-MX"),
        ("CHAO_LOCALE", "zh_CN.UTF-8"),
        ("CHAO_LOG_LEVEL", "debug"),
        ("SLACK_API_URL", "http://127.0.0.1:9/api/"),
    ],
)
def test_a_value_that_fits_in_another_spelling_is_taken(chao: Run, name: str, value: str) -> None:
    assert chao("knowledge", "show", **{name: value}).returncode == 0


@pytest.mark.parametrize("command", [["ask", "hello"], ["chat"], ["serve"], ["knowledge", "show"]])
def test_settings_in_a_file_that_is_not_utf8_are_refused_in_one_line(chao: Run, home: Path, command: list[str]) -> None:
    (home / ".env").write_bytes("CHAO_LOCALE=es # español\n".encode("latin-1"))
    done = chao(*command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "chao: .env can't be read: save it as a file in UTF-8\n"


def test_the_first_setting_of_a_file_counts_behind_a_byte_order_mark(chao: Run, home: Path) -> None:
    (home / ".env").write_bytes(b"\xef\xbb\xbfCHAO_LOCALE=fr\n")
    assert "CHAO_LOCALE is set wrong" in chao("ask", "hello").stderr


def test_the_doctor_names_every_wrong_setting_and_still_looks_at_the_rest(chao: Run, home: Path) -> None:
    (home / ".env").write_bytes(b"\xff")
    done = chao("doctor", CHAO_LOCALE="fr", CHAO_GRACE_DAYS="xoxb-secret", DATABASE_URL="mysql://x")
    assert (done.returncode, done.stderr) == (1, "")
    failed = [line.removeprefix("FAIL  ").split(":")[0] for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert failed == [".env", "CHAO_LOCALE", "CHAO_GRACE_DAYS", "database"]
    assert "ok    knowledge" in done.stdout
    assert "ok    clock" in done.stdout
    assert "xoxb-secret" not in done.stdout


OAUTH = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2", "SLACK_SIGNING_SECRET": "x"}


@pytest.mark.parametrize("key", ["short", "", "ñ", "x" * 44])
def test_the_doctor_finds_a_key_that_serving_refuses(chao: Run, key: str) -> None:
    serving, doctor = chao("serve", **OAUTH, CHAO_SECRET_KEY=key), chao("doctor", **OAUTH, CHAO_SECRET_KEY=key)
    assert (serving.returncode, doctor.returncode) == (1, 1)
    assert "CHAO_SECRET_KEY is needed" in serving.stderr
    assert "FAIL  Slack: CHAO_SECRET_KEY is needed" in doctor.stdout


def test_half_of_slack_is_no_platform_and_no_nothing_either(chao: Run) -> None:
    tokens = {"SLACK_APP_TOKEN": "xapp-1"}
    for command in ("serve", "run"):
        done = chao(command, **tokens)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines()[-1].startswith("chao: SLACK_BOT_TOKEN is missing")
        assert "not Slack" not in done.stderr
    doctor = chao("doctor", **tokens)
    assert "FAIL  Slack: SLACK_BOT_TOKEN is missing" in doctor.stdout
    assert "no platform's token is set" not in doctor.stdout


@pytest.mark.parametrize("command", [["ask", "hello"], ["chat"], ["db", "upgrade"], ["doctor"]])
@pytest.mark.parametrize("url", ["sqlite:///:memory:", "sqlite:///file::memory:?cache=shared"])
def test_a_database_in_memory_is_refused_by_name(chao: Run, home: Path, command: list[str], url: str) -> None:
    done = chao(*command, DATABASE_URL=url)
    said = done.stdout if command == ["doctor"] else done.stderr
    (line,) = [line for line in said.splitlines() if "DATABASE_URL" in line]
    assert done.returncode == 1
    assert "in memory forgets everything" in line
    assert list(home.glob("*:*")) == []


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("", "this is a folder: name a file in it"),
        ("/text/chao.db", "make the file and its folder writable"),
    ],
)
def test_the_doctor_sends_nobody_to_the_doctor(chao: Run, home: Path, path: str, advice: str) -> None:
    (home / "text").write_text("no folder")
    done = chao("doctor", DATABASE_URL=f"sqlite:///{home}{path}")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert advice in line
    assert "chao doctor" not in line


def test_a_server_that_refuses_a_connection_comes_with_what_to_look_at(chao: Run) -> None:
    done = chao("doctor", DATABASE_URL="postgresql://chao:geheim@127.0.0.1:9/chao")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert "Connect call failed" in line
    assert "look whether the server runs there, and at DATABASE_URL" in line
    assert "geheim" not in line
