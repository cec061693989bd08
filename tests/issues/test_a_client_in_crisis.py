"""A client's threat of suicide was answered as marketing, or as the writer's own; a writer's own went unheard."""

from __future__ import annotations

import pytest

from tests.core.test_linear import OURS, read


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("my client says he's going to kill himself if we stop the project", ("client-in-crisis",)),
        ("she threatened to jump off the roof if we drop them", ("client-in-crisis",)),
        ("el cliente dice que se va a matar si le cancelamos el proyecto", ("client-in-crisis",)),
        ("la clienta amenaza con suicidarse", ("client-in-crisis",)),
        ("客户说要自杀", ("client-in-crisis",)),
        ("客户说我们不做他就去跳楼", ("client-in-crisis",)),
        ("客户天天骂我，我想自杀", ("distress",)),
        ("甲方逼得我不想活了", ("distress",)),
        ("he shouts and I think about suicide", ("distress",)),
        ("he screams at me and I want to jump off a bridge", ("distress",)),
        ("he is killing himself laughing at our draft", ()),
        ("se mata trabajando y no paga", ()),
        ("客户让我改了十遍我想死", ()),
        ("客户的价格简直是跳楼价", ()),
    ],
)
def test_who_is_in_danger_is_who_is_spoken_of(text: str, signs: tuple[str, ...]) -> None:
    assert read(text, OURS).signs == signs
