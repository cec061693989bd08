"""What was missed in ordinary words is seen, what only sounds like it is not, and how much else is seen is counted."""

from __future__ import annotations

import pytest

from bot.knowledge.schema import LANGUAGES
from tests.core import sayings_ordinary, sayings_plain
from tests.core.sayings import lines
from tests.core.sayings_fresh import FRESH
from tests.core.test_signs import FINDER, OURS, pressing

# Of the thirty a language that the phrases were not written for.
SEEN_AT_LEAST = {"en": 28, "es": 30, "zh": 27}


@pytest.mark.parametrize("line", [line for block in FRESH.values() for line in lines(block)[::2]])
def test_the_wordings_that_the_phrases_were_written_for_are_seen(line: str) -> None:
    sign, text = line.split(": ", 1)
    assert sign in pressing(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_in_ten_of_the_others_are_seen_too(language: str) -> None:
    unseen = [line for line in lines(FRESH[language])[1::2] if not pressing(line.split(": ", 1)[1])]
    assert len(unseen) <= 30 - SEEN_AT_LEAST[language], unseen


@pytest.mark.parametrize("line", lines(sayings_ordinary.PRESSING + sayings_plain.PRESSING))
def test_what_a_client_does_to_people_is_seen_in_ordinary_words(line: str) -> None:
    sign, text = line.split(": ", 1)
    assert sign in pressing(text)


@pytest.mark.parametrize("text", lines(sayings_ordinary.IDIOMS + sayings_plain.ORDINARY))
def test_idioms_of_work_and_old_stories_are_left_alone(text: str) -> None:
    assert pressing(text) == []


@pytest.mark.parametrize("line", lines(sayings_plain.MISFORTUNE))
def test_what_befell_a_client_is_heard(line: str) -> None:
    sign, text = line.split(": ", 1)
    assert FINDER.seen(text, OURS).ids == (sign,)


@pytest.mark.parametrize("text", lines(sayings_plain.NO_MISFORTUNE))
def test_excuses_and_ways_of_speaking_are_no_misfortune(text: str) -> None:
    assert not [name for name in FINDER.seen(text, OURS).ids if OURS.signs[name].kind == "circumstance"]
