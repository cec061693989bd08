"""`chao doctor`: what is in order, what is not, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime

from adapters import wiring
from adapters.configured import Fault
from adapters.failure import CommandFailedError
from bot.i18n.speech import Speech
from bot.knowledge.checks import gaps
from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from bot.settings import Settings
from bot.storage.database import UNREACHABLE, StorageError
from bot.storage.location import ENCODE, Location, SqliteFile
from bot.storage.migrate import revisions
from bot.wording import storage_message

Finding = tuple[bool, str, str]
EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)


async def run(settings: Settings, faults: Sequence[Fault] = ()) -> int:
    """Print every finding, what is set wrong first; 1 when one of them is a failure."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_knowledge, _platforms, _clock)
    findings: list[Finding] = [(False, *fault) for fault in faults]
    findings += [await _database(settings), *(finding for check in checks for finding in check(settings))]
    findings += [finding async for finding in _served(settings)]
    for is_good, what, advice in findings:
        sys.stdout.write(f"{'ok  ' if is_good else 'FAIL'}  {what}{f': {advice}' if advice else ''}\n")
    return 0 if all(is_good for is_good, _, _ in findings) else 1


async def _database(settings: Settings) -> Finding:
    try:
        location = wiring.located_at(settings.data_url)
    except CommandFailedError as error:
        return False, "database", str(error)
    try:
        revision, is_writable = await location.revision(), await location.is_writable()
    except StorageError as error:
        return False, f"database {location.name}", _database_advice(error, location)
    if revision is not None and revision not in revisions():
        return False, f"database {location.name}", "a newer Chao wrote it: install that version again"
    what = f"database {location.name}{f' (revision {revision})' if revision else ''}"
    if is_writable:
        return True, what, "" if revision else "its tables will be made at the first start"
    if isinstance(location, SqliteFile):
        return False, what, "make the file and its folder writable"
    return False, what, "let its role create and write tables there, on a server that is no standby"


def _database_advice(error: StorageError, location: Location) -> str:
    """What it complains of, and what to look at; whoever reads this is whom other people are sent to."""
    said = wiring.complaint(error, location)
    if isinstance(error.__cause__, OSError) and said:
        return f"{said}: look whether the server runs there, and at DATABASE_URL"
    if said:
        return said if said == ENCODE or error.reason != UNREACHABLE else f"{said}: look at DATABASE_URL"
    if isinstance(location, SqliteFile) and location.path.is_dir():
        return f"this is a folder: name a file in it, as sqlite:///{location.path / 'chao.db'}"
    if error.reason == UNREACHABLE:
        return "it can't be opened: name a file in a folder that Chao may write to, in DATABASE_URL"
    return Speech("en")(storage_message(error.reason))


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
    """Only that none is set: each that is has lines of its own."""
    if not settings.has_platform:
        yield True, "platforms", "no platform's token is set: `chao chat` works, `chao serve` needs one"


async def _served(settings: Settings) -> AsyncIterator[Finding]:
    # Imported late: who uses none of them need not load them.
    if settings.has_slack:
        from adapters.slack import doctor as slack

        async for finding in slack.findings(settings):
            yield finding
    if settings.llm_url:
        from adapters import model_doctor

        async for finding in model_doctor.findings(settings):
            yield finding
    if settings.has_discord:
        from adapters.discord import doctor as discord

        async for finding in discord.findings(settings):
            yield finding


def _clock(_settings: Settings) -> Iterator[Finding]:
    now = wiring.utc_now()
    is_plausible = now > EARLIEST
    yield is_plausible, f"clock {now:%Y-%m-%d %H:%M} UTC", "" if is_plausible else "set this machine's clock"
