"""Two troubles in one short message are both told, the more urgent first, with what changes when they meet."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_news import _told


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("he wants a discount AND pays late", "mala-paga", "pichirre"),
        ("pide descuento y paga tarde", "mala-paga", "pichirre"),
        ("又砍价又拖款", "mala-paga", "pichirre"),
        ("she insults us and pays late", "abusivo", "mala-paga"),
        ("can't decide and never pays", "mala-paga", "indeciso"),
        ("no se decide y además no paga", "mala-paga", "indeciso"),
        ("客户骂人，还拖款", "abusivo", "mala-paga"),
        ("writes at 2am and insults us", "abusivo", "sin-horario"),
        ("grita y regatea", "abusivo", "pichirre"),
        ("拿不定主意又拖尾款", "mala-paga", "indeciso"),
        ("He called my designer stupid and his invoice is 40 days overdue", "abusivo", "mala-paga"),
        ("me escribe un viernes a las 6 y nos debe 1.800 hace mes y medio", "mala-paga", "sin-horario"),
    ],
)
async def test_both_halves_are_told_and_what_they_are_together(
    chat: Driver, text: str, first: str, second: str
) -> None:
    card = await _told(chat, text)
    assert card.index(f"{first}.do_now.1") < card.index(f"{second}.do_now.1")
    assert f"combinations.{first}-with-{second}" in card


@pytest.mark.parametrize(
    "text",
    [
        "客户天天半夜改需求，尾款逾期30天",
        "My designer is ill, and the client's invoice is 40 days overdue",
        "our biggest client is 60 days late on 12k and wants the next campaign. boss says do it",
    ],
)
async def test_how_late_a_bill_is_is_heard_beside_whatever_hides_it(chat: Driver, text: str) -> None:
    assert "mala-paga.do_now.1" in await _told(chat, text)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("he pays late and then complains", "sin-horario"), ("no paga y no contesta", "indeciso"),
        ("he doesn't pay and doesn't answer", "sin-horario"), ("不付钱也不回消息", "sin-horario"),
    ],
)  # fmt: skip
async def test_what_only_goes_with_it_is_no_second_trouble(chat: Driver, text: str, second: str) -> None:
    card = await _told(chat, text)
    assert "mala-paga.do_now.1" in card
    assert f"{second}." not in card
