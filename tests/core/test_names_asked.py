"""The names that a letter is asked to have: as people ask for them, and what only looks like it."""

from __future__ import annotations

import pytest

from bot.understanding.names_asked import names_asked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("make it from Nina to Rosa", {"sender": "Nina", "greeting": "Rosa"}),
        ("Sign it from Nina!", {"sender": "Nina"}),
        ("can you sign as Nina Ortiz, please", {"sender": "Nina Ortiz"}), ("my name is Nina", {"sender": "Nina"}),
        ("her name is rosa", {"greeting": "Rosa"}), ("que la firme Lucía", {"sender": "Lucía"}),
        ("me llamo Lucía", {"sender": "Lucía"}),
        ("ponle mi nombre, Lucía", {"sender": "Lucía"}), ("el contacto es Marta", {"greeting": "Marta"}),
        ("落款写李娜", {"sender": "李娜"}), ("收件人是王经理", {"greeting": "王经理"}),
        ("以李娜的名义写", {"sender": "李娜"}),
    ],
)  # fmt: skip
def test_the_names_are_found(text: str, names: dict[str, str]) -> None:
    assert names_asked(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "sign it today", "they signed the contract", "it's from the client", "write it to him", "from Monday to Friday",
        "firma mañana", "no firma", "firmó el contrato", "de lunes a viernes", "他签了", "写给他",
        "a letter from Nina came",
        "the client wants to sign it from Nina's office and pay later", "make it firmer", "",
    ],
)  # fmt: skip
def test_what_names_nobody_is_no_name(text: str) -> None:
    assert names_asked(text) == {}
