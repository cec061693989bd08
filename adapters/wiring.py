"""Builds what the commands share: logging, the database, the knowledge, the router."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog

from adapters.failure import CommandFailedError
from bot.delivery.deliveries import Deliveries
from bot.delivery.poster import Poster
from bot.delivery.sending import Sending
from bot.errors import UserError
from bot.features.registry import router
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.schema import Language
from bot.knowledge.source import KnowledgeSource
from bot.router import Router, Services, Watch, unwatched
from bot.settings import Settings
from bot.storage.database import UNREACHABLE, StorageError
from bot.storage.migrate import upgrade
from bot.storage.sqlite import SqliteDatabase, sqlite_engine, translated
from bot.summary.composer import SummaryComposer
from bot.understanding.bayes import BayesReader
from bot.wording import storage_message


def set_up_logs(level: str) -> None:
    """Log lines go to standard error; ids and lengths only."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
    )


def utc_now() -> datetime:
    """The clock of a running bot."""
    return datetime.now(UTC)


def default_language(settings: Settings, *tags: str) -> Language:
    """The first of these tags and CHAO_LOCALE that names a language we speak."""
    return choose(*tags, settings.locale)


def open_knowledge(settings: Settings, *, examples: bool = True) -> KnowledgeSource:
    """The knowledge in force; a mistake in it is said line by line. Without `examples` those are read when used."""
    try:
        return KnowledgeSource(settings.knowledge, examples=examples)
    except KnowledgeError as error:
        speech = Speech(default_language(settings))
        raise CommandFailedError("\n".join(problem_line(problem, speech) for problem in error.problems)) from error


def problem_line(problem: Problem, speech: Speech) -> str:
    """`file:line: key: what is wrong; what would be right`."""
    key = f"{problem.key}: " if problem.key else ""
    return f"{problem.file}:{problem.line}: {key}{speech(problem.wrong)}; {speech(problem.right)}"


def sqlite_file(settings: Settings) -> Path:
    """The embedded database's file; a URL of another kind is refused."""
    path = settings.sqlite_path
    if path is None:
        raise CommandFailedError("DATABASE_URL is not understood: write sqlite:///path/to/chao.db")
    return path


def prepare_database(path: Path) -> str:
    """Create the file's folder and bring its tables up to date; the revision."""
    engine = sqlite_engine(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return upgrade(engine)
    except OSError as error:
        raise StorageError(UNREACHABLE) from error
    except Exception as error:
        raise translated(error) from error
    finally:
        engine.dispose()


@asynccontextmanager
async def running_router(settings: Settings, language: Language, watch: Watch = unwatched) -> AsyncIterator[Router]:
    """A router on the embedded database, migrated first; closed when the block ends."""
    knowledge = open_knowledge(settings, examples=False)
    path = sqlite_file(settings)
    try:
        prepare_database(path)
    except StorageError as error:
        msg = f"{Speech(language)(storage_message(error.reason))} ({path})"
        raise CommandFailedError(msg) from error
    database = SqliteDatabase(path)
    try:
        yield router(Services(database, knowledge, BayesReader(), utc_now, language, watch))
    except UserError as error:
        speech = Speech(language)
        raise CommandFailedError(" ".join(speech(said) for said in (error.text, error.hint) if said)) from error
    finally:
        await database.close()


def deliveries(services: Services, posters: Mapping[str, Poster]) -> Deliveries:
    """What sends weekly summaries on these platforms, by the part of a workspace's key before its colon."""
    return Deliveries(Sending(services.database, posters, SummaryComposer(services)))
