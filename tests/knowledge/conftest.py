"""Fixtures for the tests of the knowledge: a part of the shipped files, which loads faster than all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.team import copy_of_ours, write

_PRINCIPLES = """\
combinations:
  - id: abusivo-with-mala-paga
    archetypes: [abusivo, mala-paga]
    texts: {es: Los dos., en: Both., zh: 两个}
"""
_KEPT = ("abusivo", "mala-paga", "es", "placeholders")


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the shipped archetypes, the law of one place, one combination."""
    folder = copy_of_ours(tmp_path_factory.mktemp("knowledge") / "ours")
    for path in folder.rglob("*.yaml"):
        if path.name.split(".")[0] not in _KEPT:
            path.unlink()
    empty = {f"{name}.yaml": f"{name}: []\n" for name in ("signs", "intents", "orders")}
    return write(folder, {"principles.yaml": _PRINCIPLES, **empty})
