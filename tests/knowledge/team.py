"""A team's folder of knowledge files as the tests write it, and what the loader says of it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.wiring import problem_line
from bot.i18n.speech import Speech
from bot.knowledge.loader import OURS, load
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.schema import Language

NINTH = "archetypes/impaciente.yaml"
NINTH_TEXT = """\
id: impaciente
priority: 9
aliases:
  es: [impaciente, el de ayer]
texts:
  es:
    name: patrón de prisa permanente
    nickname: impaciente
    summary: Todo lo quiere para ayer.
    signals: [Llama antes de que se enfríe el correo.]
    do_now: [Acuerda una fecha por escrito.]
    say:
      chat:
        warm: "{greeting} lo tienes el {in_2_days}."
"""
SMALL = {
    "principles.yaml": "principles: []\n",
    "placeholders.yaml": (
        "placeholders:\n"
        "  - id: greeting\n"
        "    texts: {es: {label: contacto, filled: 'Hola, {value}:', blank: 'Hola:'}}\n"
        "  - id: in_2_days\n"
        "    business_days: 2\n"
        "    texts: {es: {label: fecha}}\n"
    ),
    "signs.yaml": "signs: []\n",
    "intents.yaml": "intents: []\n",
    "orders.yaml": "orders: []\n",
    NINTH: NINTH_TEXT,
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write these files under a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def copy_of_ours(folder: Path) -> Path:
    """The shipped files, copied to where a test may spoil them."""
    shutil.copytree(OURS, folder)
    return folder


def problems(team: Path | None, ours: Path = OURS) -> list[Problem]:
    """The mistakes that loading finds; the test fails when there are none, or when anything else is raised."""
    with pytest.raises(KnowledgeError) as caught:
        load(team, ours)
    assert caught.value.problems, "refused without a word"
    return caught.value.problems


def only_problem(team: Path | None, ours: Path = OURS) -> Problem:
    """The one mistake that loading finds."""
    found = problems(team, ours)
    assert len(found) == 1, [said(problem) for problem in found]
    return found[0]


def said(problem: Problem, language: Language = "en") -> str:
    """A mistake as a person reads it."""
    return problem_line(problem, Speech(language))
