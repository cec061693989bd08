"""A colleague or a boss is the one complained of only where no client acts and nobody is quoted; who begins with
somebody of their own life tells of them.
"""

from __future__ import annotations

import pytest

from bot.understanding.signs import SignFinder
from tests.support import our_knowledge, reader

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


# Each is worded as a trouble with a client is, and read as one by its words alone.
OF_OTHERS = """
my designer refuses to sign the NDA, says it's insulting
the wholesaler keeps promising the roses, no roses
roommate won't put his name on the lease, says bros don't need paper
husband picked the tiles, then other tiles, then the first ones
the airline owes me compensation, they've escalated it four times
team lead pings me on slack at 11pm and again sunday morning
my employee insulted me in front of everyone
and so my landlord keeps calling at night about the rent
y mi socio no quiere firmar el acuerdo de socios
El becario discute todo
Mi jefa me escribe al whatsapp a las once de la noche
el casero no quiere firmar el contrato de alquiler
mi esposo no suelta un peso ni para los útiles
El proveedor de azulejos me debe una nota de crédito desde octubre
我老板半夜在群里发语音
合伙人不肯写协议,说兄弟之间写那个伤感情
我室友訂個披薩口味可以想一個小時,點完又說要取消
前夫抚养费欠了五个月,发消息就装死
我的员工不听话
"""
OF_A_CLIENT = """
my designer was told she's useless, on the call
my boss says we keep working until they pay
my partner and I have waited nine weeks for the money
boss man wants us to begin but no letter, no text
mother of the bride keeps changing the flowers
Colleagues, he hasn't paid since March
"My wife has better taste", he wrote, and changed it all again
our accountant says the client still hasn't paid
my boss threatened to kill me
Mi socia pide no volver a sentarse con el de la inmobiliaria, la llama muñequita
el jefe dijo la A, la esposa del jefe la B
Compañeros, a ver: tercera vez que cambia el logo
la madre de la novia cambió las flores otra vez
领导说先干活后补合同，甲方一直拖
my director wants me to be nice about it, eleventh straight day
"""


def outside(text: str) -> list[str]:
    return [name for name in FINDER.seen(text, OURS).ids if OURS.signs[name].kind == "outside"]


@pytest.mark.parametrize("text", A_CLIENTS_DOING.strip().splitlines())
def test_what_a_client_does_is_never_a_colleagues_or_a_bosss(text: str) -> None:
    assert outside(text) == []


@pytest.mark.parametrize("text", THE_TEAMS_OWN.strip().splitlines())
def test_trouble_with_a_colleague_or_a_boss_is_still_told_apart(text: str) -> None:
    assert outside(text)


@pytest.mark.parametrize("text", OF_OTHERS.strip().splitlines())
def test_who_begins_with_somebody_who_is_no_client_tells_of_them(text: str) -> None:
    assert FINDER.seen(text, OURS).is_of_others
    assert reader().read(text, OURS).abstained


@pytest.mark.parametrize("text", OF_A_CLIENT.strip().splitlines())
def test_a_trouble_with_a_client_may_begin_with_others(text: str) -> None:
    assert not FINDER.seen(text, OURS).is_of_others
