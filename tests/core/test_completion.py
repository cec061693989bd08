"""What may follow a half-written command: and that it is a command again once it is taken."""

from __future__ import annotations

import pytest

from bot.arguments import Kind
from bot.commands import CLIENT
from bot.completion import candidates, suggestions
from bot.events import Asker, Command, Place, User
from bot.knowledge.checks import BUILT_IN
from bot.names import key_of
from bot.router import Router

HERE = Place("console:t", "c")
ANA = User("ana", is_manager=True)
ASKER = Asker(ANA, HERE)


async def flag(bot: Router, *clients: str, place: Place = HERE) -> None:
    for client in clients:
        args = {"client": client, "archetype": "mala-paga"}
        reply = await bot.dispatch(Command("", ANA, place, "flag", args))
        assert reply is not None
        assert not reply.is_error


async def offered(bot: Router, text: str, place: Place = HERE) -> list[str]:
    return (await suggestions(bot, Asker(ANA, place), text))[1]


async def test_an_empty_line_offers_every_command_in_the_order_of_help(bot: Router) -> None:
    assert await suggestions(bot, ASKER, "") == ("", list(bot.commands))
    assert await suggestions(bot, ASKER, "  ") == ("", list(bot.commands))


async def test_a_begun_command_is_completed(bot: Router) -> None:
    assert await suggestions(bot, ASKER, "re") == ("re", ["resolve", "rename"])
    assert await suggestions(bot, ASKER, "FL") == ("FL", ["flag"])


async def test_a_word_that_begins_no_command_offers_nothing(bot: Router) -> None:
    assert await suggestions(bot, ASKER, "客") == ("客", [])
    assert await suggestions(bot, ASKER, "xyzzy ac") == ("ac", [])


async def test_clients_are_offered_by_their_first_letters_whatever_case_and_accents(bot: Router) -> None:
    await flag(bot, "Álamo", "Acme", "Globex", "阿里")
    assert set(await offered(bot, "flag ")) == {"Álamo", "Acme", "Globex", "阿里"}
    assert await offered(bot, "flag al") == ["Álamo"]
    assert await offered(bot, "show AC") == ["Acme"]
    assert await offered(bot, "flag 阿") == ["阿里"]


async def test_a_command_may_be_begun_in_any_language(bot: Router) -> None:
    await flag(bot, "Acme")
    assert await offered(bot, "marcar ac") == await offered(bot, "标记 ac") == ["Acme"]


async def test_a_name_with_spaces_is_offered_in_quotes_also_when_a_quote_was_begun(bot: Router) -> None:
    await flag(bot, "Acme Corp")
    assert await suggestions(bot, ASKER, "show Ac") == ("Ac", ['"Acme Corp"'])
    assert await suggestions(bot, ASKER, 'show "Ac') == ('"Ac', ['"Acme Corp"'])


async def test_a_quoted_name_is_completed_past_its_first_space(bot: Router) -> None:
    await flag(bot, "Acme Corp")
    assert await suggestions(bot, ASKER, 'flag "Acme C') == ('"Acme C', ['"Acme Corp"'])


@pytest.mark.parametrize(
    "name",
    [
        "Acme",
        "Acme Corp",
        "阿里 巴巴",
        "O'Brien & Sons",
        'Acme "Best" Co',
        "'s Gravenhage",
        '"Best"',
        "“Bar” Norte",
        "<!channel>",
    ],
)
async def test_a_client_that_is_taken_from_the_list_is_the_client_that_is_meant(bot: Router, name: str) -> None:
    await flag(bot, name)
    (word,) = await offered(bot, "show ")
    _, args = bot.command(f"flag {word} mala-paga because")
    assert key_of(args["client"]) == key_of(name)
    assert (args["archetype"], args["reason"]) == ("mala-paga", "because")


async def test_the_other_names_of_a_client_are_offered_too(bot: Router) -> None:
    await flag(bot, "acme")
    await bot.dispatch(Command("", ANA, HERE, "rename", {"client": "acme", "name": "Globex"}))
    assert await offered(bot, "show ") == ["Globex", "acme"]


async def test_archetypes_follow_a_client(bot: Router) -> None:
    assert set(await offered(bot, "flag acme ")) == set(BUILT_IN)
    assert await offered(bot, 'flag "Acme Corp" mala') == ["mala-paga"]


async def test_a_subject_may_be_a_client_or_an_archetype(bot: Router) -> None:
    await flag(bot, "Maldonado")
    assert await offered(bot, "advice mal") == ["Maldonado", "mala-paga"]


async def test_free_text_is_not_completed_nor_is_what_comes_after_the_last_argument(bot: Router) -> None:
    assert await offered(bot, "flag acme mala-paga in") == []
    assert await offered(bot, "flag acme mala-paga inv 10") == []
    assert await offered(bot, "undo ") == []


async def test_a_few_fixed_words_are_offered(bot: Router) -> None:
    assert await offered(bot, "summary w") == ["weekly"]
    assert await offered(bot, "help fl") == ["flag"]
    assert await offered(bot, "settings summary-s") == ["summary-scope"]
    assert await offered(bot, "summary weekly m") == ["Monday"]


async def test_clients_of_another_workspace_are_never_offered(bot: Router) -> None:
    await flag(bot, "Acme", place=Place("console:other", "c"))
    assert await offered(bot, "show ") == []


async def test_no_client_is_offered_where_outsiders_read(bot: Router) -> None:
    await flag(bot, "Acme")
    assert await offered(bot, "show ", Place("console:t", "c", is_shared=True)) == []


async def test_no_client_is_offered_to_a_guest(bot: Router) -> None:
    await flag(bot, "Maldonado")
    guest = Asker(User("eva", is_guest=True), HERE)
    assert await suggestions(bot, guest, "show ") == ("", [])
    assert await suggestions(bot, guest, "advice mal") == ("mal", ["mala-paga"])


async def test_a_name_in_closed_quotes_is_replaced_with_its_quotes(bot: Router) -> None:
    await flag(bot, "Acme Corp")
    assert await suggestions(bot, ASKER, 'show "Acme Corp"') == ('"Acme Corp"', ['"Acme Corp"'])


async def test_a_quote_at_the_start_may_belong_to_the_name(bot: Router) -> None:
    await flag(bot, "'s Gravenhage")
    assert await offered(bot, "show 's") == await offered(bot, "show \"'s") == ['"\'s Gravenhage"']


@pytest.mark.parametrize("begun", ["“Acme C", "'Acme C", "«Acme C"])
async def test_a_name_may_be_begun_in_any_quotes(bot: Router, begun: str) -> None:
    await flag(bot, "Acme Corp")
    assert await suggestions(bot, ASKER, f"show {begun}") == (begun, ['"Acme Corp"'])


async def test_a_forgotten_client_is_offered_no_more(bot: Router) -> None:
    await flag(bot, "Acme")
    await bot.dispatch(Command("", ANA, HERE, "forget", {"client": "Acme"}))
    assert await offered(bot, "show ") == []


@pytest.mark.parametrize("begun", ["%", "_", "*", "{", "\\", "🚀", "客" * 40_000])
async def test_a_strange_beginning_offers_nothing(bot: Router, begun: str) -> None:
    await flag(bot, "Acme")
    assert await candidates(bot, ASKER, CLIENT, begun) == []


async def test_text_arguments_have_no_candidates(bot: Router) -> None:
    assert bot.commands["note"].params[1].kind is Kind.TEXT
    assert await candidates(bot, ASKER, bot.commands["note"].params[1], "") == []
