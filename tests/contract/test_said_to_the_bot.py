"""What is said to the bot rather than told of a client gets a word on what it can do, not a playbook."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_free_words import known, last


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("you suck", "“It is another kind”"),
        ("eres inútil", "«Es de otro tipo»"),
        ("你真没用", "“换个类型”"),
        ("stop", "`/client summary off`"),
        ("para", "`/client summary off`"),
        ("停止", "`/client summary off`"),
        ("delete everything", "I erased nothing"),
        ("borra todo", "No he borrado nada"),
        ("全部删除", "我什么都没删"),
        ("ping", "Tell me what the client did"),
        ("¿estás?", "Cuéntame qué hizo el cliente"),
        ("醒着吗", "说说客户干了什么"),
    ],
)
async def test_it_says_what_it_can_do(chat: Driver, line: str, words: str) -> None:
    await known(chat, "acme")
    await chat.says("bob", line)
    assert words in last(chat)
    assert "mala-paga." not in last(chat)


@pytest.mark.parametrize(
    "line",
    [
        "acme told me to shut up",
        "the client says you are all useless",
        "mi cliente nos dice inútiles",
        "客户骂我们没用的废物",
    ],
)
async def test_the_same_words_from_a_client_are_a_trouble(chat: Driver, line: str) -> None:
    await chat.says("bob", line)
    assert "abusivo." in last(chat)


@pytest.mark.parametrize(
    "line", ["Acme", "acme?", "Initech Ltd", "Bright Harbor?", "Estudio Norte", "¿Zyrtexo?", "星河", "远山公司"]
)
async def test_a_bare_name_that_nobody_bears_is_told_so(chat: Driver, line: str) -> None:
    await chat.says("bob", line, thread="t1")
    assert "I know no client called" in last(chat)


@pytest.mark.parametrize(
    "line", ["scope creep", "Insultos", "impago", "micromanagement", "拖款", "Late payment", "Scope creep"]
)
async def test_a_bare_word_for_a_trouble_is_no_name(chat: Driver, line: str) -> None:
    await chat.says("bob", line)
    assert "know no client" not in last(chat)


async def test_a_name_that_is_known_gets_its_advice(chat: Driver) -> None:
    await known(chat, "Bright Harbor")
    await chat.says("bob", "Bright Harbor?")
    assert "mala-paga." in last(chat)
