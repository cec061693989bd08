"""What people say was paid: the sum, how much it is, and whether it is called all or one of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.payments import Payment, are_several, is_one_of_several, payment_in
from bot.understanding.sums import amount_in, number_of, rest_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,400 euros", 2400), ("2.400 €", 2400), ("1,850.50 €", 1850.5), ("$1.200.000 CLP", 1_200_000), ("1.2k", 1200),
        ("45000元", 45000), ("4.5万", 45000), ("2万5", 25000), ("1万2千", 12000), ("三万二", 32000), ("两千块", 2000),
        ("十二万", 120_000), ("三万零五百", 30500), ("five", None),
    ],
)  # fmt: skip
def test_a_sum_is_a_number(text: str, number: float | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("they paid 1,000", 1000), ("they only paid us 500 euros on Friday", 500), ("$500 came in today", 500),
        ("we got 1,000 this morning", 1000), ("they've paid 1k", 1000), ("pagó 500", 500), ("pagaron solo 1.000", 1000),
        ("nos llegaron 500", 500), ("他付了10000", 10000), ("收到10000元", 10000), ("他们打过来一万", 10000),
        ("付10000了", 10000), ("10000到账了", 10000), ("转了三万二", 32000),
        ("the client paid 1,000", 1000), ("sorry, it was 1,500 that they paid", 1500), ("pagaron mil", 1000),
        ("they paid two thousand", 2000), ("fueron 500 los que pagaron", 500), ("they paid $2m", 2_000_000),
    ],
)  # fmt: skip
def test_a_sum_that_was_paid_is_read(text: str, paid: float) -> None:
    assert payment_in(text)[1:4] == (True, paid, False)


@pytest.mark.parametrize(
    "text", ["paid the full 2,400", "paid 2,400 in full", "pagó los 2.400 completos", "付了全款45000"]
)
def test_a_sum_may_be_called_all_that_was_owed(text: str) -> None:
    assert payment_in(text).is_whole


@pytest.mark.parametrize(
    "text",
    [
        "they haven't paid 2,400 euros", "no pagó 500", "还没付10000元", "paid 2 invoices", "they sent 300 mails",
        "paid 3 days late", "he paid on 5 October", "paid invoice 77", "pagó el 5 de octubre", "付了三个月的钱",
        "he paid", "Invoice 1190 was paid this morning", "got 63 of them", "settled in 2022",
    ],
)  # fmt: skip
def test_not_every_figure_was_paid(text: str) -> None:
    assert payment_in(text) == Payment(text)


def test_what_is_left_is_told_from_what_is_owed_of_several() -> None:
    assert [rest_in(text) for text in ("the rest is 1,400", "faltan 640 euros", "还差22500元", "2,400 euros")] == [
        "1,400", "640 euros", "22500元", "",
    ]  # fmt: skip
    assert amount_in("owes us 4,800 and 2,300 on two invoices") == ""


@pytest.mark.parametrize("text", ["two invoices", "invoices 77 and 81", "facturas 77 y 81", "dos facturas", "两笔尾款"])
def test_several_invoices_are_several(text: str) -> None:
    assert are_several(text)
    assert not are_several("invoice 77")


def test_one_of_several_is_not_all() -> None:
    assert is_one_of_several("they paid invoice 77", "77", "", several=True)
    assert is_one_of_several("they paid invoice 81", "81", "77", several=False)
    assert is_one_of_several("pagaron la primera factura", "", "", several=False)
    assert not is_one_of_several("they paid invoice 77", "77", "77", several=False)
    assert not is_one_of_several("they paid both", "", "", several=True)


@given(st.text(alphabet="零一二两三四五六七八九十百千万萬0123456789.,元付了 ", max_size=20))
def test_whatever_looks_like_a_sum_is_one_or_none(text: str) -> None:
    number_of(text)
    payment_in(f"付了{text}")
