"""What a client does to get their way is heard in three languages, and what only sounds like it is left alone."""

from __future__ import annotations

import json
from time import process_time

import pytest

from bot.knowledge.schema import LANGUAGES
from tests.core.sayings import lines
from tests.core.sayings_pressure import NO_PRESSURE, PRESSURE
from tests.core.sayings_situations import NO_SITUATIONS, SITUATIONS
from tests.core.test_signs import BENCHMARKS, FINDER, OURS

KINDS = [sign for sign in OURS.signs.values() if sign.kind == "pressure"]
LONGEST = 3_000


def pressing(text: str) -> list[str]:
    return [name for name in FINDER.seen(text, OURS).ids if OURS.signs[name].kind == "pressure"]


@pytest.mark.parametrize("line", lines(PRESSURE))
def test_a_review_money_back_a_lawyer_and_no_invoice_are_heard(line: str) -> None:
    sign, text = line.split(": ", 1)
    assert sign in pressing(text)


@pytest.mark.parametrize("text", lines(NO_PRESSURE))
def test_review_rounds_travel_costs_law_firms_and_cash_flow_are_left_alone(text: str) -> None:
    assert pressing(text) == []


@pytest.mark.parametrize("line", lines(SITUATIONS))
def test_a_situation_that_is_no_kind_of_trouble_is_heard_and_is_no_danger(line: str) -> None:
    sign, text = line.split(": ", 1)
    found = FINDER.seen(text, OURS).ids
    assert sign in found
    assert not [name for name in found if OURS.signs[name].kind in ("danger", "distress")]


@pytest.mark.parametrize("text", lines(NO_SITUATIONS))
def test_press_releases_presents_and_ones_own_boss_are_left_alone(text: str) -> None:
    assert pressing(text) == []


def test_no_off_topic_message_is_taken_for_pressure() -> None:
    rows = [json.loads(row) for path in BENCHMARKS.glob("dev.*.jsonl") for row in path.read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows if not row["labels"] and pressing(row["text"])] == []


@pytest.mark.parametrize(
    "text",
    ["our landlord threatens to sue us over the deposit", "mi casero amenaza con demandarme", "房东说要起诉我们"],
)
def test_who_is_no_client_does_not_press(text: str) -> None:
    assert pressing(text) == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Acme hasn't paid in two months and threatens a bad review", "acme hasnt paid in two months and"),
        ("no nos paga desde marzo y nos quiere demandar", "no nos paga desde marzo y"),
        ("客户不付款还威胁给差评", "客户不付款还"),
        ("the invoice is two months late", ""),
    ],
)
def test_what_else_is_told_is_what_stands_beside_it(text: str, rest: str) -> None:
    assert FINDER.seen(text, OURS).rest == rest


@pytest.mark.parametrize("sign", KINDS, ids=lambda sign: sign.id)
def test_each_says_what_to_do_to_write_and_to_avoid_in_every_language(sign: object) -> None:
    known = next(one for one in KINDS if one is sign)
    for by_language in (known.texts, known.do_now, known.avoid, known.say, known.phrases, known.figures):
        assert set(by_language) == set(LANGUAGES)


@pytest.mark.parametrize(
    "part", ["sue us ", "客户威胁要给我们差评", "amenaza con ", "cash no invoice ", "the client wants "]
)
def test_a_long_text_of_nothing_else_takes_no_time(part: str) -> None:
    start = process_time()
    FINDER.seen((part * LONGEST)[:LONGEST], OURS)
    assert process_time() - start < 1
