"""The case that advice is for: which client, which archetypes, how far it has gone, how to say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.advice.ladder import DEBT, Rung, days_late_now, rung, tone_for
from bot.commands import Turn
from bot.knowledge.intents import Intent
from bot.knowledge.schema import CHANNELS, LANGUAGES, TONES, Channel, Language, Playbook, Tone
from bot.records import Client, Flag, Subject
from bot.understanding.names_asked import names_asked
from bot.understanding.payments import are_several, payment_in
from bot.understanding.rests import Reckoning
from bot.understanding.slashes import Order, order_for, spelt
from bot.understanding.sums import amount_in
from bot.understanding.values import month_in, told_late, values_in
from bot.validation import row_id

MAX_STATE = 90
LATELY = timedelta(days=180)
# What a thread keeps of the values that people state: figures, and names for its letters; never a phrase of theirs.
KEPT, PROMISED, PART_PAID = ("invoice", "amount", "greeting", "sender"), "promised", "part_paid"
CIRCUMSTANCE = "circumstance"
# What the client does to get their way: the ids of one or more signs.
PRESSURE = "pressure"
# That the end was talked of, under which a letter is the one that ends it.
ENDING = "ending"
# The last news of the money, whether they settled it, whether several invoices are open, the sum before a payment.
NEWS, CLOSED, SEVERAL, BEFORE = "news", "closed", "several", "before"
# The days that a promise may be of, and the figures which leave that open.
PROMISED_EITHER, PROMISED_AS = "promised_either", "promised_as"
OF_PROMISE = (PROMISED, PROMISED_EITHER, PROMISED_AS)
# What was told that changes the advice: the ids of one or more signs.
FACTS = "facts"
# Another trouble of the same client that was told before this one.
ALSO = "also"
_OF_THREAD = {ALSO, FACTS, *OF_PROMISE, PART_PAID, CIRCUMSTANCE, PRESSURE, ENDING, NEWS, CLOSED, SEVERAL, BEFORE}


@dataclass(frozen=True)
class Case:
    """`archetypes` by urgency, the first one leads; `tone` None: as the ladder says; `likely`: by the words alone.

    `lesson`: the kept question that a choice teaches, where the team lets the bot learn.
    `days`: the delay that the question states; a card that is drawn again keeps it.
    `settled`: what was resolved lately, the last first; it counts where it is back.
    `danger`: the sign whose words come before all advice.
    `language`: the letter's, if another was asked for. `stated`: what the question and its thread say for its gaps.
    `country`: whose law is asked for, if not the workspace's. `beside`: what is treated after a pressure.
    `reckoning`: what this message's payment leaves. `told_now`: the facts that it tells anew. `asks_whether`: it
    asks whether to do what they want.
    """

    client: Client | None
    archetypes: tuple[str, ...]
    flags: tuple[Flag, ...] = ()
    question: str = ""
    tone: Tone | None = None
    channel: Channel = "email"
    likely: tuple[str, ...] = ()
    lesson: int = 0
    days: int | None = None
    danger: str = ""
    settled: tuple[Flag, ...] = ()
    language: Language | None = None
    stated: tuple[tuple[str, str], ...] = ()
    country: str = ""
    beside: tuple[str, ...] = ()
    reckoning: Reckoning | None = None
    told_now: tuple[str, ...] = ()
    asks_whether: bool = False

    @property
    def lead(self) -> str:
        """The archetype that is treated first."""
        return self.archetypes[0]

    @property
    def subject(self) -> Subject:
        """What a thread remembers of it."""
        channel = self.channel if self.channel != CHANNELS[0] else ""
        client_id = self.client.id if self.client else None
        language = self.language or ""
        return Subject(
            client_id, self.archetypes, self.days, self.danger, self.tone or "", channel, language, self.stated
        )

    @property
    def facts(self) -> tuple[str, ...]:
        """What was told that changes the advice."""
        return tuple(dict(self.stated).get(FACTS, "").split())

    def playbook(self, turn: Turn, language: Language | None = None) -> Playbook:
        """The leading archetype's playbook, as it reads by what was told."""
        return turn.knowledge.playbook(self.lead, language or turn.language, self.facts)

    @property
    def promised(self) -> date | None:
        """The day that the client named."""
        day = dict(self.stated).get(PROMISED)
        return date.fromisoformat(day) if day else None

    @property
    def may_be_promised(self) -> tuple[date, ...]:
        """The days of which they named one, where nobody knows which."""
        return tuple(map(date.fromisoformat, dict(self.stated).get(PROMISED_EITHER, "").split()))

    @property
    def is_ending(self) -> bool:
        """Whether how to end it was what was last asked."""
        return ENDING in dict(self.stated)

    def said_last(self, turn: Turn) -> Intent | None:
        """The news that its letters go on from; a promise holds until its day, "they paid" until the next flag."""
        news, closed = turn.knowledge.intents.get(dict(self.stated).get(NEWS, "")), dict(self.stated).get(CLOSED)
        if news is None or self.lead != DEBT or self.danger:
            return None
        if closed and any(flag.created_at > datetime.fromisoformat(closed) for flag in self.lead_flags()):
            return None
        first = self.promised or min(self.may_be_promised, default=None)
        holds = not news.names_day or (first is not None and first >= turn.now.date())
        return news if holds else None

    def lead_flags(self) -> list[Flag]:
        """The open flags of the leading archetype."""
        return [flag for flag in self.flags if flag.archetype == self.lead]

    def lead_settled(self) -> list[Flag]:
        """The lately resolved flags of the leading archetype, the last resolved first."""
        return [flag for flag in self.settled if flag.archetype == self.lead]

    def rung(self, turn: Turn) -> Rung | None:
        """Where it stands on the leading archetype's ladder."""
        flags = [*self.lead_settled(), *self.lead_flags()]
        return rung(turn.knowledge.archetypes[self.lead], flags, turn.now, self.days)

    def tone_in(self, turn: Turn) -> Tone:
        """The tone asked for, or the one that goes with the rung; in danger nothing is asked for warmly."""
        tone = self.tone or (TONES[0] if self.said_last(turn) else tone_for(self.rung(turn)))
        return tone if tone in self.tones else self.tones[0]

    @property
    def tones(self) -> tuple[Tone, ...]:
        """The tones to choose from, the one for a first message first."""
        return TONES[1:] if self.danger else TONES

    def values(self, turn: Turn) -> dict[str, str]:
        """What is known for a script's gaps: from reasons, notes, the question, and who asks."""
        notes = turn.store.flags.notes(self.client.id) if self.client and not turn.is_public else []
        flags = [] if turn.is_public else self.lead_flags()
        today, placeholders = turn.now.date(), turn.knowledge.placeholders
        known = {"client": self.client.name} if self.client else {}
        known |= {"sender": turn.event.user.name} if turn.event.user.name else {}
        known |= values_in((flag.reason for flag in flags), placeholders, today)
        known |= {"days": str(late)} if (late := days_late_now(flags, turn.now)) else {}
        known |= values_in((note.text for note in notes), placeholders, today)
        since = dict(self.stated).get(PART_PAID)
        if since:
            later = (note.text for note in notes if note.created_at > datetime.fromisoformat(since))
            known["amount"] = values_in(later, placeholders, today).get("amount", "")
        asked = values_in([self.question], placeholders, today)
        # The sum of such a question is what was paid.
        asked = {name: value for name, value in asked.items() if name != "amount" or not since}
        stated = asked | dict(self.stated)
        # The number that is noted says more than the month by which somebody calls it.
        is_by_month = "invoice" in known and month_in(stated.get("invoice", ""))
        dropped = _OF_THREAD | ({"invoice"} if is_by_month else set())
        known |= {name: value for name, value in stated.items() if name not in dropped}
        if since:
            known["rest"] = known.get("amount") or known.get("rest", "")
        known = {name: value for name, value in known.items() if value}
        return known if self.days is None else {**known, "days": str(self.days)}


