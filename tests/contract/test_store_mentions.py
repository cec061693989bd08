"""Clients whose names stand in a text, as people write in English, Spanish and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage.store import Store
from tests.contract.teams import Member, flags, merges
from tests.support import EXAMPLES

NAMES = ("Acme", "Banco Norte", "Norte", "Café Olé", "宏达科技", "宏达", "Coca-Cola", "O'Neill", "McDonald's", "3M")
SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _knows_all(store: Store) -> None:
    for name in NAMES:
        flags(name)(store)


async def mentioned(ana: Member, text: str) -> list[str]:
    if not await ana.sees(lambda store: len(store.clients.every())):
        await ana.does(_knows_all)
    return [client.name for client in await ana.sees(lambda store: store.clients.mentioned(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("acme owes us", ["Acme"]),
        ("Acme's invoice is late", ["Acme"]),
        ("ACME’S INVOICE IS LATE", ["Acme"]),
        ("what does (acme) want?", ["Acme"]),
        ("O'Neill's brief", ["O'Neill"]),
        ("oneill again", ["O'Neill"]),
        ("McDonald's is late", ["McDonald's"]),
        ("coca cola and 3M", ["Coca-Cola", "3M"]),
        ("ACME, C.A. doesn't pay", ["Acme"]),
        ("acmes and acmé", ["Acme"]),
        ("the macme of acmeist", []),
        ("", []),
        ("¿qué hago con Acme?", ["Acme"]),
        ("¡cafe ole no paga!", ["Café Olé"]),
        ("la factura de banco norte, S.A.", ["Banco Norte", "Norte"]),
        ("CAFÉ OLÉ: otra ronda", ["Café Olé"]),
        ("宏达科技拖欠货款", ["宏达科技", "宏达"]),
        ("宏达科技有限公司的发票", ["宏达科技", "宏达"]),
        ("我们和宏达的合同", ["宏达"]),
        ("Acme 的发票又晚了", ["Acme"]),
        ("Acme的发票又晚了", ["Acme"]),
        ("客户Acme又拖欠了发票", ["Acme"]),
        ("ＡＣＭＥ公司拖欠", ["Acme"]),
        ("“宏达”、acme，都不付款。", ["Acme", "宏达"]),
    ],
)
async def test_a_text_names_its_clients_the_longer_names_first(ana: Member, text: str, names: list[str]) -> None:
    assert await mentioned(ana, text) == names


async def test_a_client_named_twice_or_by_an_other_name_is_there_once(ana: Member) -> None:
    await ana.does(flags("Zeta Studio"))
    await ana.does(flags("acme"))
    await ana.does(merges("acme", "Zeta Studio"))
    found = await ana.sees(lambda store: store.clients.mentioned("acme, that is Zeta Studio, is acme"))
    assert [client.name for client in found] == ["Zeta Studio"]


async def test_a_name_at_the_end_of_an_endless_text_is_found(ana: Member) -> None:
    await ana.does(flags("acme"))
    text = " ".join(f"word{number}" for number in range(4_000)) + " acme"
    assert [c.name for c in await ana.sees(lambda store: store.clients.mentioned(text))] == ["acme"]


@SHARED
@given(st.sampled_from(NAMES), st.text(' .,;:!?¡¿()"“”\n', max_size=4), st.text(' .,;:!?¡¿()"“”\n', max_size=4))
async def test_punctuation_around_a_name_hides_it_from_nobody(ana: Member, name: str, left: str, right: str) -> None:
    assert name in await mentioned(ana, f"so {left} {name}{right} again")
