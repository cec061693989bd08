"""`chao doctor` and `chao db`: what is in order, what is not, and what to do about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from adapters import wiring
from adapters.failure import CommandFailedError
from bot.i18n.speech import Speech
from bot.knowledge.checks import gaps
from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from bot.settings import Settings
from bot.storage.database import StorageError
from bot.storage.migrate import current, revisions
from bot.storage.sqlite import sqlite_engine, translated
from bot.wording import storage_message

Finding = tuple[bool, str, str]
EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)


def database(action: str, settings: Settings) -> int:
    """`chao db upgrade` and `chao db current`: the revision on standard output."""
    path = wiring.sqlite_file(settings)
    try:
        revision = wiring.prepare_database(path) if action == "upgrade" else revision_of(path)
    except StorageError as error:
        msg = f"{Speech('en')(storage_message(error.reason))} ({path})"
        raise CommandFailedError(msg) from error
    sys.stdout.write(f"{revision or 'empty'}\n")
    return 0


def revision_of(path: Path) -> str | None:
    """The revision of a database file; None when there is no file or nothing in it."""
    if not path.exists():
        return None
    engine = sqlite_engine(path)
    try:
        with engine.connect() as connection:
            return current(connection)
    except Exception as error:
        raise translated(error) from error
    finally:
        engine.dispose()


def run(settings: Settings) -> int:
    """Print every finding; 1 when one of them is a failure."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_database, _knowledge, _platforms, _clock)
    findings = [finding for check in checks for finding in check(settings)]
    for is_good, what, advice in findings:
        sys.stdout.write(f"{'ok  ' if is_good else 'FAIL'}  {what}{f': {advice}' if advice else ''}\n")
    return 0 if all(is_good for is_good, _, _ in findings) else 1


def _database(settings: Settings) -> Iterator[Finding]:
    path = wiring.sqlite_file(settings)
    try:
        revision = revision_of(path)
    except StorageError as error:
        yield False, f"database {path}", Speech("en")(storage_message(error.reason))
        return
    if revision is None:
        folder = next(parent for parent in path.parents if parent.exists())
        can_write = folder.is_dir() and os.access(folder, os.W_OK)
        yield (
            can_write,
            f"database {path}",
            "it will be made at the first start" if can_write else f"make {folder} a folder that can be written",
        )
    elif revision not in revisions():
        yield False, f"database {path}", "a newer Chao wrote it: install that version again"
    else:
        is_writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        yield (
            is_writable,
            f"database {path} (revision {revision})",
            "" if is_writable else "make the file and its folder writable",
        )


def _knowledge(settings: Settings) -> Iterator[Finding]:
    speech = Speech(wiring.default_language(settings))
    try:
        knowledge = load(settings.knowledge)
    except KnowledgeError as error:
        for problem in error.problems:
            yield False, "knowledge", wiring.problem_line(problem, speech)
        return
    lacking = gaps(knowledge)
    count = len(knowledge.archetypes)
    yield (
        not lacking,
        f"knowledge {knowledge.version} ({count} archetypes)",
        f"write {', '.join(lacking)}" if lacking else "",
    )


def _platforms(settings: Settings) -> Iterator[Finding]:
    advice = "" if settings.has_platform else "no platform's token is set: `chao chat` works, `chao serve` needs one"
    yield True, "platforms", advice


def _clock(_settings: Settings) -> Iterator[Finding]:
    now = wiring.utc_now()
    is_plausible = now > EARLIEST
    yield is_plausible, f"clock {now:%Y-%m-%d %H:%M} UTC", "" if is_plausible else "set this machine's clock"
