"""A language that the bot does not read is told from a text without a clue, and from ours however mixed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.schema import LANGUAGES
from bot.understanding.foreign import is_foreign
from tests.support import our_knowledge, reader

BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "understanding"
FOREIGN = """
Le client ne paie pas depuis deux mois et il veut encore un autre projet
Il nous appelle à trois heures du matin tous les week-ends
Elle change d'avis à chaque réunion, on ne sait plus quoi faire
Mon client refuse de signer le contrat
Comment dire non à un client qui veut une remise ?
Bonjour, j'ai un client qui crie sur toute l'équipe
Le client trouve toujours que c'est trop cher
Il dit qu'il connaît mieux notre métier que nous
ca fait trois semaines qu'il me doit de l'argent
Bonjour, mon client m'insulte au téléphone devant tout le monde
Der Kunde hat die Rechnung seit zwei Monaten nicht bezahlt
Er ruft jedes Wochenende um drei Uhr morgens an
Sie ändert bei jedem Treffen ihre Meinung
Mein Kunde will keinen Vertrag unterschreiben
Wie sage ich einem Kunden, dass der Preis fest ist?
Der Kunde schreit unser ganzes Team an
Er weiß immer alles besser als wir
Was soll ich machen, wenn er nie zufrieden ist?
kunde zahlt nicht und will noch mehr
Hallo, mein Kunde beleidigt mich am Telefon
O cliente não paga a fatura há dois meses e já quer outro projeto
Ele liga às três da manhã todo fim de semana
Ela muda de ideia em cada reunião e não sabemos o que fazer
Meu cliente não quer assinar o contrato
Como dizer não a um cliente que quer desconto?
O cliente grita com toda a equipe
Nunca fica satisfeito, sempre pede mais uma coisa
Ele acha que sabe mais do que a gente
o cliente nao pagou e sumiu
Bom dia, o cliente quer tudo de graça
Il cliente non paga la fattura da due mesi e vuole già un altro progetto
Ci chiama alle tre di notte ogni fine settimana
Cambia idea a ogni riunione, non sappiamo più cosa fare
Il mio cliente non vuole firmare il contratto
Come dico di no a un cliente che vuole lo sconto?
Il cliente urla contro tutta la squadra
Non è mai contento, chiede sempre un'altra modifica
Pensa di saperne più di noi
il cliente non ha ancora pagato
Ciao, il cliente mi chiama sempre la domenica
De klant heeft de factuur al twee maanden niet betaald
Hij belt elk weekend om drie uur 's nachts
Ze verandert bij elke vergadering van mening
Mijn klant wil geen contract tekenen
Hoe zeg ik nee tegen een klant die korting wil?
De klant schreeuwt tegen ons hele team
Hij weet altijd alles beter dan wij
Het is nooit goed genoeg, er komt altijd nog iets bij
Mijn klant betaalt zijn facturen altijd te laat
El client no paga la factura des de fa dos mesos i ja vol un altre projecte
Ens truca a les tres de la matinada cada cap de setmana
Canvia d'opinió a cada reunió i no sabem què fer
El meu client no vol signar el contracte
Com li dic que no a un client que vol un descompte?
Mai està content, sempre demana una cosa més
Es pensa que en sap més que nosaltres
お客様が二ヶ月も請求書を払ってくれません
毎週末の夜中三時に電話してきます
会議のたびに意見が変わって困っています
クライアントが契約書にサインしてくれない
値引きばかり要求されます
チーム全員に怒鳴るお客さんがいる
何度直しても満足してもらえません
どうやって断ればいいですか
고객이 두 달 동안 청구서를 지불하지 않았어요
주말마다 새벽 세 시에 전화해요
회의할 때마다 의견을 바꿔요
고객이 계약서에 서명을 안 하려고 해요
할인만 요구하는 고객에게 어떻게 거절하나요
팀 전체에게 소리를 질러요
아무리 고쳐도 만족하지 않아요
우리보다 더 잘 안다고 생각해요
클라이언트가 매일 밤 전화해서 힘들어요
Клиент не платит по счёту уже два месяца
Он звонит в три часа ночи каждые выходные
Она меняет мнение на каждой встрече
Мой клиент не хочет подписывать договор
Как отказать клиенту, который просит скидку?
Клиент кричит на всю команду
Он всегда недоволен и просит ещё
Думает, что знает лучше нас
Заказчик опять прислал правки в воскресенье
العميل لا يدفع الفاتورة منذ شهرين
يتصل بنا في الثالثة صباحا كل عطلة
تغير رأيها في كل اجتماع
عميلي يرفض توقيع العقد
كيف أقول لا لعميل يريد خصما
العميل يصرخ على الفريق كله
لا يرضى أبدا ويطلب المزيد
يظن أنه يعرف أكثر منا
الزبون يتصل كل ليلة ولا يدفع
Kunden har inte betalat fakturan på två månader
Han ringer klockan tre på natten varje helg
Hon ändrar sig på varje möte
Min kund vill inte skriva på avtalet
Klient nie płaci faktury od dwóch miesięcy
Dzwoni do nas o trzeciej w nocy w każdy weekend
Mój klient nie chce podpisać umowy
Jak odmówić klientowi, który chce rabat?
Müşteri iki aydır faturayı ödemiyor
Her hafta sonu gece üçte arıyor
Müşterim sözleşmeyi imzalamak istemiyor
ग्राहक दो महीने से बिल नहीं चुका रहा है
ลูกค้าไม่จ่ายเงินมาสองเดือนแล้ว
Ο πελάτης δεν πληρώνει εδώ και δύο μήνες
הלקוח לא משלם כבר חודשיים
Khách hàng không trả tiền hóa đơn đã hai tháng
Klien tidak bayar tagihan sudah dua bulan
Clientul nu plătește factura de două luni
""".strip().splitlines()
OURS = """
El client no me paga and I'm so tired of it
Le mandé el brief y el deadline era ayer, pero el cliente no responde
my client from Île-de-France won't pay, c'est la vie
The Müller & Søn account hasn't paid since März
La clienta de São Paulo no paga, dice "depois de amanhã"
客户说 deadline 是 tomorrow 但 brief 还没给
Acme 的 PM 又 call 我，周末也 call
甲方说 logo 要 bigger bigger
pls check inv 104 asap
The client of the ソニー project has not paid us for two months
Der Spiegel is our client and they never pay on time
il faut que j'y aille, is what he said, and then he left without paying us
la señora del café no quiere firmar nada
se me olvidó cobrarle al de la pizzería "Dei Fratelli"
não sei, dijo el cliente, y colgó sin pagarme
no me paga no me firma no me llama
he is a no show, a no call, a no pay
our contract with Großmann GmbH ends in Q3
vamos tarde con la entrega y no contesta
me debe plata desde marzo el muy vivo
""".strip().splitlines()


@pytest.mark.parametrize("text", FOREIGN)
def test_a_sentence_in_another_language_is_foreign(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize("text", OURS)
def test_a_text_that_is_mostly_ours_is_ours(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "🚀", "104", "Привет", "مرحبا", "merci", "Guten Tag", "Müller Søn", "谢谢", "ok", "acme inv 104"),
        *(
            "https://exemple.fr/le-client-ne-paie-pas",
            "@étoile #à_la_une",
            "!!! ???",
            "こん",
            "Łukasz Żółć",
            "x" * 40_000,
        ),
    ],
)
def test_a_name_a_greeting_and_an_emoji_are_no_clue(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_any_question_in_our_languages_is_taken_for_foreign(language: str) -> None:
    rows = (BENCHMARKS / f"dev.{language}.jsonl").read_text("utf-8").splitlines()
    taken = [row for row in rows if is_foreign(json.loads(row)["text"])]
    assert len(taken) <= len(rows) * 0.005, taken


def test_what_is_foreign_is_read_as_nothing_and_has_no_language() -> None:
    reading = reader().read("Le client ne paie pas depuis deux mois", our_knowledge().current())
    assert (reading.is_foreign, reading.abstained, reading.language, reading.signs) == (True, True, None, ())


@given(st.text(max_size=200))
def test_any_text_is_foreign_or_not(text: str) -> None:
    assert is_foreign(text) in (True, False)
