"""What is left of a model's answer once it was checked: archetypes in order, and sentences with their entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.understanding.reading import CONFIDENT, Guess, Reading

MOST_KINDS = 2
# One kind stands alone; of two, both count as what the text is about (see `Reading.archetypes`).
_SHARES = {1: (0.75,), 2: (CONFIDENT, 0.4)}


class Sentence(NamedTuple):
    """A sentence for this case, and the ids of the knowledge entries that it rephrases."""

    text: str
    entries: tuple[str, ...]


class Opinion(NamedTuple):
    """`archetypes`: likeliest first; `model`: who said it; `version`: of the knowledge that it was checked against."""

    archetypes: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    model: str
    version: str

    def applied(self, reading: Reading) -> Reading:
        """The reading with these archetypes in front; what is no longer known is left out."""
        known = {guess.id for guess in reading.ranked}
        chosen = [name for name in self.archetypes if name in known][:MOST_KINDS]
        if not chosen:
            return reading
        first = [Guess(name, share) for name, share in zip(chosen, _SHARES[len(chosen)], strict=True)]
        rest = [guess for guess in reading.ranked if guess.id not in chosen]
        shared = _shared(rest, 1 - sum(guess.confidence for guess in first))
        return reading._replace(ranked=(*first, *shared), abstained=False)


def _shared(guesses: Sequence[Guess], left: float) -> list[Guess]:
    total = sum(guess.confidence for guess in guesses) or 1
    return [guess._replace(confidence=round(guess.confidence * left / total, 4)) for guess in guesses]
