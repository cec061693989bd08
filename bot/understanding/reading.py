"""The one interface to understanding: a `Reader` turns a text into a `Reading`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language
from bot.understanding.examples import Example
from bot.understanding.intents import Asked

if TYPE_CHECKING:
    from bot.understanding.orders import Found  # whose times of a week know commands, which know readings

CONFIDENT = 0.5
# Or nearly all of what the share of "nothing" leaves: near misses are worded as the plainest sentences are.
PLAIN, PLAIN_AMONG_KINDS = 0.15, 0.8
# Two kinds that share nearly all are both told: "又砍价又拖款".
_TWO, BOTH = 2, 0.8
# A "nothing" whose likeliest archetype reaches this is doubtful enough for a second opinion.
NARROW = 0.15


class Guess(NamedTuple):
    """An archetype and how likely it is (0 to 1)."""

    id: str
    confidence: float


class Reading(NamedTuple):
    """`ranked`: archetypes, likeliest first. `abstained`: nothing here is about a difficult client.

    `signs`: what calls for other words than a playbook's, most pressing first. `is_foreign`: in none of our languages.
    `rest`: the words beside those of a pressure, empty without any. `facts`: the signs that only change the advice.
    `is_of_others`: it begins with somebody who is no client, and tells what they do.
    """

    ranked: tuple[Guess, ...]
    abstained: bool
    language: Language | None
    signs: tuple[str, ...] = ()
    is_foreign: bool = False
    rest: str = ""
    facts: tuple[str, ...] = ()
    is_of_others: bool = False

    @property
    def is_confident(self) -> bool:
        """Whether the text itself says enough to outweigh what is already known of a client."""
        if self.abstained:
            return False
        best, among_kinds = self.ranked[0].confidence, sum(guess.confidence for guess in self.ranked)
        both = best + self.ranked[1].confidence if len(self.archetypes) == _TWO else 0.0
        return best >= CONFIDENT or both >= BOTH or (best >= PLAIN and best >= PLAIN_AMONG_KINDS * among_kinds)

    @property
    def is_unsure(self) -> bool:
        """Whether a second opinion could change it: a doubtful guess, or a "nothing" by a narrow margin."""
        if self.is_foreign:
            return False
        if not self.abstained:
            return not self.is_confident
        return bool(self.ranked) and self.ranked[0].confidence >= max(NARROW, self.ranked[-1].confidence + 0.01)

    @property
    def archetypes(self) -> tuple[str, ...]:
        """What the text is about: the likeliest, and a second one that is nearly as likely."""
        if self.abstained:
            return ()
        best = self.ranked[0].confidence
        return tuple(guess.id for guess in self.ranked[:2] if guess.confidence >= best / 2)


class Reader(Protocol):
    """Reads texts in the light of the knowledge that is in force."""

    def read(self, text: str, knowledge: Knowledge, own: Sequence[Example] = ()) -> Reading:
        """What a text is about; `own`: what a team has taught by its choices, which takes effect at once."""

    def asked(self, text: str, knowledge: Knowledge) -> Asked:
        """What a text asks of the bot."""

    def orders(self, text: str, knowledge: Knowledge) -> Iterable[Found]:
        """The commands for which a text may ask, likeliest first."""
