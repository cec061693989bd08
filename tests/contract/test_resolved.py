"""What was resolved and is back: advice goes on where it stood."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last
from tests.support import Clock


async def test_what_was_resolved_lately_and_is_back_is_a_repetition_and_the_card_says_so(
    chat: Driver, clock: Clock
) -> None:
    await chat.runs("ana", "flag", client="Brisa", archetype="pichirre", reason="wants a discount")
    await chat.runs("ana", "advice", subject="Brisa")
    first = last(chat).split("Where this stands")[1].split("\n")[1]
    await chat.runs("ana", "resolve", client="Brisa")
    await chat.runs("ana", "ask", question="Brisa asked us again to lower the price, half the fee for the same work")
    assert "Brisa has no open flags." in last(chat)
    assert "pichirre (penny-pincher) was resolved on 24 November 2026 and is back" in last(chat)
    assert last(chat).split("Where this stands")[1].split("\n")[1] != first
    assert "pichirre.escalate.floor" in last(chat)
    clock.advance(days=3)
    await chat.runs("ana", "flag", client="Brisa", archetype="pichirre")
    await chat.runs("ana", "advice", subject="Brisa")
    assert "Brisa is flagged pichirre (penny-pincher) once, on 27 November 2026." in last(chat)
    assert "was resolved on 24 November 2026 and is back, which counts as a repetition" in last(chat)


async def test_advice_on_a_client_with_resolved_flags_only_is_on_the_last_one_and_says_so(
    chat: Driver, clock: Clock
) -> None:
    await chat.runs("ana", "flag", client="Brisa", archetype="abusivo")
    await chat.runs("ana", "resolve", client="Brisa")
    clock.advance(days=1)
    await chat.runs("ana", "flag", client="Brisa", archetype="pichirre")
    await chat.runs("ana", "resolve", client="Brisa")
    await chat.runs("ana", "advice", subject="Brisa")
    assert "pichirre.do_now.1" in last(chat)
    assert "pichirre (penny-pincher) was resolved on 25 November 2026. The steps are for when it is back" in last(chat)
    await chat.presses("ana", "chat")
    assert "pichirre (penny-pincher) was resolved on 25 November 2026. The steps are for when it is back" in last(chat)


@pytest.mark.parametrize("ending", ["Withdraw newest", "Dispute newest"])
async def test_what_was_withdrawn_or_is_disputed_was_not_resolved(chat: Driver, ending: str) -> None:
    await chat.runs("ana", "flag", client="Brisa", archetype="pichirre")
    await chat.runs("ana", "show", client="Brisa")
    await chat.presses("ana", ending)
    await chat.runs("ana", "advice", subject="Brisa")
    assert "was resolved" not in last(chat)
