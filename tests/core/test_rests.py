"""What is left of a debt after a payment: written as the debt is, or nothing where it can't be known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.payments import payment_in
from bot.understanding.rests import Reckoning, covers, left_of, reckoned


@pytest.mark.parametrize(
    ("owed", "paid", "left"),
    [
        ("3,000", "1,000", "2,000"), ("3.000 €", "500,50", "2.499,50 €"), ("3,000 euros", "1,000", "2,000 euros"),
        ("3,000", "1,000 euros", "2,000 euros"), ("$3,000", "1,000 dollars", "$2,000"), ("3k", "500", "2.5k"),
        ("£3,000.50", "£1,000", "£2,000.50"), ("3000", "mil", "2000"), ("3,000 EUR", "€1,000", "2,000 EUR"),
        ("3万", "1万", "2万"), ("3万", "5000", "2.5万"), ("30000元", "1万", "20000元"), ("三万二", "5000", "27000"),
        ("2万5", "1", "24999"), ("1.200.000 pesos", "200.000", "1.000.000 pesos"),
    ],
)  # fmt: skip
def test_what_is_left_is_written_as_the_debt_is(owed: str, paid: str, left: str) -> None:
    assert left_of(owed, paid) == left


@pytest.mark.parametrize(
    ("owed", "paid"),
    [
        ("3,000 euros", "1,000 dollars"), ("$3.000", "1.000 pesos"), ("$3.000", "1.000 dólares"), ("3万元", "1000美元"),
        ("3,000 EUR", "1,000 USD"), ("3,000", "4,000"), ("3,000", "3,000"), ("", "1,000"), ("3,000", "something"),
        ("9" * 400, "1"),
    ],
)  # fmt: skip
def test_nothing_is_worked_out_across_currencies_or_from_less(owed: str, paid: str) -> None:
    assert left_of(owed, paid) == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("they owe us 3,000 and paid 1,000", "2,000"), ("the invoice was for 5,000, they paid 2,000 in May", "3,000"),
        ("they paid 1,000 of the 3,000", "2,000"), ("a 3,000 invoice, they paid 1,000", "2,000"),
        ("invoice 104 for 3k, they paid 1k", "2k"), ("nos deben 3.000 y pagaron 1.000", "2.000"),
        ("nos debían 3.000, abonaron 1.000", "2.000"), ("pagaron 1.000 de los 3.000", "2.000"),
        ("欠我们3万，只付了1万", "2万"), ("尾款3万只付了1万", "2万"), ("一共30000元，付了10000", "20000元"),
    ],
)  # fmt: skip
def test_one_text_may_say_both_what_was_owed_and_what_was_paid(text: str, left: str) -> None:
    assert reckoned(payment_in(text), "", is_first=True).rest == left


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("they paid 1,000 and still owe us 2,500", "2,500"),
        ("paid 1,000, the rest is 1,500", "1,500"),
        ("still owe us 2,500, they paid 1,000", "2,500"),
        ("pagaron 1.000, faltan 1.500", "1.500"),
        ("付了1万，还欠2万5", "2万5"),
        ("付了1万，还差15000元", "15000元"),
    ],
)
def test_a_rest_that_is_named_is_taken_as_it_is(text: str, rest: str) -> None:
    assert reckoned(payment_in(text), "3,000", is_first=True) == Reckoning(rest=rest)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("they paid half", "1,500"), ("they paid 30%", "2,100"), ("pagaron la mitad", "1,500"), ("付了一半", "1,500"),
        ("they paid the other half", ""), ("they paid 1,000 in May and 500 in June", ""), ("付了1000，又付了500", ""),
        ("they owe 4,800 and 2,300, they paid 1,000", ""), ("they made a payment", ""),
    ],
)  # fmt: skip
def test_half_of_it_is_a_sum_and_two_payments_at_once_are_not_guessed_at(text: str, left: str) -> None:
    assert reckoned(payment_in(text), "3,000", is_first=True).rest == left


def test_half_of_what_was_paid_in_part_may_be_half_of_either() -> None:
    assert reckoned(payment_in("they paid half"), "3,000", is_first=False).rest == ""


def test_a_debt_is_covered_in_its_own_currency_only() -> None:
    assert covers("3,000", "3,000 euros")
    assert not covers("3,000 dollars", "3,000 euros")
    assert not covers("2,999", "3,000")


@given(st.text(alphabet="一二三十百千万0123456789.,k€$元 paid owe us half", max_size=40), st.text(max_size=20))
def test_whatever_is_typed_there_is_a_rest_or_none(text: str, known: str) -> None:
    reckoned(payment_in(f"they paid 1,000 {text}"), known or text, is_first=True)
    left_of(text, known)
