"""Orders that their own last words doubt or take back, and what erases: nothing is done before it is confirmed."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_free_words import known, last, shown

YES = {"Yes, do it", "Sí, hazlo", "对，就这么办"}


def is_asked_back(chat: Driver, user: str = "bob") -> bool:
    return bool(YES & set(chat.sees(user)[-1].buttons))


@pytest.mark.parametrize(
    "line",
    [
        "flag Orchid as abusive or not?",
        "flag Orchid abusivo o no?",
        "把Orchid标记为辱骂型好不好",
        "flag Orchid mala-paga or not",
        "flag Orchid mala-paga, just kidding",
        "flag Orchid as abusive - no wait",
        "flag Orchid as abusive, what do you think?",
        "flag Orchid as abusive lol jk",
        "would you flag Orchid as abusive?",
        "marca a Orchid como abusivo, ¿sí o no?",
        "marca a Orchid como abusivo ¿o mejor no?",
        "marcar Orchid moroso es broma",
        "标记 Orchid 拖欠款 还是算了",
        "标记 Orchid 拖欠款 开玩笑的",
        "把Orchid标记为辱骂型合适吗",
    ],
)
async def test_a_flag_is_not_stored_where_its_last_words_doubt_it(chat: Driver, line: str) -> None:
    await chat.says("bob", line)
    assert is_asked_back(chat)
    assert "open flag" not in await shown(chat, "Orchid")


async def test_the_doubt_is_no_reason(chat: Driver) -> None:
    await chat.says("bob", "flag Orchid as abusive or not?")
    assert "`/client flag Orchid abusive`" in last(chat)
    await chat.presses("bob", "Yes, do it")
    assert "or not" not in await shown(chat, "Orchid")


@pytest.mark.parametrize(
    "line", ["flag Orchid as abusive or stingy?", "marca Orchid abusivo o pichirre", "标记 Orchid 辱骂型还是抠门？"]
)
async def test_of_two_kinds_none_is_taken_for_the_asker(chat: Driver, line: str) -> None:
    await chat.says("bob", line)
    assert "open flag" not in await shown(chat, "Orchid")


@pytest.mark.parametrize(
    "reason",
    [
        "or so they said, inv 104",
        "why do they never pay?",
        "ok",
        "right after we delivered",
        "no invoice paid in May",
        "no",
    ],
)
async def test_a_reason_that_only_begins_so_is_kept(chat: Driver, reason: str) -> None:
    await chat.says("bob", f"flag Orchid mala-paga {reason}")
    if reason != "no":
        assert reason in await shown(chat, "Orchid")


@pytest.mark.parametrize(
    "line", ["resolve acme?", "forget acme?", "resolver acme?", "olvidar acme?", "遗忘 acme？", "解决 acme？"]
)
async def test_a_command_with_a_question_mark_is_asked_back(chat: Driver, line: str) -> None:
    await known(chat, "acme")
    await chat.says("ana", line)
    assert is_asked_back(chat, "ana")
    assert "acme?" not in last(chat, "ana")
    assert "1 open flag" in await shown(chat, "acme")


@pytest.mark.parametrize("line", ["resolve acme?", "/client resolve acme?"])
async def test_what_was_asked_back_is_done_when_it_is_confirmed(chat: Driver, line: str) -> None:
    await known(chat, "acme")
    await chat.says("bob", line)
    await chat.presses("bob", "Yes, do it")
    assert "1 flag on acme is resolved" in last(chat)


@pytest.mark.parametrize(
    "line",
    [
        "delete acme",
        "borra acme",
        "删除acme",
        "please forget acme",
        "can you delete acme?",
        "erase everything about acme",
        "remove acme from the list",
        "wipe acme's data",
        "delete the client acme",
        "borra a acme",
        "elimina al cliente acme",
        "olvida a acme",
        "borra todo lo de acme",
        "borra todo lo que sabes de acme",
        "saca a acme de la lista",
        "删掉acme",
        "把acme删了",
        "忘掉acme吧",
        "清除acme的所有数据",
        "把acme的资料都删掉",
    ],
)
async def test_what_erases_a_client_is_asked_back_and_done_only_then(chat: Driver, line: str) -> None:
    await known(chat, "acme")
    await chat.says("ana", line)
    assert "`/client forget acme`" in last(chat, "ana")
    assert "`/client resolve`" in last(chat, "ana")
    assert "1 open flag" in await shown(chat, "acme")
    button = next(iter(YES & set(chat.sees("ana")[-1].buttons)))
    await chat.presses("ana", button)
    assert "1 open flag" not in await shown(chat, "acme")


@pytest.mark.parametrize("line", ["delete acme", "borra a acme", "删除acme"])
async def test_who_may_not_erase_is_told_so(chat: Driver, line: str) -> None:
    await known(chat, "acme")
    await chat.says("bob", line)
    assert not is_asked_back(chat)
    assert "1 open flag" in await shown(chat, "acme")


@pytest.mark.parametrize(
    "line",
    [
        "flag everyone as abusive",
        "flag yourself as abusive",
        "marca a todos como abusivo",
        "把老板标记为辱骂型",
        "flag me abusivo",
    ],
)
async def test_nobody_is_flagged_who_is_no_client(chat: Driver, line: str) -> None:
    await chat.says("bob", line)
    await chat.runs("bob", "list")
    assert "No client has open flags" in last(chat)


@pytest.mark.parametrize(
    "line",
    [
        "unsubscribe",
        "stop sending me this",
        "stop posting here",
        "dame de baja",
        "deja de mandar esto",
        "退订",
        "别再发了",
    ],
)
async def test_the_summary_is_not_stopped_before_that_is_confirmed(chat: Driver, line: str) -> None:
    await chat.says("bob", "send the summary every monday at 9")
    await chat.says("bob", line)
    assert "`/client summary off`" in last(chat)
    await chat.presses("bob", next(iter(YES & set(chat.sees("bob")[-1].buttons))))
    await chat.runs("bob", "summary", when="status")
    assert "No weekly summary is planned" in last(chat)
