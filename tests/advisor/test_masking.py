"""No client's name leaves, however it is written; and it comes back as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advisor.masking import Mask
from bot.names import fold

NAMES = (
    ("Acme Corp", 1), ("ACME", 1), ("Estudio Ñandú", 2), ("宏达科技有限公司", 3), ("宏达", 3), ("IBM", 4),
    ("The Good Company", 5), ("华為", 6), ("Smith & Sons", 7), ("★★", 8), ("华", 9), ("A", 10), ("L'Oréal", 11),
)  # fmt: skip


def masked(text: str) -> str:
    return Mask.of(NAMES, [text]).question(text)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Acme hasn't paid", "CLIENT_1 hasn't paid"),
        ("ACME CORP. and acme's boss", "CLIENT_1. and CLIENT_1's boss"),
        ("ａｃｍｅ, Ácmé, A.C.M.E.", "CLIENT_1, CLIENT_1, CLIENT_1."),
        ("Acme\u0301 and Ac\u0301me pay late", "CLIENT_1 and CLIENT_1 pay late"),
        ("A\u200bc\u200bm\u200be is late", "CLIENT_1 is late"),
        ("acme.com owes, so do the Acmes", "CLIENT_1.com owes, so do the CLIENT_1s"),
        ("estudio nandu no paga, Ñandú nunca", "CLIENT_1 no paga, CLIENT_1 nunca"),
        ("宏達拖了三個月，宏 达 也不回", "CLIENT_1拖了三個月，CLIENT_1 也不回"),
        ("宏达科技有限公司欠款", "CLIENT_1欠款"),
        ("華为不付款", "CLIENT_1不付款"),
        ("IBM's invoice", "CLIENT_1's invoice"),
        ("Smith won't sign", "CLIENT_1 won't sign"),
        ("this good work of Loreal", "this good work of CLIENT_1"),
        ("★★ is late", "CLIENT_1 is late"),
        ("说的是 华 ，不付", "说的是 CLIENT_1 ，不付"),
    ],
)
def test_a_name_is_replaced_in_every_spelling(text: str, sent: str) -> None:
    assert masked(text) == sent


def test_the_same_client_has_the_same_placeholder_and_others_have_others() -> None:
    assert (
        masked("Acme told IBM that acme corp pays, 宏达 too")
        == "CLIENT_1 told CLIENT_2 that CLIENT_1 pays, CLIENT_3 too"
    )


@pytest.mark.parametrize(
    "text", ["a reasonable and good company", "中华料理很好吃", "facade and decorum", "the IBMX plan"]
)
def test_words_that_only_look_alike_stay(text: str) -> None:
    assert Mask.of([name for name in NAMES if name[1] != 10], [text]).question(text) == text


def test_addresses_people_and_long_numbers_stay_here() -> None:
    sent = masked("@sam <@U123> wrote from sam@globex.io, see https://globex.io/pay?x=1 or call +34 600 123 456")
    assert sent == "(person) (person) wrote from (address), see (link) or call (number)"


def test_placeholders_that_somebody_typed_stand_for_nobody() -> None:
    mask = Mask.of(NAMES, ["owe Acme"])
    sent = mask.question("CLIENT_2 and [client_1] owe Acme")
    assert sent == "CLIENT 2 and [CLIENT 1] owe CLIENT_1"
    assert mask.restored("write to CLIENT_1") == "write to Acme"
    assert mask.restored("write to CLIENT_2") is None


def test_a_name_comes_back_as_the_asker_wrote_it() -> None:
    mask = Mask.of(NAMES, ["acme"])
    mask.question("acme is late")
    assert mask.restored("Ring [CLIENT_1] today") == "Ring acme today"


def test_a_name_in_a_teams_own_playbook_is_replaced_too() -> None:
    assert (
        Mask.of(NAMES, ["Ring Acme Corp, then Smith"]).entry("Ring Acme Corp, then Smith")
        == "Ring CLIENT_1, then Smith"
    )


@given(
    name=st.text(st.characters(categories=("L", "N", "S", "P")), min_size=1, max_size=20),
    before=st.text(max_size=20), after=st.text(max_size=20),
)  # fmt: skip
def test_whatever_a_client_is_called_its_name_is_not_sent(name: str, before: str, after: str) -> None:
    text = f"{before} {name} {after}"
    sent = Mask.of([(name, 1)], [text]).question(text)
    if len(fold(name)) > 3 and fold(name) not in fold(f"{before} | {after}") and "client" not in fold(name):
        assert fold(name) not in fold(sent)
