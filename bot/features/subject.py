"""What a question is about: its own words first, then what its thread, or the card that it follows on, was about."""

from __future__ import annotations

from typing import NamedTuple

from bot.advice import signs
from bot.advice.case import ALSO, CLOSED, PRESSURE, case_from, without_pressure
from bot.commands import Turn
from bot.events import Question
from bot.features.heard import Heard
from bot.features.talk import shown
from bot.knowledge.intents import Intent
from bot.records import Client, Subject
from bot.understanding.reading import Reading

# What so few words say anew may as well be a part of what was asked before.
SHORT, LONG, FEW, FEW_HAN = 60, 160, 12, 3
_VALUE = Intent(id="stated", kind="follow-up", part="say")
NOTHING = Subject(None, ())


class Topic(NamedTuple):
    """The client and archetypes of an answer; `follows`: how it goes on about what was said `before`, if it does."""

    client: Client | None
    archetypes: tuple[str, ...]
    before: Subject = NOTHING
    follows: tuple[Intent, ...] = ()
    is_told: bool = False

    @property
    def carried(self) -> Subject:
        """What holds on of what was said before: all, unless this is another trouble and nobody was in danger.

        Of a debt that was paid nothing holds for the one that is told of now, nor does a pressure.
        """
        if self.is_told and not self.follows and CLOSED in dict(self.before.stated):
            return self.before._replace(days=None, tone="", stated=())
        is_another = self.archetypes and not set(self.archetypes) & set(self.before.archetypes)
        if is_another and not self.follows and not self.before.danger:
            return NOTHING._replace(stated=self._also)
        without = self.before._replace(stated=without_pressure(self.before.stated))
        return without if self.is_told else self.before

    @property
    def _also(self) -> tuple[tuple[str, str], ...]:
        """The trouble before, where it was the same client's."""
        is_same = (self.client.id if self.client else None) == self.before.client_id
        names = [*self.told_before, *dict(self.before.stated).get(ALSO, "").split()]
        kept = [name for name in dict.fromkeys(names) if name not in self.archetypes][:2]
        return ((ALSO, " ".join(kept)),) if is_same and kept else ()

    @property
    def told_before(self) -> tuple[str, ...]:
        """The archetypes that were told before; under pressure alone there were none."""
        return () if PRESSURE in dict(self.before.stated) else self.before.archetypes


def topic_of(heard: Heard, turn: Turn) -> Topic:
    """What this text leaves open comes from before, not from a doubtful guess; off-topic text leaves nothing open."""
    tells = heard.reading.is_confident and not heard.is_name and not heard.is_request
    own = heard.reading.archetypes if tells else ()
    named, (earlier, is_told) = next(iter(heard.clients), None), _before(heard, turn)
    client = named or (turn.store.clients.by_id(earlier.client_id) if earlier.client_id else None)
    if follows := _follows(heard, earlier, is_told=is_told):
        return Topic(client, earlier.archetypes, earlier, follows, is_told=bool(own))
    if named:
        return Topic(named, own or (earlier.archetypes if is_told else ()), earlier, is_told=bool(own))
    if _leaves_nothing_open(heard, earlier, turn):
        return Topic(None, (), earlier)
    return Topic(client, own or earlier.archetypes, earlier, is_told=bool(own))


def goes_on(heard: Heard, topic: Topic) -> bool:
    """Whether a part of the advice before answers it: it asks for one, or adds a little to the trouble told before."""
    is_retold = bool(topic.archetypes) and set(topic.archetypes) <= set(topic.before.archetypes)
    is_retold = is_retold and CLOSED not in dict(topic.before.stated)
    is_little = heard.reading.is_confident and not heard.clients and len(heard.text) <= SHORT
    return bool(topic.follows) or (is_retold and is_little and not topic.before.danger)


def _leaves_nothing_open(heard: Heard, earlier: Subject, turn: Turn) -> bool:
    """Whether it is about somebody who is no client, or off topic; after a danger whatever is said may be about it."""
    if heard.reading.is_confident or earlier.danger or _card_asked_on(turn):
        return False
    # Bosses and colleagues have a part in what the client does to get their way: "my boss believes him".
    if signs.shown("outside", heard.reading, turn):
        return PRESSURE not in dict(earlier.stated)
    return heard.reading.abstained


