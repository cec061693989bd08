"""`cry, can't do this job any more` got a menu of kinds of trouble."""

from __future__ import annotations

import pytest

from tests.support import our_knowledge, reader

OURS = our_knowledge().current()


@pytest.mark.parametrize(
    "text",
    [
        "cry, can't do this job any more", "I just can't do this job anymore",
        "lloro, ya no puedo más con este trabajo", "ya no puedo con este trabajo",
        "想哭，这份工作干不下去了", "天天哭，真的做不下去了",
    ],
)  # fmt: skip
def test_who_can_not_go_on_is_answered_as_a_person(text: str) -> None:
    assert reader().read(text, OURS).signs[:1] == ("distress",)


@pytest.mark.parametrize(
    "text",
    [
        "we can't do this work any more cheaply", "I can't do this job any longer for that money",
        "la clienta llora y dice que no puede más", "客户哭着说做不下去了",
    ],
)  # fmt: skip
def test_a_price_or_a_client_in_tears_is_none(text: str) -> None:
    assert "distress" not in reader().read(text, OURS).signs
