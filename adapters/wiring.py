"""Builds what the commands share: logging, the database, the knowledge, the router."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from adapters.failure import CommandFailedError
from adapters.library_log import speak_for_libraries
from bot.errors import UserError
from bot.features.registry import router
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.schema import Language
from bot.knowledge.source import KnowledgeSource
from bot.router import Router, Services, Watch, unwatched
from bot.settings import Settings
from bot.storage.database import StorageError
from bot.storage.location import ForgetfulUrlError, Location, PostgresServer, UnknownUrlError, located
from bot.understanding.linear import LinearReader
from bot.wording import storage_message

if TYPE_CHECKING:
    from bot.advisor.advisor import Advisor
    from bot.delivery.deliveries import Deliveries
    from bot.delivery.poster import Poster


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
    speak_for_libraries()


def utc_now() -> datetime:
    """The clock of a running bot."""
    return datetime.now(UTC)


def default_language(settings: Settings, asked: str = "") -> Language:
    """The language that was asked for, else CHAO_LOCALE's, else the system's, else English."""
    return choose(asked, settings.locale, _of_the_system())


def _of_the_system() -> str:
    """The tag of the first variable that is set: https://pubs.opengroup.org/onlinepubs/9799919799 (8.2)."""
    return next((tag for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (tag := os.environ.get(name))), "")


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


def located_at(url: str, variable: str = "DATABASE_URL") -> Location:
    """Where a URL says that the data is; a URL of another kind is refused."""
    try:
        return located(url)
    except ForgetfulUrlError as error:
        msg = f"{variable}: a database in memory forgets everything: name a file, as sqlite:///path/to/chao.db"
        raise CommandFailedError(msg) from error
    except UnknownUrlError as error:
        msg = f"{variable} is not understood: write sqlite:///path/to/chao.db or postgresql://user:password@host/name"
        raise CommandFailedError(msg) from error


def refused(error: StorageError, location: Location, language: Language) -> CommandFailedError:
    """What the database refused, where, and its own words for it when a server said them."""
    said = complaint(error, location)
    where = f"{location.name}: {said}" if said else location.name
    return CommandFailedError(f"{Speech(language)(storage_message(error.reason))} ({where})")


def complaint(error: StorageError, location: Location) -> str:
    """A server's own words, for the operator: `role "chao" does not exist`; empty when there are none."""
    return location.complaint(error) if isinstance(location, PostgresServer) else ""


@asynccontextmanager
async def running_router(settings: Settings, language: Language, watch: Watch = unwatched) -> AsyncIterator[Router]:
    """A router on the settings' database, migrated first; closed when the block ends."""
    knowledge = open_knowledge(settings, examples=False)
    location = located_at(settings.data_url)
    async with _advisor(settings) as advisor:
        try:
            await location.upgrade()
            database = location.open()
        except StorageError as error:
            raise refused(error, location, language) from error
        try:
            yield router(Services(database, knowledge, LinearReader(), utc_now, language, watch, advisor))
        except UserError as error:
            speech = Speech(language)
            raise CommandFailedError(" ".join(speech(said) for said in (error.text, error.hint) if said)) from error
        finally:
            await database.close()


@asynccontextmanager
async def _advisor(settings: Settings) -> AsyncIterator[Advisor | None]:
    """What asks a language model; None where none is set up."""
    if not settings.llm_url:
        yield None
        return
    # Imported late: an HTTP client is slow to load, and few need one here.
    from adapters.llm import opened_advisor

    async with opened_advisor(settings) as advisor:
        yield advisor


def deliveries(services: Services, posters: Mapping[str, Poster]) -> Deliveries:
    """What sends weekly summaries on these platforms, by the part of a workspace's key before its colon."""
    # Imported late: answering needs none of it.
    from bot.delivery.deliveries import Deliveries
    from bot.delivery.sending import Sending
    from bot.summary.composer import SummaryComposer

    return Deliveries(Sending(services.database, posters, SummaryComposer(services)))