def _follows(heard: Heard, earlier: Subject, *, is_told: bool) -> tuple[Intent, ...]:
    """What is asked of the advice before; the more a text tells of a trouble by itself, the less may be asked in it."""
    if not earlier.archetypes:
        return ()
    heard = _in_such_a_trouble(heard, earlier)
    if is_told and not earlier.danger and (theirs := _their_side(heard)):
        return theirs
    if heard.news and not earlier.danger and (heard.rest is None or (is_told and _is_of(heard.rest, earlier))):
        return heard.follow_ups
    if is_told and _tells_a_fact(heard, earlier):
        return tuple(intent for intent in heard.follow_ups if intent.is_request) or (_VALUE,)
    if heard.is_value and is_told:
        return heard.follow_ups or (_VALUE,)
    if is_told and (edits := tuple(intent for intent in heard.follow_ups if intent.opens)):
        return edits
    asking = tuple(intent for intent in heard.follow_ups if intent.is_request)
    if heard.reading.abstained and is_told and not earlier.danger:
        return heard.follow_ups or of_values(heard)
    if heard.asked.is_all or not heard.reading.is_confident:
        return asking or (of_values(heard) if is_told else ())
    coming = tuple(intent for intent in asking if len(heard.text) <= SHORT and intent.part == "next")
    return coming or (asking if heard.asked.is_nearly_all else ())


def _their_side(heard: Heard) -> tuple[Intent, ...]:
    """What they say in their defence, unless it is other news, or tells of what is pressing."""
    is_plain = len(heard.text) <= LONG and not heard.reading.signs and not heard.clients
    return heard.news[:1] if is_plain and heard.news and heard.news[0].reports else ()


def _tells_a_fact(heard: Heard, earlier: Subject) -> bool:
    """Whether it tells little but what changes the advice before: "they already have the files"."""
    is_short = len(heard.text) <= SHORT and not heard.clients and not heard.reading.signs
    return is_short and bool(heard.reading.facts) and not earlier.danger


def _in_such_a_trouble(heard: Heard, earlier: Subject) -> Heard:
    """Without what counts only in another trouble than the one before, or beside little else."""
    rest = heard.asked.rest.replace(" ", "") if heard.asked.language == "zh" else heard.asked.rest
    is_short = heard.asked.is_nearly_all or len(rest) <= (FEW_HAN if heard.asked.language == "zh" else FEW)
    kept = (one for one in heard.follow_ups if one.of is None or (one.of in earlier.archetypes and is_short))
    return heard._replace(follow_ups=tuple(kept))


def _is_of(reading: Reading, earlier: Subject) -> bool:
    """Whether words tell of no other trouble than the one before."""
    return not reading.is_confident or reading.archetypes[0] in earlier.archetypes


def of_values(heard: Heard) -> tuple[Intent, ...]:
    """A value for the letter that comes after it, and little else, asks for the letter with it."""
    return (_VALUE,) if heard.states and len(heard.text) <= SHORT else ()


def is_of_before(heard: Heard, turn: Turn) -> bool:
    """Whether what may be small talk is news, or a wish for another language, after advice."""
    is_one = heard.news or any(intent.language for intent in heard.follow_ups)
    if not is_one:
        return False
    flags = tuple(flag for client in heard.clients[:1] for flag in turn.store.flags.open_of(client.id))
    earlier = _before(heard._replace(flags=flags), turn)[0]
    return bool(earlier.archetypes and _in_such_a_trouble(heard, earlier).follow_ups)


def _card_asked_on(turn: Turn) -> str:
    """The state of the card on which somebody pressed "Ask a follow-up", and so says which advice is meant."""
    return turn.event.about if isinstance(turn.event, Question) else ""


def _before(heard: Heard, turn: Turn) -> tuple[Subject, bool]:
    """What was talked about before: the card that is asked on, else what the thread remembers, else a client's flags.

    To outsiders nothing but their own card, and nothing where the text says that it is about another client. Flags were
    not told to anybody here.
    """
    if shown("fresh", heard.asked, turn):
        return NOTHING, False
    about = case_from(card, turn) if (card := _card_asked_on(turn)) else None
    if turn.is_outsiders:
        return (about.subject, True) if about and about.client is None else (NOTHING, False)
    earlier = about.subject if about else turn.talked_of()
    named = next(iter(heard.clients), None)
    if named is None or named.id == earlier.client_id:
        return earlier, True
    if (told := turn.talked_of(named.id)).archetypes:
        return told, True
    kinds = turn.knowledge.ranked(flag.archetype for flag in heard.flags)
    return Subject(named.id, tuple(kinds[:2])), False
