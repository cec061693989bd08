"""What is known of a client weighs in: an archetype that it is flagged with is likelier than the words alone say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.records import Flag
from bot.understanding.reading import Guess, Reading

# One open flag makes its archetype three times as likely beside the others, a second one five times, a third seven.
_WEIGHT, _COUNTED = 2, 3


def weighed(reading: Reading, flags: Sequence[Flag]) -> Reading:
    """The reading in the light of a client's open flags; what is about no client stays so."""
    counts = Counter(flag.archetype for flag in flags)
    raised = [guess.confidence * (1 + _WEIGHT * min(counts[guess.id], _COUNTED)) for guess in reading.ranked]
    if reading.abstained or not counts or not sum(raised):
        return reading
    unit = sum(guess.confidence for guess in reading.ranked) / sum(raised)
    guesses = (Guess(guess.id, round(share * unit, 4)) for guess, share in zip(reading.ranked, raised, strict=True))
    return reading._replace(ranked=tuple(sorted(guesses, key=lambda guess: -guess.confidence)))
