"""`y que le pongo?` was read as pressure on the price: "pongo" is near to what people say of money."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.talk import last_reply

TEXTS = ["y que le pongo?", "y qué le digo", "pero qué le contesto?", "and what do I write?", "那我怎么回他"]


@pytest.mark.parametrize("text", TEXTS)
async def test_who_asks_what_to_write_tells_of_no_trouble(text: str, tmp_path: Path) -> None:
    reply = await last_reply(tmp_path / "chao.db", text)
    assert not any(".do_now." in source for source in reply.sources)


@pytest.mark.parametrize("text", TEXTS)
async def test_who_asks_what_to_write_after_advice_gets_the_letter(text: str, tmp_path: Path) -> None:
    reply = await last_reply(tmp_path / "chao.db", "Acme lleva dos meses sin pagar la factura", text)
    assert reply.sources == ("mala-paga.say.email.firm",)
