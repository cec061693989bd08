"""The reader: a model for each language, with what the team teaches on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.examples import ANY, NONE
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language
from bot.patterns import late_pattern
from bot.understanding.examples import Example, unlearnt
from bot.understanding.foreign import is_foreign
from bot.understanding.intents import Asked, IntentFinder
from bot.understanding.language import detect
from bot.understanding.lessons import Lessons
from bot.understanding.model import model, shares
from bot.understanding.orders import Found, OrderFinder
from bot.understanding.reading import Guess, Reading
from bot.understanding.signs import SignFinder

# A team's own lessons are a few hundred numbers each.
TEAMS_AT_ONCE = 200
# A word has two letters, or is a Chinese character.
_WORD = late_pattern(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_NAME_AT_MOST = 100
_BROKEN, _MOST_BROKEN = "\ufffd", 0.1


class LinearReader:
    """Learns what the models have not learnt when first asked, and again when the knowledge changes."""

    def __init__(self) -> None:
        self._version = ""
        self._lessons: dict[tuple[Language, tuple[Example, ...]], Lessons] = {}
        self._unlearnt: dict[Language, tuple[str, list[Example]]] = {}
        self._finder, self._intents, self._orders = SignFinder(), IntentFinder(), OrderFinder()

    def read(self, text: str, knowledge: Knowledge, own: Sequence[Example] = ()) -> Reading:
        """What a text is about; a text without any word, or in another language, is about nothing."""
        if is_foreign(text):
            return _nothing(knowledge, None)._replace(is_foreign=True)
        reading, seen = self._about(text, knowledge, own), self._finder.seen(text, knowledge)
        reading = reading._replace(rest=seen.rest, facts=seen.facts, is_of_others=seen.is_of_others)
        if not reading.abstained:
            return reading._replace(signs=seen.ids, abstained=seen.is_of_others)
        # That somebody is no client need not be said where nothing is told of them.
        return reading._replace(signs=tuple(name for name in seen.ids if not knowledge.signs[name].is_first))

    def asked(self, text: str, knowledge: Knowledge) -> Asked:
        """What a text asks of the bot."""
        return self._intents.asked(text, knowledge)

    def orders(self, text: str, knowledge: Knowledge) -> Iterable[Found]:
        """The commands for which a text may ask, likeliest first."""
        return self._orders.orders(text, knowledge)

    def _about(self, text: str, knowledge: Knowledge, own: Sequence[Example]) -> Reading:
        language = detect(text)
        if named := knowledge.archetype(text.strip()) if len(text) < _NAME_AT_MOST else None:
            return _certain(knowledge, named.id)
        if not _WORD.search(text) or text.count(_BROKEN) > len(text) * _MOST_BROKEN:
            return _nothing(knowledge, language)
        spoken = language or "en"
        mine = tuple(example for example in own if (detect(example.text) or "en") == spoken)
        scores = self._lessons_for(spoken, knowledge, mine).scores(text)
        labels = {*knowledge.archetypes, NONE, ANY}
        known = {label: score for label, score in scores.items() if label in labels}
        learnt = model(spoken)
        shared = _spread(shares(known))
        is_nothing = shared[NONE] > learnt.fitted.doubt or (
            not mine and learnt.has_learnt(Example(text, (NONE,)).digest)
        )
        return _reading(shared, language, abstained=is_nothing)

    def _lessons_for(self, language: Language, knowledge: Knowledge, own: tuple[Example, ...]) -> Lessons:
        if knowledge.version != self._version or len(self._lessons) > TEAMS_AT_ONCE:
            self._lessons, self._version = {}, knowledge.version
        if (language, own) not in self._lessons:
            self._lessons[language, own] = Lessons(model(language), (*self._beyond(language, knowledge), *own))
        return self._lessons[language, own]

    def _beyond(self, language: Language, knowledge: Knowledge) -> list[Example]:
        """What the model has not learnt: read once, however many teams teach something of their own."""
        version, examples = self._unlearnt.get(language, ("", []))
        if version != knowledge.version:
            examples = unlearnt(knowledge, language, model(language))
            self._unlearnt[language] = knowledge.version, examples
        return examples


def _spread(shared: Mapping[str, float]) -> Mapping[str, float]:
    """What could be any trouble is as likely to be each of them."""
    kinds = [label for label in shared if label not in (NONE, ANY)]
    each = dict.fromkeys(kinds, shared.get(ANY, 0.0) / max(1, len(kinds)))
    return {label: share + each.get(label, 0.0) for label, share in shared.items() if label != ANY}


def _reading(shared: Mapping[str, float], language: Language | None, *, abstained: bool) -> Reading:
    ranked = sorted((label for label in shared if label != NONE), key=lambda label: -shared[label])
    guesses = tuple(Guess(label, round(shared[label], 4)) for label in ranked)
    return Reading(guesses, abstained or not guesses, language)


def _certain(knowledge: Knowledge, archetype_id: str) -> Reading:
    # A bare name ("mala-paga") is typed in every language and shows none.
    others = tuple(Guess(other, 0.0) for other in knowledge.archetypes if other != archetype_id)
    return Reading((Guess(archetype_id, 1.0), *others), abstained=False, language=None)


def _nothing(knowledge: Knowledge, language: Language | None) -> Reading:
    share = round(1 / max(1, len(knowledge.archetypes)), 4)
    return Reading(tuple(Guess(name, share) for name in knowledge.archetypes), abstained=True, language=language)
