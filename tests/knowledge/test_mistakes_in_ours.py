"""Mistakes in the shipped files themselves, and which file is named when two hold the same record."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from tests.knowledge.mistakes import IN_ENGLISH, MALA_PAGA
from tests.knowledge.team import NINTH, NINTH_TEXT, SMALL, copy_of_ours, only_problem, problems, said, write


def _edit(path: Path, old: str, new: str) -> int:
    """Replace a text that stands once; the line on which it stood."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        (IN_ENGLISH, "our_part:", "our_port:", "our_port"),
        (IN_ENGLISH, 'subject: "Payment date for {invoice}"', 'subject: "About {invoices}"', "say.email.warm.subject"),
        (MALA_PAGA, "priority: 2", "priority: two", "priority"),
        (
            "principles.yaml",
            "archetypes: [abusivo, mala-paga]",
            "archetypes: [abusivo, x]",
            "combinations.0.archetypes.1",
        ),
        ("signs.yaml", "kind: language", "kind: tongue", "signs.24.kind"),
        ("law/es.yaml", "country: ES", "country: Spain", "country"),
        ("placeholders.yaml", "business_days: 5", "business_days: soon", "placeholders.10.business_days"),
    ],
)
def test_a_mistake_in_our_files_is_reported_where_it_is(
    name: str, old: str, new: str, key: str, tmp_path: Path
) -> None:
    ours = copy_of_ours(tmp_path / "ours")
    line = _edit(ours / name, old, new)
    problem = only_problem(None, ours)
    assert (problem.file, problem.line, problem.key) == (ours / name, line, key)


def test_a_name_that_two_of_ours_share_is_reported_in_one_of_them(tmp_path: Path) -> None:
    ours = copy_of_ours(tmp_path / "ours")
    _edit(ours / "archetypes/insaciable.yaml", "  zh: [", "  zh: [拖欠款, ")
    problem = only_problem(None, ours)
    assert problem.file.name in ("insaciable.yaml", "mala-paga.yaml")
    assert "`拖欠款`" in said(problem)
    assert "拖欠款" in problem.file.read_text("utf-8").splitlines()[problem.line - 1]


def test_our_mistake_is_ours_although_a_team_has_a_file_of_the_same_name(tmp_path: Path) -> None:
    ours = copy_of_ours(tmp_path / "ours")
    line = _edit(ours / IN_ENGLISH, "our_part:", "our_port:")
    team = write(tmp_path / "team", {IN_ENGLISH: "summary: It is late.\n", MALA_PAGA: "priority: 3\n"})
    problem = only_problem(team, ours)
    assert (problem.file, problem.line) == (ours / IN_ENGLISH, line)


def test_a_team_can_mend_our_mistake(tmp_path: Path) -> None:
    ours = copy_of_ours(tmp_path / "ours")
    _edit(ours / MALA_PAGA, "priority: 2", "priority: two")
    assert load(write(tmp_path / "team", {MALA_PAGA: "priority: 2\n"}), ours).archetypes["mala-paga"].priority == 2


@pytest.mark.parametrize("name", ["principles.yaml", "placeholders.yaml", "signs.yaml"])
def test_an_installation_without_one_of_our_files_says_which(name: str, tmp_path: Path) -> None:
    ours = write(tmp_path, SMALL)
    (ours / name).unlink()
    assert name in said(only_problem(None, ours))


def test_an_installation_without_our_folder_says_so(tmp_path: Path) -> None:
    assert all(str(tmp_path / "nowhere") in said(problem) for problem in problems(None, tmp_path / "nowhere"))


def test_a_file_that_is_missing_in_ours_may_be_the_teams(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", {name: text for name, text in SMALL.items() if name != "placeholders.yaml"})
    team = write(tmp_path / "team", {"placeholders.yaml": SMALL["placeholders.yaml"]})
    assert "greeting" in load(team, ours).placeholders


def test_a_ladder_that_a_team_changes_without_words_for_it_is_the_teams_mistake(tmp_path: Path) -> None:
    steps = "escalate:\n  - {step: friendly, after_days: 3, tone: warm}\n  - {step: sue, after_days: 9, tone: final}\n"
    team = write(tmp_path, {MALA_PAGA: steps})
    assert {problem.file for problem in problems(team)} == {team / MALA_PAGA}


def test_a_placeholder_without_words_in_a_scripts_language_is_reported(tmp_path: Path) -> None:
    placeholder = (
        "placeholders:\n  - id: deposit\n    texts: {en: {label: deposit, filled: 'the {value}', blank: it}}\n"
    )
    script = "say:\n  chat:\n    warm: Falta {deposit}.\n"
    team = write(tmp_path, {"placeholders.yaml": placeholder, "archetypes/mala-paga.es.yaml": script})
    assert "deposit" in said(only_problem(team))


def test_two_archetypes_in_one_file_name_are_one(tmp_path: Path) -> None:
    words = NINTH_TEXT.split("  es:\n")[-1].replace("\n    ", "\n")[4:]
    team = write(tmp_path, {NINTH: NINTH_TEXT, "archetypes/impaciente.en.yaml": words})
    assert list(load(team).archetypes["impaciente"].texts) == ["es", "en"]
