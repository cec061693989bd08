"""When a message is about two troubles: by what is read in its clauses."""

from __future__ import annotations

from bot.advice.clauses import with_second
from bot.understanding.reading import Guess, Reading

RUDE, OWES = "she called Marta a useless cow", "the March invoice is still open"
BOTH = f"{RUDE}, and {OWES}"


def reading(confidence: float = 0.95, *, abstained: bool = False, first: str = "mala-paga") -> Reading:
    second = "abusivo" if first == "mala-paga" else "mala-paga"
    ranked = (Guess(first, confidence), Guess(second, 0.03), Guess("pichirre", 0.02))
    return Reading(ranked, abstained, "en")


def read(clause: str) -> Reading:
    return reading(first="abusivo" if "cow" in clause else "mala-paga")


def unsure(clause: str) -> Reading:
    return reading(0.6, first="abusivo" if "cow" in clause else "mala-paga")


def off_topic(_clause: str) -> Reading:
    return reading(abstained=True, first="abusivo")


def test_a_clause_that_is_plainly_about_the_runner_up_brings_it_up() -> None:
    found = with_second(BOTH, reading(), read)
    assert found.archetypes == ("mala-paga", "abusivo")
    assert [guess.id for guess in found.ranked] == ["mala-paga", "abusivo", "pichirre"]


def test_a_clause_that_is_unsure_or_off_topic_brings_nothing_up() -> None:
    assert with_second(BOTH, reading(), unsure) == reading()
    assert with_second(BOTH, reading(), off_topic) == reading()


def test_a_message_of_one_clause_or_of_scraps_is_about_one_thing() -> None:
    assert with_second(RUDE, reading(), read) == reading()
    assert with_second("a cow, ha, and so", reading(), read) == reading()


def test_what_is_not_sure_as_a_whole_stays_as_it_is() -> None:
    doubtful, nothing = reading(0.1), reading(abstained=True)
    assert with_second(BOTH, doubtful, read) == doubtful
    assert with_second(BOTH, nothing, read) == nothing


def test_what_is_all_but_ruled_out_is_not_brought_up() -> None:
    ranked = (Guess("mala-paga", 0.99), Guess("abusivo", 0.0001))
    tale = f"{BOTH}, which is what I wanted to tell you about before the meeting"
    assert with_second(tale, Reading(ranked, abstained=False, language="en"), read).archetypes == ("mala-paga",)
    # Of two short halves the louder one rules out nothing.
    short = with_second(BOTH, Reading(ranked, abstained=False, language="en"), read)
    assert short.archetypes == ("mala-paga", "abusivo")


def test_an_endless_message_costs_a_dozen_readings() -> None:
    asked: list[str] = []

    def counting(clause: str) -> Reading:
        asked.append(clause)
        return reading()

    with_second(f"{OWES}, " * 500, reading(), counting)
    assert len(asked) == 12
