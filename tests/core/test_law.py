"""Which facts of the law a card shows, and in which order: what was asked, then terms and interest, then the limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.advice.law import in_order
from bot.advice.topics import topics_in
from bot.events import Command, Place, User
from bot.knowledge.schema import LANGUAGES, Language, Topic
from bot.router import Router
from tests.support import our_knowledge, running_bot

PLACE = Place("console:local", "console")
ON_INTEREST: dict[Language, str] = {
    "en": "can I charge interest?", "es": "¿puedo cobrarle intereses?", "zh": "能收利息吗？",
}  # fmt: skip
ON_CONTRACT: dict[Language, str] = {
    "en": "is there no need for a contract?", "es": "¿hace falta un contrato?", "zh": "一定要签合同吗？",
}  # fmt: skip


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Router]:
    async with running_bot(tmp_path / "chao.db") as running:
        flagged = {"client": "Café Lumbre", "archetype": "mala-paga", "reason": "inv 7"}
        await running.dispatch(Command("f", User("ana"), PLACE, "flag", flagged))
        yield running


async def facts(bot: Router, country: str, question: str = "", language: Language = "en") -> list[int]:
    """The numbers of the facts on the card of a client that pays late, in their order."""
    name = {"name": "country", "value": country}
    await bot.dispatch(Command(f"s{country}", User("ana", is_manager=True), PLACE, "settings", name))
    args = {"subject": "Café Lumbre", **({"question": question} if question else {})}
    card = await bot.dispatch(Command(f"a{country}{question}", User("ana", locale=language), PLACE, "advice", args))
    assert card
    return [int(entry.rsplit(".", 1)[1]) for entry in card.sources if entry.startswith("law.")]


@pytest.mark.parametrize(
    ("country", "numbers"),
    [("ES", [1, 2, 4, 5]), ("CN", [1, 3, 4, 5]), ("US-NY", [2, 3, 4, 5]), ("US-IL", [2, 3, 4, 5]), ("GB", [1, 2, 4, 5]),
     ("EU", [1, 3, 4, 5]), ("CL", [1, 3, 4, 5]), ("MX", [1, 2, 3, 4]), ("CO", [1, 2, 3, 4]), ("BR", [1, 2, 3, 4])],
)  # fmt: skip
async def test_without_a_question_the_term_and_the_interest_come_before_the_limits(
    bot: Router, country: str, numbers: list[int]
) -> None:
    assert await facts(bot, country) == numbers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("country", "first"), [("ES", [2, 1]), ("CN", [3, 1]), ("US-NY", [3, 2]), ("GB", [1, 3])])
async def test_what_was_asked_comes_first(bot: Router, country: str, first: list[int], language: Language) -> None:
    found = await facts(bot, country, ON_INTEREST[language], language)
    assert found == [*first, 4, 5]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_question_about_the_contract_brings_the_fact_on_it_back(bot: Router, language: Language) -> None:
    assert (await facts(bot, "US-NY", f"inv 7. {ON_CONTRACT[language]}", language))[:1] == [1]


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("Can I add a late fee?", ["interest"]),
        ("¿Le aplico un recargo por mora?", ["interest"]),
        ("¿qué interés le cobro y en qué plazo?", ["interest", "deadline"]),
        ("违约金怎么算？", ["interest"]),
        ("滞纳金和合同", ["interest", "contract"]),
        ("付款期限是多久", ["deadline"]),
        ("how long do they have under the contract?", ["deadline", "contract"]),
        ("may I hold the files?", ["rights"]),
        ("¿puedo retener los archivos?", ["rights"]),
        ("著作权归谁", ["rights"]),
        ("they have no interest in paying", []),
        ("no tiene interés en pagar", []),
        ("es una persona interesante", []),
        ("", []),
    ],
)
def test_the_subjects_of_a_question_are_known_in_three_languages(question: str, topics: list[Topic]) -> None:
    assert topics_in(question) == topics


@pytest.mark.parametrize(("count", "order"), [(6, [4, 1, 2, 3, 5, 6]), (5, [1, 2, 3, 4, 5]), (2, [1, 2]), (1, [1])])
def test_a_team_may_write_fewer_facts_than_there_are_topics(count: int, order: list[int]) -> None:
    fact = our_knowledge().current().law["ES"].model_copy(update={"topics": {"rights": (4, 9)}})
    assert in_order(fact, ["rights"], count) == order
