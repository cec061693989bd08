"""What is no command, however it begins: complaints, questions and letters are never carried out, nor asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import Registry
from bot.events import Command, Event, Place, Question, Said, User
from bot.features.registry import commands
from bot.grammar import Grammar
from bot.knowledge.orders import SLOT
from bot.knowledge.schema import LANGUAGES
from bot.knowledge.source import KnowledgeSource
from bot.likeness import Likeness, likeness
from bot.reply import plain_text
from bot.router import Router
from bot.storage.database import LOCKED, StorageError, T, Work
from bot.understanding.orders import OrderFinder
from tests.support import our_knowledge

OURS, FINDER, SPECS = our_knowledge().current(), OrderFinder(), commands()
GRAMMAR = Grammar(SPECS, our_knowledge())
SHARES = 150
SENTENCES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "free_words.yaml").read_text("utf-8")
)
NO_COMMANDS = [text for texts in SENTENCES["none"].values() for text in texts]
ANA, HOME = User("ana", is_manager=True), Place("slack:T1", "C1", "t1")
KNOWN = ("acme", "Peral", "Bright Harbor", "星河", "Marca Blanca", "Nota")


async def heard(bot: Router, text: str) -> Event:
    if command := bot.spoken(text):
        return await bot.heard(Command("e", ANA, HOME, *command, said=Said(text)))
    return await bot.heard(Question("e", ANA, HOME, text, as_command=Command("e", ANA, HOME, "")))


async def test_complaints_and_questions_are_no_commands(bot: Router) -> None:
    for client in KNOWN:
        await bot.dispatch(Command(client, ANA, HOME, "flag", {"client": client, "archetype": "mala-paga"}))
    taken = [text for text in NO_COMMANDS if isinstance(await heard(bot, text), Command)]
    assert taken == []


async def test_orders_in_many_words_are_the_commands_that_they_ask_for(bot: Router) -> None:
    await bot.dispatch(Command("acme", ANA, HOME, "flag", {"client": "acme", "archetype": "mala-paga"}))
    wanted = [(name, text) for name, texts in SENTENCES["commands"].items() for text in texts]
    heard_as = [
        (event.name if isinstance(event := await heard(bot, text), Command) else "", text) for _, text in wanted
    ]
    assert heard_as == wanted


def test_there_are_twenty_such_sentences_in_each_language() -> None:
    assert all(len(texts) >= 20 for texts in SENTENCES["none"].values())


@cache
def examples() -> tuple[str, ...]:
    return tuple(text for batch in OURS.examples for texts in batch.examples.values() for text in texts)


def changed_by(text: str) -> Iterator[str]:
    """The commands that change something that a text may be, where nobody that it names is a client yet."""
    if (command := GRAMMAR.spoken(text)) and SPECS[command[0]].changes(command[1]):
        yield command[0]
    for found in FINDER.orders(text, OURS):
        if SPECS[found.order.command].changes(found.args) and found.order.sure == "plain":
            name = found.args.get("client", "")
            if not name or likeness(name) is not Likeness.NO:
                yield found.order.command


@settings(max_examples=12, deadline=None)
@given(st.integers(0, SHARES - 1))
def test_no_example_is_read_as_a_command_that_changes_something(share: int) -> None:
    assert [text for text in examples()[share::SHARES] if [*changed_by(text)]] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acme", Likeness.YES), ("Bright Harbor", Likeness.YES), ("bright harbor", Likeness.PERHAPS),
        ("La Perla", Likeness.PERHAPS), ("la factura", Likeness.NO), ("the invoice", Likeness.NO), ("him", Likeness.NO),
        ("what he did", Likeness.NO), ("星河", Likeness.YES), ("星河文化传播中心", Likeness.PERHAPS),
        ("这个客户", Likeness.NO), ("all of them", Likeness.NO), ("they said", Likeness.NO), ("la", Likeness.NO),
        ("client", Likeness.NO), ("Casa de la Moneda", Likeness.YES), ("everyone", Likeness.NO),
        ("la perla", Likeness.PERHAPS), ("Our Invoice", Likeness.NO), ("sounds", Likeness.NO),
        ("counts", Likeness.PERHAPS),
    ],
)  # fmt: skip
def test_words_look_like_a_clients_name_or_do_not(name: str, expected: Likeness) -> None:
    assert likeness(name) is expected


@pytest.mark.parametrize("name", ["acme", "nobody-knows-it"])
async def test_who_may_see_no_clients_learns_from_no_sentence_whether_one_is_known(bot: Router, name: str) -> None:
    await bot.dispatch(Command("1", ANA, HOME, "flag", {"client": "acme", "archetype": "mala-paga"}))
    guest = User("guest", is_guest=True)
    said = {}
    for text in (f"unflag {name}", f"show me {name}'s history", f"note for {name}: hello", f"{name} paid, remove it"):
        shell = Command("e", guest, HOME, "")
        said[text.replace(name, "…")] = await bot.heard(Question("e", guest, HOME, text, as_command=shell))
    assert [isinstance(event, Command) for event in said.values()] == [True, False, False, False]
    refused = await bot.dispatch(said["unflag …"])
    assert refused is not None
    assert "people from outside" in plain_text(refused)


@pytest.mark.parametrize(
    ("line", "language"), [("marca acme moroso", "es"), ("标记 acme 拖欠款", "zh"), ("flag x rude", "en")]
)
async def test_who_has_no_language_of_their_own_is_answered_in_that_of_the_command(
    bot: Router, line: str, language: str
) -> None:
    for locale, expected in (("", language), ("en-GB", "en")):
        event = Command(locale, User("bob", locale=locale), HOME, *bot.command(line), said=Said(line))
        reply = await bot.dispatch(await bot.heard(event))
        assert reply is not None
        assert reply.language == expected


async def test_a_sentence_is_answered_in_its_own_language(bot: Router) -> None:
    user = User("bob", locale="en-GB")
    for text in ("marca a Peral como moroso", "quita la marca de Nadal"):
        event = Question(text, user, HOME, text, as_command=Command(text, user, HOME, ""))
        reply = await bot.dispatch(await bot.heard(event))
        assert reply is not None
        assert reply.language == "es"


async def test_what_changes_nothing_is_never_asked_about(bot: Router, tmp_path: Path) -> None:
    order = {"id": "roll", "command": "list", "sure": "asked", "phrases": {"en": ["call the roll"]}}
    (tmp_path / "orders.yaml").write_text(yaml.safe_dump({"orders": [order]}))
    services = replace(bot.services, knowledge=KnowledgeSource(tmp_path))
    router = Router(services, Registry(bot.commands, bot.actions, bot._answer))
    reply = await router.dispatch(await heard(router, "call the roll"))
    assert reply is not None
    assert "No client has open flags" in plain_text(reply)


class Locked:
    """A database that does nothing now."""

    def __init__(self, why: Exception) -> None:
        self._why = why

    async def read(self, _work: Work[T]) -> T:
        """Refuse it."""
        raise self._why

    glance = write = jot = read

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("why", [StorageError(LOCKED), ValueError("a bug")])
async def test_a_sentence_is_a_question_while_the_database_does_not_answer(bot: Router, why: Exception) -> None:
    services = replace(bot.services, database=Locked(why))
    question = Question("e", ANA, HOME, "unflag acme", as_command=Command("e", ANA, HOME, ""))
    router = Router(services, Registry(bot.commands, bot.actions, bot._answer))
    assert await router.heard(question) is question


def test_every_order_is_of_a_command_and_fills_its_arguments() -> None:
    for order in OURS.orders.orders:
        names = {param.name for param in SPECS[order.command].params}
        slots = {slot for lines in order.phrases.values() for line in lines for slot in SLOT.findall(line)}
        assert slots - {"rest"} <= names, order.id
        assert order.given.keys() <= names
        assert set(order.phrases) == set(LANGUAGES), order.id


@given(st.text(max_size=200))
def test_whatever_is_typed_can_be_read(text: str) -> None:
    list(FINDER.orders(text, OURS))
    if text.split():
        likeness(text)


@pytest.mark.parametrize(
    "piece", ["麻烦你", "请 ", "a ", ", ", "  ", "bad payer ", "给", "note for a: ", "acme paid ", "'"]
)
def test_what_goes_on_and_on_is_read_in_no_time(piece: str) -> None:
    began = process_time()
    for lead in ("", "flag ", "quita la marca ", "把", "acme "):
        list(FINDER.orders((lead + piece * 4_000)[:4_000], OURS))
    assert process_time() - began < 1
