"""What is read from people's words for the gaps of a script: delays, invoices, amounts, `label: value` pairs."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.values import days_late, month_in, told_late, values_in
from tests.support import START, our_knowledge

TODAY = START.date()
PLACEHOLDERS = our_knowledge().current().placeholders


def values(*texts: str) -> dict[str, str]:
    return values_in(texts, PLACEHOLDERS, TODAY)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("inv 104, 20 days late", 20),
        ("3 weeks overdue", 21),
        ("a month behind", 30),
        ("half a month late", 15),
        ("THREE WEEKS PAST DUE", 21),
        ("has not paid us for two months", 60),
        ("they haven't paid in 2 weeks", 14),
        ("they hasn’t paid in 2 months", 60),
        ("15 días de retraso", 15),
        ("una semana de atraso", 7),
        ("un mes de mora", 30),
        ("3 semanas tarde", 21),
        ("10 dias vencida", 10),
        ("lleva dos meses sin pagar", 60),
        ("dos meses sin pagar", 60),
        ("hace tres meses que no pagan", 90),
        ("debe 3 meses sin pagar", 90),
        ("逾期三个月", 90),
        ("逾期２０天", 20),
        ("拖了半个月", 15),
        ("拖欠两周", 14),
        ("拖了两个星期", 14),
        ("逾期十天", 10),
        ("siete días de retraso", 7),
        ("ten days late", 10),
    ],
)
def test_a_delay_is_read_in_every_language(text: str, days: int) -> None:
    assert days_late(text, TODAY) == days


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("the July invoice is unpaid", 7), ("the invoice for March", 3), ("July's bill", 7), ("la factura de julio", 7),
        ("factura del mes de enero", 1), ("7月的发票", 7), ("七月份的账单", 7), ("12月的尾款还没付", 12),
        ("facturas de julio y agosto", None), ("the June and July invoices", None), ("since July", None),
        ("7月和8月的发票", None), ("the July campaign", None),
    ],
)  # fmt: skip
def test_an_invoice_may_be_named_by_its_month(text: str, month: int | None) -> None:
    assert month_in(values(text).get("invoice", "")) == month


def test_a_number_says_more_than_a_month() -> None:
    assert values("invoice 1043 of the July invoice run")["invoice"] == "1043"


@pytest.mark.parametrize(
    "text", ["", "late", "20 days", "paid in 20 days", "two months", "客户", "半个月", "the invoice of 20 May", "🚀"]
)
def test_a_text_without_a_delay_states_none(text: str) -> None:
    assert days_late(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "not_days"), [("2.5 months late", 150), ("1,000 days late", 0), ("12345 days late", 2345)]
)
def test_the_tail_of_a_number_is_not_taken_for_the_number(text: str, not_days: int) -> None:
    assert days_late(text, TODAY) != not_days


def test_the_last_letter_of_a_word_is_no_count() -> None:
    assert days_late("the extra day late on", TODAY) is None


@pytest.mark.parametrize(
    ("text", "invoice"),
    [
        ("inv 104", "104"),
        ("Invoice no. 2026/031 is late", "2026/031"),
        ("invoice number 12", "12"),
        ("INV#A-77-", "A-77"),
        ("inv: 12, again", "12"),
        ("factura nº F-104", "F-104"),
        ("fra. 9", "9"),
        ("fact. 31", "31"),
        ("发票号 2026-88", "2026-88"),
        ("账单：104", "104"),
        ("单号 12", "12"),
        ("單號 12", "12"),
    ],
)
def test_an_invoice_is_read_in_every_language(text: str, invoice: str) -> None:
    assert values(text)["invoice"] == invoice


@pytest.mark.parametrize(
    "text",
    [
        "invoiced 3 times", "the invoice is late", "In fact 3 people shouted", "an invention 4 me",
        "the invoice is 2000 euros", "la factura es 200 euros", "发票是100元", "inv 3.000 €", "发票是3月的",
        "they say we may invoice them next week", "she may bill us",
    ],
)  # fmt: skip
def test_a_number_near_is_not_always_an_invoice(text: str) -> None:
    assert "invoice" not in values(text)


def test_the_sum_of_an_invoice_is_not_taken_for_its_number() -> None:
    assert values("the invoice is 2000 euros") == {"amount": "2000 euros"}
    assert values("the May invoice is 2000 euros") == {"invoice": "@5", "amount": "2000 euros"}


def test_a_delay_is_not_taken_for_the_number_of_the_invoice() -> None:
    assert values("invoice 30 days late") == {"days": "30"}
    assert "invoice" not in values("账单 30 天没付")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("owes €1,200.50 since May", "€1,200.50"),
        ("owes $3k", "$3k"),
        ("£2.5m", "£2.5m"),
        ("1.200,50 € de mayo", "1.200,50 €"),
        ("3000 EUR.", "3000 EUR"),
        ("deben 500 dólares", "500 dólares"),
        ("3k euros", "3k euros"),
        ("3万元", "3万元"),
        ("欠了5000块", "5000块"),
        ("¥ 800 没付", "¥ 800"),
        ("¥3万没付", "¥3万"),
        ("owes €1,200, again", "€1,200"),
        ("Owes $1,200. Promised Friday.", "$1,200"),
    ],
)
def test_an_amount_is_read_with_its_currency(text: str, amount: str) -> None:
    assert values(text)["amount"] == amount


@pytest.mark.parametrize("text", ["1200 of them", "20 days", "3 europeos", "a dollar or two", ""])
def test_a_number_without_currency_is_no_amount(text: str) -> None:
    assert "amount" not in values(text)


def test_a_label_and_a_value_say_it_in_every_language_and_override_guesses() -> None:
    assert values("inv 1; factura: 104；importe：300 €\nDías de retraso: 12;  项目: 官网") == {
        "invoice": "104",
        "amount": "300 €",
        "days": "12",
        "project": "官网",
    }


def test_a_gap_may_be_named_by_its_id() -> None:
    assert values("in_2_days: Friday; greeting: Ana") == {"in_2_days": "Friday", "greeting": "Ana"}


@pytest.mark.parametrize("text", ["unknown: 3", "invoice:", "invoice:   ", "http://acme.example", ":", ": 104", ""])
def test_what_is_no_known_pair_gives_no_value(text: str) -> None:
    assert values(text) == {}


def test_later_words_override_earlier_ones_and_silence_overrides_nothing() -> None:
    assert values("invoice: 1; amount: 5 €", "invoice: 2", "no news") == {"invoice": "2", "amount": "5 €"}


def test_a_long_value_is_cut_and_a_hostile_one_stays_data() -> None:
    assert values("client: " + "客" * 3_000)["client"] == "客" * 120
    assert values("client: {days} <!channel>")["client"] == "{days} <!channel>"


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_words_give_values_without_holes_for_known_gaps(texts: list[str]) -> None:
    found = values(*texts)
    assert set(found) <= set(PLACEHOLDERS)
    assert all(value.strip() for value in found.values())


@given(st.integers(1, 9999), st.sampled_from(["day", "week", "month"]))
def test_any_count_of_days_weeks_and_months_is_read(count: int, unit: str) -> None:
    size = {"day": 1, "week": 7, "month": 30}[unit]
    assert days_late(f"inv 7, {count} {unit}s late", TODAY) == count * size
    assert values(f"{count} {unit}s late")["days"] == str(count * size)


@pytest.mark.parametrize(
    "text",
    [
        "inv" + " " * 400 + "x",
        "factura" + "\t" * 400 + "x",
        "1" * 3_000,
        "1," * 1_500,
        "$1" * 1_500,
        "a day " * 500,
        "invoice: " * 300,
        "inv1/" * 600 + " days",
        "逾期" * 1_500,
    ],
    ids=lambda text: f"{text[:9]}…",
)
def test_no_reason_takes_long_to_read(text: str) -> None:
    began = perf_counter()
    values(text)
    assert perf_counter() - began < 0.3


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("欠款从7月开始，一共4.5万，而且他每个周末都打电话", "4.5万"),
        ("尾款三万二", "三万二"), ("三个月了，2万5", "2万5"),
        ("欠款五万没给", "五万"), ("la factura es de $1.200.000 CLP", "$1.200.000 CLP"), ("the rest is 1,200", "1,200"),
        ("she still owes us 800", "800"), ("faltan 640", "640"),
    ],
)  # fmt: skip
def test_a_sum_needs_no_currency_where_it_is_said_to_be_owed(text: str, amount: str) -> None:
    assert values(text)["amount"] == amount


@pytest.mark.parametrize(
    "text",
    [
        "账号有3万粉丝",
        "款项共3万字",
        "万一他不付",
        "他催了三千遍",
        "they owe us 20 days",
        "quedan 3 días",
        "they owe 2025 taxes",
    ],
)
def test_what_is_counted_is_no_sum(text: str) -> None:
    assert "amount" not in values(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("no paga y ya no contesta, 2.500 dólares, 3 meses", 90), ("三个月了", 90), ("三个月了，2万5", 90),
        ("Acme, 3,200 USD, due 1 October, invoice 1043", 54), ("factura 88, 1.850 €, vencía el 1 de octubre", 54),
        ("尾款4.5万，10月1日到期", 54), ("欠款从7月开始，一共4.5万", 116), ("3,200 USD, due 15 December", None),
        ("old client, 3 years, hasn't paid 3,000 euros", None), ("invoice 12, payment due in 30 days", None),
    ],
)  # fmt: skip
def test_beside_a_sum_a_bare_time_is_a_delay(text: str, days: int | None) -> None:
    assert told_late(text, TODAY) == days
