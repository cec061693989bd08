"""No sentence of advice comes from anywhere but the knowledge.

Every sentence of the knowledge is replaced by its id in ⟦ ⟧, and everything that the catalogue says is put in ‹ ›:
what a card holds besides is a name, and what it takes from the knowledge is what its `sources` name.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import chain, product
from pathlib import Path

import pytest

from bot.advice.card import advice_card
from bot.advice.case import Case, case_for
from bot.advice.news import news_card
from bot.advice.playbook import playbook_card
from bot.advice.several import several_card
from bot.commands import Turn
from bot.events import Command, Place, User
from bot.i18n.messages import Message
from bot.i18n.speech import Speech
from bot.knowledge.checks import BUILT_IN
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import (
    CHANNELS,
    LANGUAGES,
    TONES,
    Email,
    Goodbye,
    Language,
    LawFact,
    Placeholder,
    PlaceholderWords,
    Playbook,
    Prevent,
    Scripts,
)
from bot.reply import Reply, block_text
from bot.router import Router
from bot.storage.database import Session
from bot.storage.store import Store
from tests.support import START, our_knowledge, reader, running_bot

PLACE = Place("console:local", "console")
# All that a card says without the knowledge: labels, facts about this client, and what the bot itself can do.
LABELS = {
    "Do today",
    "Then: {kind}",
    "Two things at once",
    "Say ({tone}, {channel})",
    "Avoid",
    "Where this stands",
    "If nothing has changed by {day}: {step}",
    "If it happens again: {step}",
    "If this has not been done yet, it comes first: {step}",
    "For the next contract: {title}",
    "The law, checked on {day} ({source})",
    "{client} has no open flags: this is general advice.",
    "{client} has no open flags.",
    "{kind} was resolved on {day} and is back, which counts as a repetition.",
    "{kind} was resolved on {day}. The steps are for when it is back, which counts as a repetition.",
    "{client} is flagged {kinds}, on {day}.",
    "{kind} once",
    "{kind} twice",
    "{kind} {count} times",
    "The question alone points there too.",
    "The question is about something that is not flagged yet: {kind}.",
    "The question alone sounds more like: {kind}. The flags point to: {lead}.",
    "It would be more exact with: {names}. Tell me with `/client note {client} {first}: …` and I fill it in.",
    "From the playbook: {names}",
    "warm", "firm", "final", "email", "chat",
}  # fmt: skip
ON_NEWS = {"To confirm it", "If nothing has changed by {day}: {step}", "From the playbook: {names}"}
OF_A_PLAYBOOK = {
    "Signals", "What it is not", "What is at risk", "Do today", "Do it or not", "Avoid", "Say ({tone}, {channel})",
    "Clause: {title}", "Price", "Process", "day {count}: {step}", "Ladder, counted from {start}", "When to say goodbye",
    "How to say goodbye", "What could we have caused?", "Sources", "checked {day}", "warm", "firm", "final", "email",
    "chat",
}  # fmt: skip


class Marking(Speech):
    """Puts the key of every message around it."""

    def __call__(self, message: Message | str) -> str:
        key = message if isinstance(message, str) else message.key
        return f"‹{key}¦{super().__call__(message)}›"


def marked(knowledge: Knowledge) -> Knowledge:
    """The same entries, with their ids for words."""
    archetypes = {
        name: one.model_copy(update={"texts": {lang: _playbook(name, text) for lang, text in one.texts.items()}})
        for name, one in knowledge.archetypes.items()
    }
    law = {country: _law(fact) for country, fact in knowledge.law.items()}
    combinations = tuple(
        entry.model_copy(update={"texts": dict.fromkeys(LANGUAGES, f"⟦combinations.{entry.id}⟧")})
        for entry in knowledge.principles.combinations
    )
    principles = knowledge.principles.model_copy(update={"combinations": combinations})
    gap = PlaceholderWords(label="⟦⟧")
    placeholders = {"amount": Placeholder(id="amount", texts=dict.fromkeys(LANGUAGES, gap))}
    return replace(knowledge, archetypes=archetypes, law=law, principles=principles, placeholders=placeholders)


def _law(fact: LawFact) -> LawFact:
    return fact.model_copy(
        update={"texts": {language: _ids(f"law.{fact.id}", lines) for language, lines in fact.texts.items()}}
    )


def _playbook(name: str, text: Playbook) -> Playbook:
    lists = ("signals", "not_this", "risk", "do_now", "whether", "avoid", "our_part")
    ladder = text.escalate and text.escalate.model_copy(
        update={"steps": {step: f"⟦{name}.escalate.{step}⟧" for step in text.escalate.steps}, "counts_from": "⟦start⟧"}
    )
    kept = {field: _ids(f"{name}.{field}", getattr(text, field)) for field in lists}
    prevent, goodbye = _prevent(name, text.prevent), Goodbye(when=_ids(f"{name}.goodbye.when", text.goodbye.when))
    own = {"summary": f"⟦{name}⟧", "say": _scripts(name), "escalate": ladder, "prevent": prevent, "goodbye": goodbye}
    return text.model_copy(update=kept | own)


def _prevent(name: str, prevent: Prevent) -> Prevent:
    clauses = (
        clause.model_copy(update=dict.fromkeys(("title", "wording"), f"⟦{name}.prevent.contract.{number}⟧"))
        for number, clause in enumerate(prevent.contract, 1)
    )
    return Prevent(contract=tuple(clauses), price=("⟦price⟧",), process=("⟦process⟧",))


def _scripts(name: str) -> Scripts:
    ids = {tone: f"⟦{name}.say.email.{tone}⟧{{amount}}" for tone in TONES}
    emails = {tone: Email(subject=text, body=text) for tone, text in ids.items()}
    return Scripts(email=emails, chat={tone: f"⟦{name}.say.chat.{tone}⟧" for tone in TONES})


def _ids(entry: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"⟦{entry}.{number}⟧" for number in range(1, len(lines) + 1))


MARKED = marked(our_knowledge().current())
NEWS = [
    intent.model_copy(
        update={
            "texts": {name: _ids(f"intents.{intent.id}", lines) for name, lines in intent.texts.items()},
            "say": dict.fromkeys(intent.say, f"⟦intents.{intent.id}.say⟧"),
        }
    )
    for intent in our_knowledge().current().intents.values()
    if intent.kind == "news"
]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Router]:
    """A bot that knows two clients: one with flags of three kinds, one with none."""
    async with running_bot(tmp_path / "chao.db") as running:
        for number, (client, kind) in enumerate(
            [("Acme", "abusivo"), ("Acme", "mala-paga"), ("Acme", "mala-paga"), *[("Acme", "pichirre")] * 3]
        ):
            args = {"client": client, "archetype": kind, "reason": f"reason {number}"}
            await running.dispatch(Command(f"e{number}", User("ana"), PLACE, "flag", args))
        await running.dispatch(
            Command("c", User("ana", is_manager=True), PLACE, "settings", {"name": "country", "value": "GB"})
        )
        await running.dispatch(Command("n", User("ana"), PLACE, "flag", {"client": "Globex", "archetype": "indeciso"}))
        await running.dispatch(Command("r", User("ana"), PLACE, "resolve", {"client": "Globex"}))
        yield running


async def in_a_turn(bot: Router, language: Language, use: Callable[[Turn], list[Reply]]) -> list[Reply]:
    def run(session: Session) -> list[Reply]:
        store = Store.open(session, PLACE.workspace, "", START)
        event = Command("q", User("ana"), PLACE, "advice", {})
        return use(Turn(event, store, MARKED, Marking(language), reader(), {}, START + timedelta(days=9)))

    return await bot.services.database.read(run)


def cases(turn: Turn) -> Iterator[Case]:
    clients = (None, turn.store.clients.find("Acme"), turn.store.clients.find("Globex"))
    for client, first, second in product(clients, BUILT_IN, BUILT_IN):
        asked = case_for(turn, client, [first, second], "it is 20 days late")
        yield from (replace(asked, likely=likely) for likely in ((), (second, first), ("indeciso",)))
    yield from (replace(case, tone=tone, channel=channel)
                for case, tone, channel in product([case_for(turn, None, ["mala-paga"])], TONES, CHANNELS))  # fmt: skip


def words_of(reply: Reply) -> str:
    return "\n".join(map(block_text, reply.blocks))


def left_over(text: str) -> str:
    """What is neither an entry of the knowledge nor a message of the catalogue."""
    text = re.sub(r"⟦[^⟧]*⟧", "", text)
    while (shorter := re.sub(r"‹[^‹›]*›", "", text)) != text:
        text = shorter
    return re.sub(r"^\s*(\d\.|-)|\s", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_sentence_of_advice_is_an_entry_that_the_sources_name(bot: Router, language: Language) -> None:
    cards = await in_a_turn(bot, language, lambda turn: [advice_card(case, turn) for case in cases(turn)])
    for card in cards:
        text = words_of(card)
        assert left_over(text) == ""
        assert [*dict.fromkeys(re.findall(r"⟦([^⟧]+)⟧", text))] == [*dict.fromkeys(card.sources)]
        assert {*re.findall(r"‹([^¦]*)¦", text)} <= LABELS
    assert {*chain.from_iterable(re.findall(r"‹([^¦]*)¦", words_of(card)) for card in cards)} == LABELS


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_sentence_on_two_clients_is_an_entry_that_the_sources_name(bot: Router, language: Language) -> None:
    def cards_in(turn: Turn) -> list[Reply]:
        acme, globex = turn.store.clients.find("Acme"), turn.store.clients.find("Globex")
        return [several_card([case_for(turn, acme, ["mala-paga"]), case_for(turn, globex, ["indeciso"])], turn)]

    for card in await in_a_turn(bot, language, cards_in):
        text = words_of(card)
        assert left_over(re.sub(r"(Acme|Globex) · [^\n]+", "", text)) == ""
        assert [*dict.fromkeys(re.findall(r"⟦([^⟧]+)⟧", text))] == [*dict.fromkeys(card.sources)]
        asked = "For a letter or the rest of it ask by name: “What do I write to {client}?”"
        assert {*re.findall(r"‹([^¦]*)¦", text)} <= {*LABELS, asked}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_sentence_on_news_is_an_entry_that_the_sources_name(bot: Router, language: Language) -> None:
    promised = (("promised", "2026-12-11"),)

    def cards_in(turn: Turn) -> list[Reply]:
        case = replace(case_for(turn, turn.store.clients.find("Acme"), ["mala-paga"]), stated=promised)
        return [news_card(intent, case, turn) for intent in NEWS]

    for card in await in_a_turn(bot, language, cards_in):
        text = words_of(card)
        assert left_over(text) == ""
        assert [*dict.fromkeys(re.findall(r"⟦([^⟧]+)⟧", text))] == [*dict.fromkeys(card.sources)]
        assert {*re.findall(r"‹([^¦]*)¦", text)} <= ON_NEWS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_behind_more_is_the_playbooks(language: Language) -> None:
    for archetype in MARKED.archetypes.values():
        card = playbook_card(archetype, MARKED, Marking(language))
        *advice, _sources = card.blocks
        assert left_over("\n".join(map(block_text, advice)).replace("{amount}", "")) == ""
        assert {*re.findall(r"‹([^¦]*)¦", words_of(card))} <= OF_A_PLAYBOOK
        assert card.sources == (archetype.id,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_of_the_proof_is_that_of_a_real_sentence(language: Language) -> None:
    ours = our_knowledge().current()
    for name, archetype in MARKED.archetypes.items():
        real, ids = ours.playbook(name, language), archetype.texts[language]
        assert len(real.do_now) == len(ids.do_now)
        assert ids.do_now[-1] == f"⟦{name}.do_now.{len(real.do_now)}⟧"