def order_in(turn: Turn) -> Order | None:
    """Whether the day or the month stands first in a date of figures: by the team's country and the language."""
    return order_for(turn.store.settings.get("country", ""), turn.language)


def case_for(turn: Turn, client: Client | None, archetypes: Sequence[str], question: str = "") -> Case:
    """The case of a client and what was asked; the client's own open flags join what the question is about."""
    flags, settled = turn.store.flags.that_count(client.id, turn.now - LATELY) if client else ([], [])
    ids = turn.knowledge.ranked(archetypes or [flag.archetype for flag in flags])
    values = values_in([question], turn.knowledge.placeholders, turn.now.date()) | names_asked(question)
    days = int(values["days"]) if values.get("days", "").isdecimal() else None
    days = told_late(spelt(question, order_in(turn)), turn.now.date()) if days is None and DEBT in ids else days
    if (paid := payment_in(question)).is_sum:
        # What was paid is not what is owed.
        values |= {"amount": amount_in(paid.words)}
    stated = tuple((name, values[name]) for name in KEPT if values.get(name))
    stated += ((SEVERAL, "yes"),) if are_several(question) else ()
    return Case(client, tuple(ids[:2]), tuple(flags), question, days=days, settled=tuple(settled), stated=stated)


def state_of(case: Case, *, tone: Tone | None = None, channel: Channel | None = None) -> str:
    """A case as a button's value: client, archetypes, tone, channel, likely if there is room, lesson, days, danger,
    facts.
    """
    client = str(case.client.id) if case.client else ""
    parts = [client, "+".join(case.archetypes), tone or case.tone or "", channel or case.channel]
    days = "" if case.days is None else case.days
    extra = f"{case.lesson or ''}:{days}:{case.danger}:{'+'.join(case.facts)}".rstrip(":")
    kept = [extra] if extra else []
    whole, bare = [*parts, "+".join(case.likely), *kept], [*parts, *(("", *kept) if kept else ())]
    texts = (":".join(whole), ":".join(bare))
    return next((text for text in texts if len(text) <= MAX_STATE), ":".join([client, case.lead, *bare[2:]]))


