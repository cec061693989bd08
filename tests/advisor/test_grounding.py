"""A model may shorten, join and turn entries to the case; whatever else it adds, the sentence is dropped."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advisor.answer import NonsenseError, checked
from bot.advisor.inquiry import Inquiry, entries
from bot.advisor.masking import Mask
from bot.advisor.prompt import MOST_SENTENCES
from bot.knowledge.schema import LANGUAGES, Language
from tests.advisor.server import opinion
from tests.support import our_knowledge

OURS = our_knowledge().current()
KINDS = ("mala-paga", "insaciable")
# As they were once; the playbooks go on changing.
LINES: dict[Language, dict[str, str]] = {
    "en": {
        "do_now.1": "Check the invoice against the order, line by line, for PO number, sum, address and due date.",
        "do_now.2": "Find the email in which the work was accepted and save it in the same folder as the invoice.",
        "do_now.3": "List everything this client owes by age, including the work done and not yet billed.",
        "do_now.4": "Ring accounts payable rather than your day-to-day contact, and ask which payment run it's on.",
        "avoid.1": "Don't start the next job to keep them sweet, as it gives them a reason not to settle.",
    },
    "es": {
        "do_now.1": "Revisa la factura antes de reclamar: datos fiscales, orden de compra y fecha de envío.",
        "do_now.4": "Llama a quien paga, además de a quien encarga, y pregunta qué falta para la transferencia.",
        "avoid.3": "No lo cuentes en redes ni en el grupo de colegas, por mucha razón que tengas.",
    },
    "zh": {
        "do_now.1": "核对这张账单的金额、抬头、税号、订单号和收件人，有错先认，当天重发。",
        "do_now.4": "打电话给对方财务或经办人，只问两件事：卡在哪个环节，哪天能到账。",
        "avoid.2": "别在朋友圈、小红书或行业群里点名，占着理也会惹上麻烦。",
    },
}


@cache
def inquiry(language: Language) -> Inquiry:
    mask = Mask.of([("Globex", 1)], ["Globex"])
    mask.question("Globex")
    words = frozenset(
        word for name in OURS.archetypes for word in OURS.playbook(name, language).model_dump_json().casefold().split()
    )
    said = dict(entries(KINDS, language, OURS)) | {f"mala-paga.{part}": line for part, line in LINES[language].items()}
    return Inquiry("", language, dict.fromkeys(OURS.archetypes, ""), said, words, mask, OURS.version)


def kept(language: Language, text: str, *ids: str) -> list[str]:
    answer = checked(json.dumps(opinion((text, ids)), ensure_ascii=False), inquiry(language), "m")
    assert answer is not None
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("language", "text", "ids"),
    [
        ("en", "Check the invoice line by line and find the email in which the work was accepted.", (1, 2)),
        ("en", "Before you write again, list everything CLIENT_1 owes by age, with the work not yet billed.", (3,)),
        ("en", "Ring accounts payable today and ask which payment run it's on.", (4,)),
        ("en", "Don't start the next job to keep CLIENT_1 sweet.", ("avoid.1",)),
        ("es", "Antes de reclamar, revisa en la factura los datos fiscales y la orden de compra.", (1,)),
        ("es", "Llama a quien paga en CLIENT_1 y pregunta qué falta para la transferencia.", (4,)),
        ("es", "No cuentes lo de CLIENT_1 en redes ni en el grupo de colegas.", ("avoid.3",)),
        ("zh", "先核对账单的金额、抬头和税号，有错当天重发。", (1,)),
        ("zh", "打电话给 CLIENT_1 的财务，问卡在哪个环节、哪天能到账。", (4,)),
        ("zh", "别在朋友圈或行业群里点名 CLIENT_1。", ("avoid.2",)),
    ],
)
def test_what_entries_say_may_be_said_for_the_case(language: Language, text: str, ids: tuple[int | str, ...]) -> None:
    names = [f"mala-paga.do_now.{one}" if isinstance(one, int) else f"mala-paga.{one}" for one in ids]
    assert kept(language, text, *names) == [text.replace("CLIENT_1", "Globex")]


@pytest.mark.parametrize(
    ("what", "language", "text"),
    [
        ("a figure", "en", "Check the invoice against the order within 14 days."),
        ("a figure in words", "en", "Check the invoice against the order for two weeks."),
        ("a figure in full width", "en", "Check the invoice against the order, ３ times."),
        ("a figure", "es", "Revisa la factura, los datos fiscales y la orden de compra en 30 días."),
        ("a figure in words", "es", "Revisa la factura y los datos fiscales tres veces."),
        ("a figure in words", "zh", "三十天内核对这张账单的金额和抬头。"),
        ("a link", "en", "Check the invoice line by line at https://evil.test/pay."),
        ("a bare address", "en", "Check the invoice line by line at evil.test."),
        ("an email address", "en", "Check the invoice line by line with boss@evil."),
        ("a mention", "en", "Check the invoice line by line with @everyone."),
        ("a mention", "en", "Check the invoice line by line with <!channel>."),
        ("a command", "en", "Check the invoice line by line, then send /client forget acme."),
        ("markup", "en", "Check the *invoice* line by line, against the order."),
        ("a link in markup", "en", "Check the [invoice](x) line by line, against the order."),
        ("a name", "en", "Check the invoice line by line with Maria."),
        ("a name in front", "en", "Maria checks the invoice against the order, line by line."),
        ("a short name", "en", "Check the invoice against the order. Bob did it."),
        ("a company", "es", "Revisa la factura antes de reclamar a Initech los datos fiscales."),
        ("a person", "zh", "核对这张账单的金额、抬头、税号，找王总。"),
        ("a Latin name", "zh", "核对这张账单的金额、抬头、税号，找 Maria。"),
        ("law", "en", "Check the invoice against the order and sue them in court."),
        ("law", "es", "Revisa la factura antes de reclamar y busca la fecha en la ley, con abogado."),
        ("law", "zh", "核对这张账单的金额、抬头、税号，然后起诉到法院。"),
        ("interest", "en", "Check the invoice against the order and the interest due."),
        ("money", "en", "Check the invoice against the order and give a discount."),
        ("money", "zh", "核对这张账单的金额、抬头、税号，给对方打折。"),
        ("the opposite", "en", "Don't check the invoice against the order."),
        ("the opposite", "es", "No revises la factura antes de reclamar, ni los datos fiscales."),
        ("the opposite", "zh", "别核对这张账单的金额、抬头和税号。"),
        ("something else", "en", "The weather is lovely today and the boss is kind."),
        ("something else", "es", "Regala flores a todo el mundo y canta muy fuerte."),
        ("something else", "zh", "今天天气很好，我们去公园散步吧。"),
        ("something else behind it", "en", "Check the invoice against the order. Then scream at everybody all night."),
        ("something else behind it", "zh", "核对这张账单的金额、抬头、税号。然后去公园散步看花看草。"),
        ("another language", "en", "Revisa la factura antes de reclamar, con los datos fiscales y la orden."),
        ("a placeholder for nobody", "en", "Check the invoice of CLIENT_7 against the order, line by line."),
        ("hidden signs", "en", "Check the invoice\u202e against the order, line by line."),
        ("no words", "en", "?!"),
        ("half of it", "en", "Check the invoice against the order and praise the photographer's wonderful pictures."),
        ("nothing", "en", "  "),
        ("too much", "en", "Check the invoice against the order, line by line. " * 20),
    ],
)
def test_a_sentence_that_brings_something_of_its_own_is_dropped(what: str, language: Language, text: str) -> None:
    assert kept(language, text, "mala-paga.do_now.1") == [], what


def test_what_is_to_be_avoided_never_turns_into_what_is_to_be_done() -> None:
    assert kept("en", "Start the next job to keep them sweet.", "mala-paga.avoid.1") == []
    assert kept("es", "Cuenta lo de este cliente en redes y en el grupo de colegas.", "mala-paga.avoid.3") == []
    assert kept("zh", "在朋友圈、小红书或行业群里点名。", "mala-paga.avoid.2") == []


@pytest.mark.parametrize(
    "ids", [(), ("mala-paga.do_now.99",), ("mala-paga.do_now.1", "x"), ("law.es.1",), ("mala-paga.say.email.firm",)]
)
def test_a_sentence_without_entries_or_with_unknown_ones_is_dropped(ids: tuple[str, ...]) -> None:
    assert kept("en", "Check the invoice against the order, line by line.", *ids) == []


def test_a_sentence_may_not_name_half_the_playbook() -> None:
    ids = [f"mala-paga.do_now.{number}" for number in range(1, 7)]
    assert kept("en", "Check the invoice against the order, line by line.", *ids) == []


def test_no_more_than_a_paragraph_is_kept_and_nothing_twice() -> None:
    text, entry = "Check the invoice against the order, line by line", "mala-paga.do_now.1"
    said = [(f"{text}{' please' * (number % 2)}.", (entry,)) for number in range(6)]
    many = [*said, *((OURS.playbook("mala-paga", "en").do_now[at], (f"mala-paga.do_now.{at + 1}",)) for at in range(6))]
    answer = checked(json.dumps(opinion(*many)), inquiry("en"), "m")
    assert answer is not None
    texts = [sentence.text for sentence in answer.sentences]
    assert len(texts) == len({*texts}) == MOST_SENTENCES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_may_be_said_as_it_stands(language: Language) -> None:
    dropped = [entry for entry, text in entries(OURS.archetypes, language, OURS) if not _stands(language, entry, text)]
    # Those with markup of their own, or in two languages; they are in the card as they stand.
    assert len(dropped) <= 8, dropped


def _stands(language: Language, entry: str, text: str) -> bool:
    found = inquiry(language)
    whole = Inquiry("", language, found.archetypes, {entry: text}, found.words, found.mask, found.version)
    answer = checked(json.dumps(opinion((text, [entry]))), whole, "m")
    return answer is not None and bool(answer.sentences)


@given(st.text(max_size=200))
def test_whatever_a_model_writes_is_refused_or_grounded(text: str) -> None:
    assert kept("en", text.encode("utf-8", "replace").decode(), "mala-paga.do_now.1") == []
    with suppress(NonsenseError):
        checked(text, inquiry("en"), "m")
