"""Hot reload: a good edit takes effect, a bad one keeps the version in force and says what is wrong with it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.i18n.speech import Speech
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.source import KnowledgeSource
from tests.knowledge.mistakes import IN_ENGLISH, MALA_PAGA, SHAPES, UNREADABLE, Mistake
from tests.knowledge.mistakes_between import GAPS, NAMES, REFERENCES
from tests.knowledge.team import NINTH, NINTH_TEXT, said, write
from tests.support import Clock, our_knowledge

OURS = our_knowledge().current().playbook("mala-paga", "en").summary
BAD_DATE = next(mistake for mistake in SHAPES if mistake.title == "a day that does not exist")
CHOSEN = (*UNREADABLE[:2], UNREADABLE[4], UNREADABLE[11], SHAPES[0], NAMES[0], GAPS[0], REFERENCES[0], BAD_DATE)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return write(tmp_path / "team", {IN_ENGLISH: "summary: The first.\n"})


@pytest.fixture
def source(team: Path, ours: Path, clock: Clock) -> KnowledgeSource:
    return KnowledgeSource(team, ours, lambda: clock().timestamp())


def _summary(knowledge: Knowledge) -> str:
    return knowledge.playbook("mala-paga", "en").summary


def _edit(team: Path, summary: str) -> None:
    write(team, {IN_ENGLISH: f"summary: {summary}\n"})


def test_a_good_edit_takes_effect_after_a_second(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    before = source.current()
    _edit(team, "The second one.")
    clock.advance(seconds=0.9)
    assert source.current() is before
    clock.advance(seconds=0.1)
    with capture_logs() as logs:
        after = source.current()
    assert (_summary(before), _summary(after)) == ("The first.", "The second one.")
    assert [(line["event"], line["version"]) for line in logs] == [("knowledge_reloaded", after.version)]
    assert source.problems == ()


def test_nothing_is_loaded_again_while_nothing_changes(source: KnowledgeSource, clock: Clock) -> None:
    before = source.current()
    with capture_logs() as logs:
        for _ in range(100):
            clock.advance(seconds=2)
            assert source.current() is before
    assert logs == []


@pytest.mark.parametrize("mistake", CHOSEN, ids=str)
def test_a_bad_edit_keeps_the_version_in_force_and_says_why(
    mistake: Mistake, source: KnowledgeSource, team: Path, clock: Clock
) -> None:
    before = source.current()
    write(team, {mistake.file: mistake.text})
    clock.advance(seconds=1)
    with capture_logs() as logs:
        assert source.current() is before
    (problem,) = source.problems
    assert problem.file == team / mistake.file
    assert [(line["event"], line["log_level"]) for line in logs] == [("knowledge_kept", "error")]
    assert (logs[0]["file"], logs[0]["line"], logs[0]["key"]) == (problem.file.name, problem.line, problem.key)
    assert (logs[0]["wrong"], logs[0]["right"]) == (Speech("en")(problem.wrong), Speech("en")(problem.right))
    assert "exc_info" not in logs[0]


def test_mending_a_bad_edit_clears_the_problems(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    for text, count in (("sumary: The second.\n", 1), ("x: 1\ny: 2\n", 2), ("summary: The third one.\n", 0)):
        write(team, {IN_ENGLISH: text})
        clock.advance(seconds=1)
        source.current()
        assert len(source.problems) == count
    assert _summary(source.current()) == "The third one."


def test_taking_a_bad_edit_back_clears_the_problems(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    version = source.current().version
    write(team, {MALA_PAGA: "priority: high\n"})
    clock.advance(seconds=1)
    source.current()
    assert source.problems
    (team / MALA_PAGA).unlink()
    clock.advance(seconds=1)
    assert source.current().version == version
    assert source.problems == ()


def test_taking_a_misplaced_file_away_clears_the_problems(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    write(team, {"archetype/ghost.yaml": "id: ghost\n"})
    clock.advance(seconds=1)
    source.current()
    assert source.problems
    (team / "archetype/ghost.yaml").unlink()
    clock.advance(seconds=1)
    source.current()
    assert source.problems == ()


def test_a_bad_edit_is_logged_once(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    write(team, {MALA_PAGA: "priority: high\ncolour: red\n"})
    with capture_logs() as logs:
        for _ in range(5):
            clock.advance(seconds=1)
            source.current()
    assert sorted(line["key"] for line in logs) == ["colour", "priority"]
    assert len(source.problems) == 2


def test_the_log_holds_no_words_of_the_knowledge(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    write(team, {IN_ENGLISH: "say:\n  chat:\n    warm: Acme owes {sum}.\n"})
    clock.advance(seconds=1)
    with capture_logs() as logs:
        source.current()
    assert logs
    assert "Acme" not in repr(logs)


def test_two_edits_within_one_second_end_with_the_last(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    _edit(team, "The second one.")
    clock.advance(seconds=0.5)
    source.current()
    _edit(team, "The third one, longer.")
    clock.advance(seconds=0.5)
    assert _summary(source.current()) == "The third one, longer."


def test_an_edit_right_after_a_look_is_seen_at_the_next(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    _edit(team, "The second one.")
    clock.advance(seconds=1)
    assert _summary(source.current()) == "The second one."
    _edit(team, "The third one, longer.")
    clock.advance(seconds=0.4)
    assert _summary(source.current()) == "The second one."
    clock.advance(seconds=0.6)
    assert _summary(source.current()) == "The third one, longer."


def test_a_good_and_a_bad_edit_within_one_second_keep_the_older(
    source: KnowledgeSource, team: Path, clock: Clock
) -> None:
    _edit(team, "The second one.")
    write(team, {"law/es.yaml": "verified: maybe\n"})
    clock.advance(seconds=1)
    assert _summary(source.current()) == "The first."
    (team / "law/es.yaml").unlink()
    clock.advance(seconds=1)
    assert _summary(source.current()) == "The second one."


def test_a_file_swapped_for_one_of_the_same_size_and_age_is_seen(
    source: KnowledgeSource, team: Path, clock: Clock, tmp_path: Path
) -> None:
    path, state = team / IN_ENGLISH, (team / IN_ENGLISH).stat()
    swapped = write(tmp_path / "new", {"new.yaml": "summary: The other.\n"}) / "new.yaml"
    os.utime(swapped, ns=(state.st_atime_ns, state.st_mtime_ns))
    swapped.replace(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)
    clock.advance(seconds=1)
    assert _summary(source.current()) == "The other."


def test_a_deleted_file_brings_our_words_back(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    (team / IN_ENGLISH).unlink()
    clock.advance(seconds=1)
    assert _summary(source.current()) == OURS
    assert source.problems == ()


def test_a_new_file_is_found(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    write(team, {NINTH: NINTH_TEXT})
    clock.advance(seconds=1)
    assert "impaciente" in source.current().archetypes


def test_a_deleted_folder_keeps_the_version_in_force(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    (team / IN_ENGLISH).unlink()
    (team / IN_ENGLISH).parent.rmdir()
    team.rmdir()
    clock.advance(seconds=1)
    assert _summary(source.current()) == "The first."
    assert [problem.file for problem in source.problems] == [team]
    _edit(team, "The second one.")
    clock.advance(seconds=1)
    assert _summary(source.current()) == "The second one."


def test_a_link_to_nowhere_is_reported_and_keeps_the_version_in_force(
    source: KnowledgeSource, team: Path, clock: Clock
) -> None:
    (team / MALA_PAGA).symlink_to(team / "nowhere.yaml")
    write(team, {"law/es.yaml": "verified: true\n"})
    clock.advance(seconds=1)
    assert _summary(source.current()) == "The first."
    assert [problem.file.name for problem in source.problems] == ["mala-paga.yaml"]


def test_a_bad_start_is_refused_with_all_that_is_wrong(team: Path, ours: Path) -> None:
    write(team, {MALA_PAGA: "priority: high\n", "law/es.yaml": "verified: maybe\n"})
    with pytest.raises(KnowledgeError, match="2 problems") as caught:
        KnowledgeSource(team, ours)
    assert len({said(problem) for problem in caught.value.problems}) == 2


def test_without_a_team_our_files_are_watched(ours: Path, clock: Clock) -> None:
    source = KnowledgeSource(None, ours, lambda: clock().timestamp())
    clock.advance(seconds=5)
    assert _summary(source.current()) == OURS


def test_many_who_ask_at_once_get_a_good_version(source: KnowledgeSource, team: Path, clock: Clock) -> None:
    _edit(team, "The second one.")
    clock.advance(seconds=1)
    with ThreadPoolExecutor(8) as pool:
        seen = {_summary(knowledge) for knowledge in pool.map(lambda _: source.current(), range(200))}
    assert seen <= {"The first.", "The second one."}
    assert _summary(source.current()) == "The second one."
