"""Whatever stands in a team's file, loading ends with knowledge or with mistakes on its lines, never otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.knowledge.loader import OURS, load
from bot.knowledge.problems import KnowledgeError, Problem
from tests.knowledge.mistakes import IN_ENGLISH
from tests.knowledge.team import NINTH, NINTH_TEXT, SMALL, said, write

_KEYS = st.sampled_from(["id", "texts", "es", "aliases", "say", "email", "warm", "escalate", "steps", "x", "[key]", ""])
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.dates()
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.integers(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("team"), {})


def _problems(team: Path, ours: Path) -> list[Problem] | None:
    """None when the files are good; a refusal names at least one mistake."""
    try:
        load(team, ours)
    except KnowledgeError as error:
        return error.problems or pytest.fail("refused without a word")
    return None


def _load(team: Path, ours: Path, name: str, content: bytes) -> None:
    write(team, {name: content})
    lines = len(content.decode("utf-8", "replace").splitlines())
    found = _problems(team, ours)
    (team / name).unlink()
    for problem in found or ():
        assert 1 <= problem.line <= lines + 1 or problem.file != team / name
        assert "\n" not in said(problem)


@settings(max_examples=40)
@given(
    name=st.sampled_from([NINTH, "principles.yaml", "placeholders.yaml", "signs.yaml", "law/es.yaml"]),
    content=st.binary(max_size=60),
)
def test_any_bytes(small: Path, team: Path, name: str, content: bytes) -> None:
    _load(team, small, name, content)


@settings(max_examples=40)
@given(st.dictionaries(_KEYS, _VALUES, max_size=4))
@example({"texts": {"es": {"say": {"email": {"warm": {"subjet": "x"}}}}}})
@example({"texts": {"[key]": {}}, "aliases": {"es": {"[key]": 1}}})
def test_any_keys(small: Path, team: Path, content: dict[str, object]) -> None:
    _load(team, small, NINTH, yaml.safe_dump(content, allow_unicode=True).encode())


@pytest.mark.parametrize("text", [NINTH_TEXT, (OURS / IN_ENGLISH).read_text("utf-8")], ids=["archetype", "playbook"])
def test_a_file_that_is_only_half_written(text: str, small: Path, team: Path) -> None:
    name = NINTH if text == NINTH_TEXT else "archetypes/impaciente.en.yaml"
    content = text.encode()
    for size in range(0, len(content), max(1, len(content) // 30)):
        _load(team, small, name, content[:size])
