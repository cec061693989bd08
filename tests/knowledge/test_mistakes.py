"""Every mistake in a team's files is reported with its file, line and key, what is wrong and what would be right."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from bot.i18n.speech import Speech
from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.schema import LANGUAGES
from bot.knowledge.sources import read
from tests.knowledge.mistakes import IN_ENGLISH, MALA_PAGA, SHAPES, UNREADABLE, Mistake
from tests.knowledge.mistakes_between import GAPS, NAMES, PLACES, REFERENCES
from tests.knowledge.team import only_problem, problems, said, write

MISTAKES = (*UNREADABLE, *SHAPES, *NAMES, *GAPS, *REFERENCES, *PLACES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_reported_with_its_place_its_reason_and_the_remedy(
    mistake: Mistake, tmp_path: Path, ours: Path
) -> None:
    problem = only_problem(write(tmp_path, {mistake.file: mistake.text}), ours)
    say = Speech("en")
    assert mistake.wrong in say(problem.wrong)
    assert mistake.right in say(problem.right)
    assert say(problem.right) != "compare it with our own files"
    assert "Error" not in said(problem), "a class of Python tells a team nothing"
    for message in (problem.wrong, problem.right):
        assert len({Speech(language)(message) for language in LANGUAGES}) == 3
    assert "should be" not in said(problem), "what pydantic says is English only"
    assert (problem.file, problem.line, problem.key) == (tmp_path / mistake.file, mistake.line, mistake.key)


def test_what_other_tools_keep_beside_knowledge_is_no_mistake(tmp_path: Path, ours: Path) -> None:
    beside = {".github/workflows/check.yaml": "on: push\n", ".pre-commit-config.yaml": "", "archetypes/.x.yaml": ""}
    assert load(write(tmp_path, {**beside, "README.md": "Ours."}), ours).archetypes


def test_one_look_finds_the_mistakes_of_every_file(tmp_path: Path, ours: Path) -> None:
    files = {mistake.file: mistake.text for mistake in (UNREADABLE[0], SHAPES[0])} | {
        "law/es.yaml": "verified: maybe\n"
    }
    found = [(problem.file.name, problem.line) for problem in problems(write(tmp_path, files), ours)]
    assert sorted(found) == [("es.yaml", 1), ("mala-paga.en.yaml", 2), ("mala-paga.yaml", 2)]


@pytest.mark.parametrize("value", ["!!int many", "!!float much", "!!timestamp soon", "!!binary '*'", "9" * 5_000])
def test_a_value_that_yaml_itself_cannot_make_is_reported(value: str, tmp_path: Path, ours: Path) -> None:
    problem = only_problem(write(tmp_path, {MALA_PAGA: f"priority: {value}\n"}), ours)
    assert (problem.file.name, problem.line) == ("mala-paga.yaml", 1)


@pytest.mark.parametrize("size", [2, 9])
def test_a_bomb_of_aliases_does_no_harm(size: int, tmp_path: Path, ours: Path) -> None:
    letters = "abcdefghijklmnop"
    rows = [f"{a}: &{a} [{','.join([f'*{before}'] * size)}]" for before, a in pairwise(letters)]
    found = problems(write(tmp_path, {MALA_PAGA: "\n".join(["a: &a [x]", *rows])}), ours)
    assert [(problem.line, problem.key) for problem in found] == [(n, key) for n, key in enumerate(letters, 1)]


def test_an_alias_that_holds_itself_is_reported(tmp_path: Path, ours: Path) -> None:
    assert only_problem(write(tmp_path, {MALA_PAGA: "aliases: &a\n  en: *a\n"}), ours).line == 2


def test_aliases_that_hold_themselves_in_two_files_are_reported(tmp_path: Path, ours: Path) -> None:
    files = {MALA_PAGA: "texts:\n  en: &a\n    say: *a\n", IN_ENGLISH: "&b\nsay: *b\n"}
    assert {problem.file.parent.name for problem in problems(write(tmp_path, files), ours)} == {"archetypes"}


def test_hundreds_of_mistakes_in_one_file_are_reported_at_once(tmp_path: Path, ours: Path) -> None:
    text = "language: en\nexamples:\n  mala-paga:\n" + "    - 5\n" * 700
    started = time.process_time()
    found = problems(write(tmp_path, {"examples/own.yaml": text}), ours)
    assert time.process_time() - started < 1.5, "the file is parsed again for every mistake"
    assert [problem.line for problem in found] == list(range(4, 704))


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path, ours: Path) -> None:
    problem = only_problem(tmp_path / "nowhere", ours)
    assert (problem.file, problem.line) == (tmp_path / "nowhere", 1)
    assert "does not exist" in said(problem)
    assert "CHAO_KNOWLEDGE" in said(problem)


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path, ours: Path) -> None:
    write(tmp_path, {"knowledge.yaml": "id: mala-paga\n"})
    assert only_problem(tmp_path / "knowledge.yaml", ours).file == tmp_path / "knowledge.yaml"


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path, ours: Path) -> None:
    (tmp_path / MALA_PAGA).mkdir(parents=True)
    assert only_problem(tmp_path, ours).file == tmp_path / MALA_PAGA


@pytest.mark.parametrize("name", ["archetypes/impaciente.yml", "archetypes/impaciente.fr.yaml", "law/pe.yml"])
def test_a_file_that_nothing_reads_is_reported(name: str, tmp_path: Path, ours: Path) -> None:
    assert only_problem(write(tmp_path, {name: "principles: []\n"}), ours).file == tmp_path / name


def test_a_key_that_is_written_twice_is_reported(tmp_path: Path, ours: Path) -> None:
    text = "summary: The first one.\navoid: [Nothing.]\nsummary: The second one.\n"
    problem = only_problem(write(tmp_path, {IN_ENGLISH: text}), ours)
    assert (problem.file.name, problem.line) == ("mala-paga.en.yaml", 3)


def test_the_line_of_a_key_is_known_although_the_file_is_gone_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, {"law/es.yaml": "id: es\nverified: maybe\n"})
    document = read(tmp_path / "law/es.yaml")
    (tmp_path / "law/es.yaml").unlink()
    assert document.line(("verified",)) == 2


def test_a_file_that_is_gone_before_it_is_read_is_reported(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read(tmp_path / "gone.yaml")
    assert [problem.file for problem in caught.value.problems] == [tmp_path / "gone.yaml"]
