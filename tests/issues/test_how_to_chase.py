"""Who asks how to chase a payment, after telling of it, gets the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.talk import last_reply


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("they haven't paid in two months", "how do I chase them?"),
        ("llevan dos meses sin pagar", "¿cómo les cobro?"),
        ("llevan dos meses sin pagar", "¿cómo le reclamo?"),
        ("客户拖了我们两个月尾款", "怎么催"),
        ("客户拖了我们两个月尾款", "怎么催他"),
    ],
)
async def test_how_to_chase_is_a_wish_for_the_letter(told: str, asked: str, tmp_path: Path) -> None:
    reply = await last_reply(tmp_path / "chao.db", told, asked)
    assert reply.sources == ("mala-paga.say.email.firm",)