def case_from(state: str, turn: Turn) -> Case | None:
    """The case that a button's value stands for; None when it names nothing that is still there."""
    client_id, archetypes, tone, channel, likely, lesson, days, danger, facts = ([*state.split(":"), *9 * [""]])[:9]
    client = turn.store.clients.by_id(row_id(client_id))
    ids = [name for name in archetypes.split("+") if name in turn.knowledge.archetypes]
    if not ids or (client_id and client is None):
        return None
    # A card that is about a pressure has buttons only to those that are not.
    stated = without_pressure(_said_of(client, ids, turn))
    if known := [name for name in facts.split("+") if name in turn.knowledge.signs]:
        stated = tuple({**dict(stated), FACTS: " ".join(known)}.items())
    case = replace(case_for(turn, client, ids), archetypes=tuple(ids), stated=stated)
    return replace(
        case,
        tone=tone_named(tone),
        channel=channel_named(channel),
        likely=tuple(name for name in likely.split("+") if name in turn.knowledge.archetypes),
        lesson=row_id(lesson),
        days=int(days[:4]) if days.isdecimal() else None,
        danger=danger if danger in turn.knowledge.signs else "",
    )


def without_pressure(stated: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What is known, once another trouble is asked about."""
    return tuple((name, value) for name, value in stated if name != PRESSURE)


def _said_of(client: Client | None, archetypes: Sequence[str], turn: Turn) -> tuple[tuple[str, str], ...]:
    """What the thread says of this client, or of the one that it does not name, where it is about the same trouble."""
    if client:
        return turn.talked_of(client.id).stated
    earlier = Subject(None, ()) if turn.is_outsiders else turn.talked_of()
    is_same = earlier.client_id is None and set(earlier.archetypes) & set(archetypes)
    return earlier.stated if is_same else ()


def has_client(state: str) -> bool:
    """Whether a button's value is about a client: a card without one holds nothing that is the team's."""
    return bool(state.partition(":")[0])


def tone_named(name: str) -> Tone | None:
    """The tone of this name; None for any other."""
    return next((tone for tone in TONES if tone == name), None)


def language_named(name: str) -> Language | None:
    """The language of this code; None for any other."""
    return next((language for language in LANGUAGES if language == name), None)


def channel_named(name: str) -> Channel:
    """The channel of this name; the usual one for any other."""
    return next((channel for channel in CHANNELS if channel == name), CHANNELS[0])
