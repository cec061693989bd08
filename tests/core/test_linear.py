"""The reader: knows the examples, learns a team's own at once, abstains on all else."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.checks import BUILT_IN
from bot.knowledge.examples import LateExamples
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import LANGUAGES, Archetype, Examples, Language, Placeholders, Playbook, Principles
from bot.understanding.examples import unlearnt
from bot.understanding.grams import READ_AT_MOST
from bot.understanding.linear import LinearReader
from bot.understanding.model import Model, model
from bot.understanding.network import network
from bot.understanding.reading import Reading
from tests.support import our_knowledge, reader

OURS = our_knowledge().current()
ENGLISH = replace(OURS, examples=())
PARROT = "the purple parrot is back with a kazoo"


def read(text: str, knowledge: Knowledge = OURS) -> Reading:
    return reader().read(text, knowledge)


def taught(key: str, *texts: str, language: Language = "en") -> Knowledge:
    return replace(ENGLISH, examples=(*ENGLISH.examples, Examples(language=language, examples={key: texts})))


def small(language: Language, *ids: str, examples: tuple[Examples, ...] = ()) -> Knowledge:
    archetypes = [Archetype(id=name, priority=1, texts={language: playbook(name)}) for name in ids]
    return Knowledge.of(archetypes, Principles(), [], Placeholders(), examples)


def playbook(name: str) -> Playbook:
    return Playbook(name=name, nickname=name, summary=f"They are {name}.", signals=(name,), do_now=("ring",))


@pytest.mark.parametrize(
    ("text", "archetype", "language"),
    [
        ("the client has not paid the invoice and it is overdue", "mala-paga", "en"),
        ("el cliente no paga la factura y está vencida", "mala-paga", "es"),
        ("客户拖欠款，逾期不付款", "mala-paga", "zh"),
        ("They have not paid our invoice for two months", "mala-paga", "en"),
        ("no pagan", "mala-paga", "es"),
        ("the client shouts at us and insults the team", "abusivo", "en"),
        ("el cliente nos grita y nos insulta", "abusivo", "es"),
        ("客户骂人，辱骂我们", "abusivo", "zh"),
        ("no quiere firmar el contrato", "anti-contrato", "es"),
        ("不肯签合同就要我们开工", "anti-contrato", "zh"),
    ],
)
def test_a_plain_complaint_is_understood(text: str, archetype: str, language: Language) -> None:
    reading = read(text)
    assert not reading.abstained
    assert (reading.ranked[0].id, reading.language) == (archetype, language)


@pytest.mark.parametrize("name", ["bad payer", " MOROSO ", "拖欠款", "mala paga", "mala_paga"])
def test_an_archetypes_name_alone_is_certain(name: str) -> None:
    reading = read(name)
    assert (reading.ranked[0].id, reading.ranked[0].confidence) == ("mala-paga", 1.0)
    assert [guess.confidence for guess in reading.ranked[1:]] == [0.0] * 7
    assert not reading.abstained


def test_a_bare_id_leaves_the_language_to_the_team() -> None:
    assert read("mala-paga").language is None


@pytest.mark.parametrize(
    "text",
    [
        "What's the standard deposit for new event clients, 30 or 50?",
        "Haggling at the flea market all sunday, got a lamp for a fiver 😂",
        "the landlord wants the rent earlier next month, can finance handle it?",
    ],
)
def test_small_talk_is_not_about_a_difficult_client(text: str) -> None:
    assert read(text).abstained


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\n", "🚀", "👩\u200d🎤🔥", "?!…", "___", "¿¡", "🚀" * 40_000, "104", "a 1", "%PDF \ufffd\ufffd"],
)
def test_a_text_without_a_word_is_about_nothing(text: str) -> None:
    reading = read(text)
    assert reading.abstained
    assert [(guess.id, guess.confidence) for guess in reading.ranked] == [(name, 0.125) for name in OURS.archetypes]


@pytest.mark.parametrize("text", ["a" * 40_000, "客" * 40_000, "the client pays late " * 2_000, "mala-paga " * 4_000])
def test_40_000_characters_are_read_and_give_every_archetype(text: str) -> None:
    assert {guess.id for guess in read(text).ranked} == set(BUILT_IN)


def test_only_the_first_4000_characters_count() -> None:
    start = "the client pays late and late again. ".ljust(READ_AT_MOST, "x")
    assert read(start + " he shouts at us and insults us" * 100).ranked == read(start).ranked


@given(st.text(max_size=300))
def test_any_text_gives_all_archetypes_likeliest_first(text: str) -> None:
    guesses = read(text).ranked
    shares = [guess.confidence for guess in guesses]
    assert {guess.id for guess in guesses} == set(BUILT_IN)
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) <= 1.001


def test_reading_twice_gives_the_same() -> None:
    assert read("they never pay on time") == read("they never pay on time")


def test_new_examples_are_learnt_as_soon_as_they_are_in_force_and_forgotten_with_them() -> None:
    mine = LinearReader()
    before = mine.read(PARROT, ENGLISH)
    after = mine.read(PARROT, taught("pichirre", PARROT))
    assert before.ranked[0].confidence < after.ranked[0].confidence
    assert (after.ranked[0].id, after.abstained) == ("pichirre", False)
    assert mine.read(PARROT, ENGLISH) == before


def test_examples_of_nothing_teach_silence() -> None:
    assert LinearReader().read(PARROT, taught("none", PARROT)).abstained


def test_one_example_may_stand_for_two_archetypes() -> None:
    reading = LinearReader().read(PARROT, taught("pichirre + abusivo", PARROT))
    assert {guess.id for guess in reading.ranked[:2]} == {"pichirre", "abusivo"}
    assert not reading.abstained


def test_a_teams_complaint_that_could_be_any_trouble_is_asked_about() -> None:
    reading = LinearReader().read(PARROT, taught("any", PARROT))
    assert not reading.abstained
    assert not reading.is_confident
    assert {guess.id for guess in reading.ranked} == set(BUILT_IN)


@pytest.mark.parametrize(
    "text",
    [
        "this client is driving me crazy",
        "our biggest client is a pain",
        "help, difficult client",
        "I can't deal with this client any more",
        "Acme is the worst client we've ever had",
        "este cliente me va a matar",
        "No aguanto más a este cliente",
        "un cliente difícil, ayuda",
        "ya no sé qué hacer con Acme",
        "我受不了他了",
        "怎么对付这种客户",
        "客户太难搞了",
    ],
)
def test_a_complaint_that_could_be_any_trouble_is_asked_about(text: str) -> None:
    reading = read(text)
    assert (reading.abstained, reading.is_confident) == (False, False)


class Counted(tuple[Examples, ...]):
    """Examples that count how often they are gone through."""

    __slots__ = ()
    times = 0

    def __iter__(self) -> Iterator[Examples]:
        Counted.times += 1
        return super().__iter__()


def test_examples_are_learnt_once() -> None:
    knowledge = replace(ENGLISH, examples=cast("tuple[Examples, ...]", Counted(taught("pichirre", PARROT).examples)))
    mine = LinearReader()
    mine.read("they never pay", knowledge)
    learnt = Counted.times
    assert learnt > 0
    mine.read("and they shout", knowledge)
    assert Counted.times == learnt


def test_the_models_have_learnt_every_example_that_is_shipped() -> None:
    shipped = cast("LateExamples", OURS.examples)
    assert not [language for language in LANGUAGES if shipped.beyond(model(language).fitted.files).digests], (
        "make model"
    )
    assert not [language for language in LANGUAGES if unlearnt(OURS, language, model(language))], "make model"


def test_many_threads_read_at_once_also_while_it_learns() -> None:
    mine, text = LinearReader(), "the client never pays on time"
    with ThreadPoolExecutor(3) as pool:
        readings = list(pool.map(lambda _: mine.read(text, ENGLISH), range(30)))
    assert readings == [read(text)] * 30


def test_a_teams_own_archetype_is_known_by_its_playbook_and_one_example() -> None:
    taught_slow = Examples(language="en", examples={"lento": ("they take a month to look at anything we send",)})
    mine = LinearReader()
    own = small("en", "lento", examples=(taught_slow,))
    assert mine.read("a month gone and nobody there has looked at what we sent", own).ranked[0].id == "lento"


def test_one_example_of_a_team_outweighs_what_was_learnt_before() -> None:
    text = "the client wants the logo in another blue again"
    assert [read(text, taught(label, text)).ranked[0].id for label in BUILT_IN] == [*BUILT_IN]


def test_an_example_changes_nothing_for_texts_that_share_nothing_with_it() -> None:
    taught_zh = taught("pichirre", "紫色的鹦鹉", language="zh")
    assert read("客户骂人，辱骂我们", taught_zh) == read("客户骂人，辱骂我们")


def test_a_label_that_no_archetype_bears_is_never_an_answer() -> None:
    typo = taught("pichire", PARROT)
    reading = LinearReader().read(PARROT, typo)
    assert {guess.id for guess in reading.ranked} == set(BUILT_IN)


def test_examples_labelled_for_nobody_do_not_stop_the_bot() -> None:
    stray = Examples(language="en", examples={"pichire": (PARROT, "and a tuba")})
    reading = LinearReader().read(PARROT, small("es", "lento", examples=(stray,)))
    assert reading.archetypes == ()
    assert not reading.is_confident


def test_without_any_archetype_everything_is_about_nothing() -> None:
    reading = LinearReader().read("the client does not pay", small("en"))
    assert (reading.ranked, reading.abstained) == ((), True)


def test_a_model_survives_being_written_and_read() -> None:
    learnt = model("zh")
    again = Model.of(learnt.content(), network())
    assert again.scores("客户拖欠款") == learnt.scores("客户拖欠款")


@pytest.mark.parametrize("text", ["客戶拖欠款，逾期不付款", "客户拖欠款，逾期不付款"])
def test_traditional_and_simplified_are_read_alike(text: str) -> None:
    assert read(text).ranked == read("客户拖欠款,逾期不付款").ranked


@pytest.mark.parametrize(
    "text",
    [
        "El cliente no PAGÓ la factura 12",
        "el cliente no pago la factura 7",
        "ｅｌ ｃｌｉｅｎｔｅ ｎｏ ｐａｇó ｌａ ｆａｃｔｕｒａ ９",
        "no nos pagó",
        "客户没有付发票",
        "the customer did not pay invoice 9",
    ],
)
def test_who_did_not_pay_is_heard_however_it_is_typed(text: str) -> None:
    reading = read(text)
    assert (reading.archetypes, reading.is_confident) == (("mala-paga",), True)


def test_a_teams_example_holds_for_other_forms_of_its_words() -> None:
    ghost = taught("indeciso", "our client ghosts after each demo", "the client ghosted after our demos")
    reading = read("the client is ghosting us after two demos", ghost)
    assert (reading.archetypes, reading.is_confident) == (("indeciso",), True)
