"""What a list under a field offers: clients by any word of their names, archetypes by any name in any language."""

from __future__ import annotations

import pytest

from bot.arguments import Kind, Param
from bot.commands import ARCHETYPE, CLIENT
from bot.completion import MOST, choices, has_choices
from bot.events import Asker, Place, User
from bot.i18n.messages import N
from bot.reply import Option
from bot.router import Router
from tests.contract.teams import Member, renames
from tests.core.test_completion import flag

HERE = Place("console:t", "c")
SUBJECT = Param("subject", Kind.SUBJECT, N("x"))


def asker(locale: str = "en", *, place: Place = HERE, is_guest: bool = False) -> Asker:
    return Asker(User("ana", locale=locale, is_guest=is_guest), place)


async def offered(bot: Router, begun: str, param: Param = CLIENT, who: Asker | None = None) -> list[str]:
    return [choice.value for choice in await choices(bot, who or asker(), param, begun)]


async def test_clients_are_offered_by_any_word_of_theirs_those_that_begin_with_it_first(bot: Router) -> None:
    await flag(bot, "Studio Acme", "Acmé, C.A.", "Globex", "宏达科技有限公司")
    assert await offered(bot, "acm") == ["Acmé, C.A.", "Studio Acme"]
    assert await offered(bot, "宏达") == ["宏达科技有限公司"]
    assert await offered(bot, "Acme, C.A.") == ["Acmé, C.A."]
    assert await offered(bot, "") == ["Acmé, C.A.", "Globex", "Studio Acme", "宏达科技有限公司"]
    assert await offered(bot, "xyz") == await offered(bot, "%") == []


async def test_another_name_says_whose_it_is(bot: Router) -> None:
    await flag(bot, "acme")
    await Member(bot.services.database, HERE.workspace).does(renames("acme", "Globex"))
    assert await choices(bot, asker(), CLIENT, "acm") == [Option("acme (Globex)", "acme")]


async def test_no_more_are_offered_than_a_list_can_hold(bot: Router) -> None:
    await flag(bot, *(f"x{number} client" for number in range(30)))
    assert len(await offered(bot, "x")) == len(await offered(bot, "cli")) == MOST


@pytest.mark.parametrize("begun", ["mala", "mor", "late", "payer", "拖欠", "付款", "MALA_PAGA"])
async def test_archetypes_are_offered_by_any_alias_in_the_readers_language(bot: Router, begun: str) -> None:
    assert "mala-paga" in await offered(bot, begun, ARCHETYPE)
    shown = {choice.label for choice in await choices(bot, asker("zh-TW"), ARCHETYPE, begun)}
    assert "付款反复逾期 (mala-paga)" in {label.replace("（", " (").replace("）", ")") for label in shown}


async def test_a_subject_is_a_client_or_an_archetype(bot: Router) -> None:
    await flag(bot, "abusiva sl", *(f"client {number}" for number in range(25)))
    assert await offered(bot, "abus", SUBJECT) == ["abusiva sl", "abusivo"]
    assert await offered(bot, "", ARCHETYPE) == (await offered(bot, "", SUBJECT))[-8:]


async def test_outsiders_are_offered_no_client(bot: Router) -> None:
    await flag(bot, "acme")
    shared, alone = Place("console:t", "c", is_shared=True), Place("console:t", "c", has_team=False)
    for who in (asker(is_guest=True), asker(place=shared), asker(place=alone)):
        assert await offered(bot, "acme", CLIENT, who) == []


async def test_words_are_offered_where_there_are_few(bot: Router) -> None:
    when = Param("when", Kind.WORD, N("x"), choices=("now", "weekly"))
    command = Param("command", Kind.WORD, N("x"))
    assert (await offered(bot, "w", when), await offered(bot, "exp", command)) == (["weekly"], ["export"])
    assert [has_choices(p) for p in (when, command, CLIENT, Param("day", Kind.WORD, N("x")))] == [
        True,
        True,
        True,
        False,
    ]
