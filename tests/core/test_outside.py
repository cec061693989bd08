"""A colleague or a boss is the one complained of only where no client acts and nobody is quoted."""

from __future__ import annotations

import pytest

from bot.understanding.signs import SignFinder
from tests.support import our_knowledge

OURS = our_knowledge().current()
FINDER = SignFinder()
A_CLIENTS_DOING = """
客户一直约我们实习生单独吃饭
客户半夜给我们女同事发暧昧消息
客户拽了同事胳膊
client poached my designer
From: dave@bigco.com. "You people are a joke… I'm calling your boss. Worst agency…"
our intern gets shouted at by the client
my boss says the client is always right
el cliente quiere hablar con mi jefe
me dijo "voy a llamar a tu jefe"
he wants to talk to my boss, the client I mean
"I'll tell your boss", the client wrote
client: put me through to your boss
客户说要找我们老板投诉
nuestra becaria fue humillada por el cliente
I'm calling your boss, he said
voy a hablar con tu jefe, me escribió
我要找你们领导投诉，他说
his boss has to approve everything
> I will tell your boss
發件人：王總 我要找你們領導
"""
THE_TEAMS_OWN = """
my colleague ignores the client's mails
my boss promised the client a discount
mi compañero no contesta al cliente
同事老是不回客户邮件
my boss shouts at me
my boss called me "useless" in front of everyone
el jefe nos habla fatal
our intern is always late
My colleague takes credit for my ideas in front of everyone
"""


def outside(text: str) -> list[str]:
    return [name for name in FINDER.signs(text, OURS) if OURS.signs[name].kind == "outside"]


@pytest.mark.parametrize("text", A_CLIENTS_DOING.strip().splitlines())
def test_what_a_client_does_is_never_a_colleagues_or_a_bosss(text: str) -> None:
    assert outside(text) == []


@pytest.mark.parametrize("text", THE_TEAMS_OWN.strip().splitlines())
def test_trouble_with_a_colleague_or_a_boss_is_still_told_apart(text: str) -> None:
    assert outside(text)
