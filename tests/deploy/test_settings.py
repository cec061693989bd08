"""Operators find every setting described, and nothing that is shipped sets one that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
FILES = [path for path in sorted((ROOT / "deploy").rglob("*")) if path.is_file()]
# An underscore before the name makes it part of another.
NAMES = re.compile(r"(?<![A-Z_-])(?:DATABASE_URL|(?:CHAO|SLACK|DISCORD)_[A-Z]+(?:_[A-Z]+)*)(?![A-Za-z])")
KNOWN = {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_the_settings_table_is_complete_and_true() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(KNOWN)


@pytest.mark.parametrize("path", [ROOT / "docs" / "deploy.md", *FILES], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_variable_that_is_named_exists(path: Path) -> None:
    assert set(NAMES.findall(path.read_text("utf-8"))) <= KNOWN


def test_the_table_gives_the_defaults() -> None:
    for field in Settings.model_fields.values():
        if isinstance(field.default, int) and field.default and not isinstance(field.default, bool):
            assert re.search(rf"^\| `{field.validation_alias}` \|.*\| {field.default} \|", PAGE, re.MULTILINE)


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAO_HTTP_PORT", "")
    monkeypatch.setenv("CHAO_GRACE_DAYS", "")
    monkeypatch.setenv("DISCORD_TOKEN", "")
    settings = Settings()
    assert (settings.http_port, settings.grace_days, settings.secret("discord_token")) == (None, 0, "")
