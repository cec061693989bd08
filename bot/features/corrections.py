"""News that were of another client: "no, me equivoqué, fue Café Central la que pagó" takes them from the one before."""

from __future__ import annotations

from bot.advice.case import BEFORE, CLOSED, NEWS, OF_PROMISE, PART_PAID, Case
from bot.commands import Turn
from bot.features.heard import Heard
from bot.records import Subject
from bot.understanding.corrections import corrects

_OF_NEWS = (NEWS, PART_PAID, CLOSED, *OF_PROMISE, BEFORE, "amount")


def take_back(heard: Heard, case: Case, turn: Turn) -> None:
    """The same news are no longer of the client that the thread was about, where this text puts that right."""
    earlier, stated = turn.talked_of(), dict(turn.talked_of().stated)
    is_other = case.client is not None and earlier.client_id not in (None, case.client.id)
    if is_other and stated.get(NEWS) == dict(case.stated).get(NEWS) is not None and corrects(heard.text):
        turn.remember(_without_news(earlier))


def _without_news(subject: Subject) -> Subject:
    stated = dict(subject.stated)
    left = {name: value for name, value in stated.items() if name not in _OF_NEWS}
    owed = stated.get(BEFORE, stated.get("amount", ""))
    return subject._replace(stated=tuple((left | ({"amount": owed} if owed else {})).items()))
