"""In a thread about a client's debt, whoever else does not pay or answer brings that client no final demand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.reply import plain_text
from tests.issues.talk import last_reply

DEBTS = {
    "en": "they haven't paid in two months",
    "es": "llevan dos meses sin pagar",
    "zh": "客户拖了我们两个月尾款",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my boss still does not answer"),
        ("en", "my landlord still doesn't answer"),
        ("en", "my flatmate still hasn't paid"),
        ("en", "my designer still hasn't sent the letter"),
        ("es", "mi compañero de piso no paga"),
        ("es", "mi jefe no contesta"),
        ("es", "el proveedor sigue sin contestar"),
        ("zh", "我室友还是不付钱"),
        ("zh", "供应商还是没回"),
    ],
)
async def test_who_is_no_client_moves_no_clients_ladder(language: str, text: str, tmp_path: Path) -> None:
    reply = await last_reply(tmp_path / "chao.db", DEBTS[language], text)
    assert not any(source.startswith("mala-paga.") for source in reply.sources)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "our client still does not answer"),
        ("en", "the client still hasn't paid, my boss is furious"),
        ("es", "mi jefe pregunta qué sigue"),
        ("zh", "我老板问下一步怎么办"),
    ],
)
async def test_the_client_still_does(language: str, text: str, tmp_path: Path) -> None:
    reply = await last_reply(tmp_path / "chao.db", DEBTS[language], text)
    assert any(source.startswith("mala-paga.") for source in reply.sources)


async def test_who_it_is_instead_is_said_or_what_the_thread_is_about(tmp_path: Path) -> None:
    boss = await last_reply(tmp_path / "boss.db", DEBTS["en"], "my boss still does not answer")
    assert boss.sources == ("signs.boss.1",)
    flatmate = await last_reply(tmp_path / "flatmate.db", DEBTS["en"], "my flatmate still hasn't paid")
    assert "late-payment" in plain_text(flatmate)
