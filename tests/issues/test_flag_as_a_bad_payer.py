"""`flag acme as a bad payer` was refused: "I don't know the archetype “as”"."""

from __future__ import annotations

import pytest

from bot.arguments import Kind, Kinds, Param, bind
from bot.commands import ARCHETYPE, CLIENT
from bot.i18n.messages import N

REASON = Param("reason", Kind.TEXT, N("what happened, when, how much"), is_required=False)
KINDS = {"bad payer", "moroso", "拖欠款", "a la carte", "mala-paga"}


@pytest.mark.parametrize(
    ("line", "kind", "reason"),
    [
        ("acme as a bad payer two months late", "bad payer", "two months late"),
        ("acme as mala-paga", "mala-paga", None),
        ("acme a bad payer", "bad payer", None),
        ("acme como un moroso ya van dos meses", "moroso", "ya van dos meses"),
        ("acme 为 拖欠款", "拖欠款", None),
        ("acme 为拖欠款 两个月了", "拖欠款", "两个月了"),
        ("acme is a bad payer", "bad payer", None),
        ("acme as bad payer, two months late", "bad payer", "two months late"),
        ("acme como un cliente moroso", "moroso", None),
        ("acme As A bad payer", "bad payer", None),
        ("acme a la carte as agreed", "a la carte", "as agreed"),
        ("acme mala-paga as a favour", "mala-paga", "as a favour"),
        ("acme as angry as ever", "angry", "as ever"),
        ("acme as a a a bad payer", "a", "bad payer"),
    ],
)
def test_words_that_lead_up_to_an_archetype_are_no_archetype(line: str, kind: str, reason: str | None) -> None:
    found = bind((CLIENT, ARCHETYPE, REASON), line, Kinds(KINDS.__contains__))
    assert (found["client"], found["archetype"], found.get("reason")) == ("acme", kind, reason)


def test_a_note_that_begins_like_a_link_stays_whole_where_no_archetype_is_needed() -> None:
    optional = Param("archetype", Kind.ARCHETYPE, ARCHETYPE.help, is_required=False)
    found = bind((CLIENT, optional, REASON), "acme the moroso left, all is settled", Kinds(KINDS.__contains__))
    assert found == {"client": "acme", "reason": "the moroso left, all is settled"}
