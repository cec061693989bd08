"""A question as it is understood: the clients that it names, how its words read, what they ask or tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.advice.case import KEPT
from bot.advice.clauses import says_something, told_beside
from bot.advice.ladder import DEBT
from bot.commands import Turn
from bot.features.talk import shown
from bot.knowledge.intents import Intent
from bot.knowledge.schema import Language
from bot.names import fold
from bot.patterns import late_pattern
from bot.records import Client, Flag
from bot.understanding.corrections import beside_correction
from bot.understanding.intents import Asked
from bot.understanding.language import detect
from bot.understanding.names_asked import names_asked
from bot.understanding.payments import Payment, payment_in
from bot.understanding.promised import with_plain_days
from bot.understanding.reading import Reading
from bot.understanding.values import beside_values, language_of_value, told_late, values_in

_LETTER = late_pattern(r"[^\W\d_]")
_BILL = late_pattern(
    r"\b(?:invoices?|bills?|facturas?)\b|尾款|首款|货款|账单|帳單|"
    r"\b(?:clients?|customers?|clientes?|clienta)\b|客户|客戶|甲方",
    re.IGNORECASE,
)
# What stands for a client's own name in the phrases of intents.
_CLIENT: dict[Language | None, str] = {"en": "client", "es": "cliente", "zh": "客户"}


def without_names(text: str, clients: Iterable[Client], language: Language | None) -> str:
    """A text in which known clients are called "client", in any spelling: "Acme paid" is good news whoever Acme is."""
    return _renamed(text, clients, _CLIENT.get(language, "client"))


def beside_names(text: str, clients: Iterable[Client]) -> str:
    """What a text says besides the names of known clients."""
    return _renamed(text, clients, " ")


def _renamed(text: str, clients: Iterable[Client], new: str) -> str:
    names = sorted({fold(name) for one in clients for name in (one.name, *one.names)}, key=len, reverse=True)
    for name in names:
        text = re.sub(rf"(?<![a-z]){re.escape(name)}(?![a-z])(?:['’]s)?", new, fold(text))
    return text


class Heard(NamedTuple):
    """A question, as it is understood. `clients` are the ones it names; `flags` the open ones of whom it means.

    `rest`: how what stands beside its news reads; `states`: it has a value for a letter, `is_value`: and says
    little else; `is_name`: it says little but the name of a client; `is_edit`: but from or to whom a letter is;
    `paid`: what it says was paid. `language`: its words', or those of what it asks or hands over.
    """

    text: str
    reading: Reading
    asked: Asked
    clients: tuple[Client, ...] = ()
    follow_ups: tuple[Intent, ...] = ()
    flags: tuple[Flag, ...] = ()
    language: Language | None = None
    rest: Reading | None = None
    states: bool = False
    is_value: bool = False
    is_name: bool = False
    is_edit: bool = False
    paid: Payment = Payment("")

    @property
    def is_request(self) -> bool:
        """Whether it only asks: "what do I write to him?", "I want to fire this client" are no trouble."""
        asks = (
            intent.part in ("say", "goodbye", "whether")
            or intent.is_of_letter
            or (intent.alone and not intent.is_answered_at_once)
            for intent in self.follow_ups
        )
        return self.is_edit or (self.asked.is_all and any(asks) and not self.reading.signs)

    @property
    def news(self) -> tuple[Intent, ...]:
        """What it says that the client did."""
        return tuple(intent for intent in self.follow_ups if intent.kind == "news")


def _handed(text: str, *, states: bool) -> Language | None:
    return language_of_value(text) if states else None


def heard_in(text: str, turn: Turn) -> Heard:
    """What is heard in a text; no client's name for those who may not see clients."""
    reading = turn.read(text)
    named = turn.store.clients.mentioned(text) if turn.may_see_clients else []
    paid = payment_in(without_names(text, named, reading.language))
    # "My boss still doesn't answer" says nothing of the client whom the thread is about.
    is_of_others = reading.is_of_others and not named
    asked = Asked() if is_of_others else turn.reader.asked(with_plain_days(paid.words, turn.now.date()), turn.knowledge)
    beside = beside_names(text, named)
    names = bool(names_asked(text))
    states = names or any(name in KEPT for name in values_in([text], turn.knowledge.placeholders, turn.now.date()))
    follow_ups = (*shown("news", asked, turn), *shown("follow-up", asked, turn))
    asks_whether = any(intent.part == "whether" for intent in follow_ups) and not asked.is_nearly_all
    if asks_whether or (reading.abstained and _tells_of_a_bill(text, turn)):
        told = told_beside(text, reading, turn.read)
        reading = told if asks_whether or told.archetypes[:1] == (DEBT,) else reading
    return Heard(
        text,
        reading,
        asked,
        clients=tuple(named),
        follow_ups=() if names else _without_vain(follow_ups, states=states),
        language=reading.language
        or (detect(beside) if named else None)
        or asked.language
        or _handed(text, states=states),
        rest=turn.reader.read(asked.rest, turn.knowledge) if says_something(beside_correction(asked.rest)) else None,
        states=states,
        is_edit=names,
        is_value=names or (states and not says_something(beside_values(text))),
        paid=paid,
        is_name=bool(named) and not reading.signs and _only_points(beside, reading, asked, turn),
    )


def _tells_of_a_bill(text: str, turn: Turn) -> bool:
    """Whether it says how late a bill is, whatever else hides that."""
    return bool(_BILL.search(text)) and told_late(text, turn.now.date()) is not None


def _without_vain(intents: Sequence[Intent], *, states: bool) -> tuple[Intent, ...]:
    """What is asked, without a wish that only begins like one that can't be met."""
    is_met = states or any(intent.is_request and not intent.opens for intent in intents)
    return tuple(intent for intent in intents if not (intent.opens and is_met))


def _only_points(beside: str, reading: Reading, asked: Asked, turn: Turn) -> bool:
    """Whether a text says no more than which client is meant: "Acme?", "Acme again.", "back to Acme"."""
    is_bare = not reading.is_confident and not says_something(beside)
    return is_bare or not _LETTER.search(beside) or bool(shown("pointing", asked, turn))
