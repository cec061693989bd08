"""Watches every log, structlog's and the standard library's, for words that people wrote."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from structlog.testing import capture_logs

from bot.features.registry import actions, commands
from tests.support import our_knowledge

SEALED = "xoxb-test"
# Words that a log may hold of its own accord, though somebody typed them too.
_OWN = {"message", "channel", "client", "error", "project", *commands(), *actions()}


class Logs(logging.Handler):
    """What was logged so far."""

    def __init__(self, events: list[MutableMapping[str, Any]]) -> None:
        super().__init__()
        self.events, self._lines = events, [""]

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line whole, its traceback included."""
        self._lines.append(self.format(record))

    @property
    def lines(self) -> list[str]:
        """Both kinds of lines."""
        return [*self._lines, *(json.dumps(event, default=repr, ensure_ascii=False) for event in self.events)]

    @property
    def names(self) -> list[str]:
        """What structlog's lines are about."""
        return [str(event["event"]) for event in self.events]


@contextmanager
def watched() -> Iterator[Logs]:
    """What is logged meanwhile."""
    with capture_logs() as events:
        logs = Logs(events)
        logging.getLogger().addHandler(logs)
        try:
            yield logs
        finally:
            logging.getLogger().removeHandler(logs)


def assert_ids_only(lines: Iterable[str], typed: Iterable[str]) -> None:
    """No line holds a token, or a longer word of what was typed."""
    own = _OWN | {part for name in our_knowledge().current().archetypes for part in (name, *name.split("-"))}
    words = {word.casefold() for text in typed for word in re.findall(r"\w{4,}", text)} - own
    for line in lines:
        assert SEALED not in line, line
        assert not words.intersection(re.findall(r"\w+", line.casefold())), line
