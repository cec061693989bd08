"""What to do about news: the knowledge's words on them, a message to send, and what comes if the day passes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.card import after_promise, card_buttons, from_playbook, ladder, next_day, title_of, told_facts
from bot.advice.case import Case
from bot.advice.ladder import DEBT
from bot.advice.scripts import Filler
from bot.advice.sources import Sources
from bot.advice.standing import either_day, left_to_pay, values_since
from bot.commands import Turn
from bot.i18n.messages import Message, N
from bot.i18n.speech import Speech
from bot.knowledge.intents import Intent
from bot.knowledge.schema import language_for, words_for
from bot.reply import Block, Quote, Reply, Section


def news_card(news: Intent, case: Case, turn: Turn) -> Reply:
    """What is to be done about what they did, or would do, with the buttons of the whole card."""
    sources = Sources()
    blocks = tuple(_blocks(news, case, turn, sources))
    end = from_playbook(sources, turn)
    return Reply(title_of(case, turn), (*blocks, end), card_buttons(case, turn), sources=tuple(sources.ids))


def ending_card(goodbye: Intent, case: Case, turn: Turn) -> Reply:
    """The letter that ends the work, whatever the trouble was, or though none was told."""
    sources = Sources()
    letter = _message(goodbye, case, turn, sources, N("To end it well"))
    title, buttons = (title_of(case, turn), card_buttons(case, turn)) if case.archetypes else ("", ())
    return Reply(title, (letter, from_playbook(sources, turn)), buttons, sources=tuple(sources.ids))


def _blocks(news: Intent, case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    yield from told_facts(case, turn, sources)
    yield from left_to_pay(case, turn)
    if news.names_day:
        yield from either_day(case, turn)
    lines = words_for(news.texts, turn.language)
    yield Section(items=sources.lines(lines, f"intents.{news.id}", len(lines)), is_ordered=True)
    if news.say:
        label = N("To confirm it") if news.kind == "news" else N("To answer it")
        yield _message(news, case, turn, sources, label)
    if news.kind != "news":
        yield from ladder(case, turn, sources)
    if news.waits and case.lead == DEBT:
        yield from _if_it_passes(case, turn, sources)


def _message(news: Intent, case: Case, turn: Turn, sources: Sources, label: Message) -> Quote:
    language = language_for(news.say, case.language or turn.language)
    spoken = Speech(language)
    filler = Filler(turn.knowledge, spoken, values_since(case, spoken, turn), turn.now.date())
    entry = f"intents.{news.id}.say"
    words = turn.knowledge.told(language, case.facts).text(news.say[language])
    return Quote(sources.use(filler.fill(words, entry).text, entry), turn.speech(label))


def _if_it_passes(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    step, playbook = case.rung(turn), case.playbook(turn)
    following = step.next if step else None
    day, due = after_promise(case, turn) or (next_day(case, turn), following)
    if day is None or due is None or playbook.escalate is None:
        return
    words = sources.use(playbook.escalate.steps[due.step], f"{case.lead}.escalate.{due.step}")
    yield Section(turn.speech(N("If nothing has changed by {day}: {step}", day=day, step=words)))
