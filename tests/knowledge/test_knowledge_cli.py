"""`chao knowledge check|show|schema`: what they print, where, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.failure import CommandFailedError
from adapters.knowledge_cli import KINDS, check, schema, show
from adapters.wiring import open_knowledge, problem_line
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.knowledge.loader import load
from bot.knowledge.problems import Problem
from bot.knowledge.schema import Language
from bot.settings import Settings
from tests.knowledge.mistakes import IN_ENGLISH, MALA_PAGA
from tests.knowledge.team import NINTH, NINTH_TEXT, write
from tests.support import our_knowledge

Capture = pytest.CaptureFixture[str]


def test_check_counts_our_knowledge_and_finds_nothing_wrong(capsys: Capture) -> None:
    assert check(None, Speech("en")) == 0
    out, err = capsys.readouterr()
    assert "playbooks     8 x 3: 24 of 24\n" in out
    assert "team's own    0\n" in out
    assert "gaps          0\n" in out
    assert err == ""


def test_check_names_the_teams_own_archetypes(tmp_path: Path, capsys: Capture) -> None:
    assert check(write(tmp_path, {NINTH: NINTH_TEXT}), Speech("en")) == 0
    assert "team's own    1: impaciente\n" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["es", "en", "zh"])
def test_check_says_every_mistake_in_one_line_and_fails(language: Language, tmp_path: Path, capsys: Capture) -> None:
    team = write(tmp_path, {IN_ENGLISH: "\nsumary: Late.\n", MALA_PAGA: "priority: high\n"})
    assert check(team, Speech(language)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{team / MALA_PAGA}:1", f"{team / IN_ENGLISH}:2"]
    assert "`summary`" in lines[1]


def test_check_of_a_folder_that_does_not_exist_fails(tmp_path: Path, capsys: Capture) -> None:
    assert check(tmp_path / "nowhere", Speech("en")) == 1
    assert capsys.readouterr().err.startswith(
        f"{tmp_path / 'nowhere'}:1: this folder does not exist; set CHAO_KNOWLEDGE"
    )


def test_check_names_each_gap_and_fails(tmp_path: Path, capsys: Capture) -> None:
    source = "sources: [{title: El Peruano, checked: 2026-11-24}]\n"
    text = f"id: pe\ncountry: PE\nverified: true\n{source}texts: {{es: [Treinta días.]}}\n"
    assert check(write(tmp_path, {"law/pe.yaml": text}), Speech("en")) == 1
    out, err = capsys.readouterr()
    assert err == "gap: law.pe.en: write it\ngap: law.pe.zh: write it\n"
    assert "gaps          2\n" in out


@pytest.mark.parametrize("language", ["es", "en", "zh"])
def test_show_lists_every_archetype_in_the_readers_language(language: Language, capsys: Capture) -> None:
    knowledge = our_knowledge().current()
    assert show(None, knowledge, Speech(language)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{name}: {knowledge.playbook(name, language).summary}" for name in knowledge.archetypes]


@pytest.mark.parametrize("name", ["mala-paga", "MALA PAGA", "bad payer", "moroso", "拖欠款"])
def test_show_prints_a_whole_playbook_by_any_of_its_names(name: str, capsys: Capture) -> None:
    knowledge = our_knowledge().current()
    assert show(name, knowledge, Speech("zh")) == 0
    out, playbook = capsys.readouterr().out, knowledge.playbook("mala-paga", "zh")
    lines = (*playbook.signals, *playbook.do_now, *playbook.goodbye.how, *playbook.prevent.price, *playbook.our_part)
    assert all(line in out for line in (playbook.name, playbook.summary, *lines))


def test_show_prints_a_teams_archetype_to_readers_of_another_language(
    tmp_path: Path, ours: Path, capsys: Capture
) -> None:
    knowledge = load(write(tmp_path, {NINTH: NINTH_TEXT}), ours)
    assert show("el de ayer", knowledge, Speech("en")) == 0
    assert "Todo lo quiere para ayer." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nobody", "", "x" * 3_000])
def test_show_of_an_unknown_name_says_which_there_are(name: str) -> None:
    with pytest.raises(CommandFailedError, match=r"mala-paga, .*pichirre"):
        show(name, our_knowledge().current(), Speech("en"))


def test_schema_prints_every_kind_of_file(capsys: Capture) -> None:
    assert schema(None) == 0
    assert set(json.loads(capsys.readouterr().out)) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_refuses_misspelt_keys_everywhere(kind: str, capsys: Capture) -> None:
    assert schema(kind) == 0
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    records = [printed, *(record for record in printed.get("$defs", {}).values() if record["type"] == "object")]
    assert all(record["additionalProperties"] is False and record["properties"] for record in records)


def test_schema_of_an_unknown_kind_says_which_there_are() -> None:
    with pytest.raises(CommandFailedError, match="archetype, playbook, principles, law, placeholders, examples, signs"):
        schema("laws")


@pytest.mark.parametrize(
    ("key", "line"), [("", "kb/a.yaml:3: wrong; right"), ("a.b", "kb/a.yaml:3: a.b: wrong; right")]
)
def test_a_problem_is_one_line(key: str, line: str) -> None:
    assert problem_line(Problem(Path("kb/a.yaml"), 3, key, N("wrong"), N("right")), Speech("en")) == line


def test_the_bot_starts_with_the_teams_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHAO_KNOWLEDGE", str(write(tmp_path, {NINTH: NINTH_TEXT})))
    assert "impaciente" in open_knowledge(Settings()).current().archetypes


def test_a_bot_that_cannot_start_says_every_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHAO_LOCALE", "es")
    team = write(tmp_path, {MALA_PAGA: "priority: high\ncolour: red\n"})
    monkeypatch.setenv("CHAO_KNOWLEDGE", str(team))
    with pytest.raises(CommandFailedError) as caught:
        open_knowledge(Settings())
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        [f"{team / MALA_PAGA}:1", "priority"],
        [f"{team / MALA_PAGA}:2", "colour"],
    ]
    assert "número entero" in lines[0]
