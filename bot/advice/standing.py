"""Letters after news of the money: they go on from what was paid or promised, instead of denying it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.case import PART_PAID, PROMISED_AS, Case
from bot.advice.ladder import DEBT
from bot.commands import Turn
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.knowledge.intents import Intent
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import TONES, Language, language_for
from bot.reply import Block, Section


def words_since(case: Case, language: Language, turn: Turn) -> tuple[str, str] | None:
    """The words of a letter since the last news, and their entry; None where the playbook's are true."""
    tone, news = case.tone_in(turn), case.said_last(turn)
    part = part_payment(turn.knowledge) if PART_PAID in dict(case.stated) and case.lead == DEBT else None
    if tone == TONES[0] or (news and news.closes):
        news = news or part
        words, entry = (news.say, f"intents.{news.id}.say") if news else ({}, "")
    else:
        words, entry = (part.insist.get(tone, {}), f"intents.{part.id}.insist.{tone}") if part else ({}, "")
    if not words:
        return None
    spoken = language_for(words, language)
    return turn.knowledge.told(spoken, case.facts).text(words[spoken]), entry


def values_since(case: Case, spoken: Speech, turn: Turn) -> dict[str, str]:
    """What is known for the gaps of a letter, the day that was promised too."""
    values, day = case.values(turn), case.promised
    promised = spoken.weekday(day) if day else dict(case.stated).get(PROMISED_AS, "")
    return values | ({"promised": promised} if promised else {})


def either_day(case: Case, turn: Turn) -> Iterator[Block]:
    """Which of two days they may mean, where nobody knows: it is asked."""
    if len(days := case.may_be_promised) > 1:
        names = [turn.speech.weekday(day) for day in days[:2]]
        text = N("They may mean {first} or {second}: write the day, and I go by it.", first=names[0], second=names[1])
        yield Section(turn.speech(text))


def left_to_pay(case: Case, turn: Turn) -> Iterator[Block]:
    """What is left after the payment that was told of, and what it was taken from; or that nobody knows."""
    if case.reckoning is None:
        return
    owed, paid, rest = case.reckoning
    if owed and paid:
        known = N("Left to pay: {rest} ({owed} less {paid}).", rest=rest, owed=owed, paid=paid)
        unknown = N(
            "I can't tell what {paid} leaves of {owed}: write for example “the rest is 500”, and the letter says it.",
            owed=owed, paid=paid,
        )  # fmt: skip
        yield Section(turn.speech(known if rest else unknown))
    elif not rest:
        yield Section(turn.speech(N("To have what is left in the letter, write for example “the rest is 500”.")))


def part_payment(knowledge: Knowledge) -> Intent | None:
    """The news that a part was paid."""
    return next((intent for intent in knowledge.intents.values() if intent.part_payment), None)


def payment(knowledge: Knowledge) -> Intent | None:
    """The news that all was paid."""
    return next((intent for intent in knowledge.intents.values() if intent.closes), None)
