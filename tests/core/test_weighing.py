"""How a client's flags weigh beside the words of a question."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.weighing import weighed
from bot.records import Flag
from bot.understanding.reading import Guess, Reading
from tests.core.test_ladder import flag

KINDS = ("abusivo", "mala-paga", "pichirre")
SHARES = st.lists(st.floats(0, 0.33), min_size=3, max_size=3)


def reading(*shares: float, abstained: bool = False) -> Reading:
    guesses = (Guess(name, share) for name, share in zip(KINDS, shares, strict=True))
    return Reading(tuple(sorted(guesses, key=lambda guess: -guess.confidence)), abstained, "en")


def flagged(*kinds: str) -> list[Flag]:
    return [flag()._replace(archetype=kind) for kind in kinds]


def order(found: Reading) -> Iterator[str]:
    return (guess.id for guess in found.ranked)


def test_flags_lift_their_kind_over_a_guess_that_was_a_little_likelier() -> None:
    assert list(order(weighed(reading(0.1, 0.2, 0.4), flagged("mala-paga")))) == ["mala-paga", "pichirre", "abusivo"]


def test_flags_do_not_outweigh_words_that_are_plain() -> None:
    many = flagged(*["mala-paga"] * 50)
    assert next(order(weighed(reading(0.01, 0.04, 0.9), many))) == "pichirre"


def test_a_second_flag_weighs_more_than_one() -> None:
    once, twice = (weighed(reading(0.1, 0.1, 0.6), flagged(*["mala-paga"] * count)) for count in (1, 2))
    assert twice.ranked[1].confidence > once.ranked[1].confidence > 0.1


def test_without_flags_and_where_nothing_is_about_a_client_nothing_changes() -> None:
    assert weighed(reading(0.1, 0.2, 0.4), []) == reading(0.1, 0.2, 0.4)
    off_topic = reading(0.1, 0.2, 0.4, abstained=True)
    assert weighed(off_topic, flagged("mala-paga")) == off_topic


def test_a_flag_of_a_kind_that_is_no_longer_known_changes_nothing() -> None:
    assert weighed(reading(0.1, 0.2, 0.4), flagged("gone")) == reading(0.1, 0.2, 0.4)
    assert weighed(reading(0, 0, 0), flagged("mala-paga")) == reading(0, 0, 0)


@given(SHARES, st.lists(st.sampled_from(KINDS), max_size=5))
def test_whatever_is_flagged_the_confidences_add_up_to_what_they_did(shares: list[float], kinds: list[str]) -> None:
    before, after = reading(*shares), weighed(reading(*shares), flagged(*kinds))
    assert {*order(before)} == {*order(after)}
    assert abs(sum(g.confidence for g in after.ranked) - sum(g.confidence for g in before.ranked)) < 0.001
