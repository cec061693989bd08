"""Answers to what goes on about advice: the part that is asked for, in the manner that is, or what news call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.advice.card import CHANNEL_NAMES, TONE_NAMES
from bot.advice.case import (
    BEFORE,
    CLOSED,
    ENDING,
    KEPT,
    NEWS,
    OF_PROMISE,
    PART_PAID,
    PROMISED,
    PROMISED_AS,
    PROMISED_EITHER,
    Case,
    order_in,
    tone_named,
)
from bot.advice.ladder import DEBT
from bot.advice.news import ending_card, news_card
from bot.advice.own_letter import circumstance_of
from bot.advice.parts import part_card
from bot.commands import Turn
from bot.i18n.messages import Message, N
from bot.knowledge.intents import Intent, Tones
from bot.knowledge.schema import CHANNELS, Channel, Tone
from bot.reply import Reply, Section
from bot.understanding.promised import promised_in


def in_manner(case: Case, intents: Sequence[Intent], turn: Turn) -> Case:
    """The case with its letter as it is asked for, and what news change of it."""
    channel = next((_channel(intent) for intent in intents if _channel(intent)), None)
    how = next((intent.tone for intent in intents if intent.tone), None)
    told = next((intent for intent in intents if intent.kind == "news"), None)
    # A letter after news is another one than the one whose tone was asked for before.
    case = replace(case, tone=None) if told and told.stand else case
    tone = _turned(case.tone_in(turn), how, case.tones) if how else case.tone
    language = next((intent.language for intent in intents if intent.language), case.language)
    case = replace(case, channel=channel or case.channel, tone=tone, language=language)
    return replace(case, stated=_after(case, intents, turn))


def _channel(intent: Intent) -> Channel | None:
    """What is short is the one for chat."""
    return intent.channel or ({"shorter": CHANNELS[1], "longer": CHANNELS[0]}[intent.length] if intent.length else None)


def _after(case: Case, intents: Sequence[Intent], turn: Turn) -> tuple[tuple[str, str], ...]:
    """What is known for letters: no old sum after a part of it was paid, and the day that is promised now."""
    news = [intent for intent in intents if intent.kind == "news"]
    is_part, told = any(intent.part_payment for intent in news), next((one for one in news if one.stand), None)
    stated = dict(case.stated) | ({NEWS: told.id} if told else {})
    if (is_part or (told and told.closes)) and (owed := _owed(case, stated)):
        # Should it turn out that another client paid.
        stated[BEFORE] = owed
    if is_part:
        stated = {name: value for name, value in stated.items() if name not in ("amount", CLOSED)}
        stated |= {PART_PAID: turn.now.isoformat()} | (
            {"amount": case.reckoning.rest} if case.reckoning and case.reckoning.rest else {}
        )
    if told and told.closes:
        kept = {name: stated[name] for name in (*KEPT, NEWS, BEFORE) if name in stated and name != "amount"}
        stated = kept | {CLOSED: turn.now.isoformat()}
    if not _is_on_the_end(intents, case):
        stated.pop(ENDING, None)
    elif any(intent.part == "goodbye" for intent in intents):
        stated[ENDING] = turn.now.isoformat()
    if any(intent.names_day for intent in news) and (promised := _promised(case, turn)):
        stated = {name: value for name, value in stated.items() if name not in OF_PROMISE} | promised
    return tuple(stated.items())


def _promised(case: Case, turn: Turn) -> dict[str, str]:
    """The day that they named, or those that it may be with the figures which say so."""
    found = promised_in(case.question, turn.now.date(), order_in(turn))
    if found is None:
        return {}
    if found.day:
        return {PROMISED: found.day.isoformat()}
    days = " ".join(day.isoformat() for day in found.may_be)
    return {PROMISED_EITHER: days} | ({PROMISED_AS: found.written} if found.written else {})


def _owed(case: Case, stated: Mapping[str, str]) -> str:
    return (case.reckoning.owed if case.reckoning else "") or stated.get("amount", "")


def _is_on_the_end(intents: Sequence[Intent], case: Case) -> bool:
    """Whether the end is what is asked about, or still is: a letter for it, but none in another tone."""
    is_plain = all(intent.part in (None, "say", "avoid") and not intent.tone for intent in intents)
    return any(intent.part == "goodbye" for intent in intents) or (is_plain and bool(intents) and case.is_ending)


def followed(case: Case, intents: Sequence[Intent], before: Case, turn: Turn) -> Reply:
    """What news call for, or the part that is asked for: the letter where only its manner is, else what comes next."""
    news = next((intent for intent in intents if intent.is_answered_at_once), None)
    # Who is ill, or died, is not held to a day: what was said of that holds on.
    if news and not (news.waits and circumstance_of(case, turn)):
        return news_card(news, case, turn)
    part = next((intent.part for intent in intents if intent.part), None)
    if part in (None, *_OF_DEBT) and (closed := closed_by(case, turn)):
        return news_card(closed, case, turn)
    is_letter = any(intent.is_of_letter for intent in intents)
    if is_letter and part in (None, "say") and (wish := _vain_wish(case, intents, before, turn)):
        return _there_is(wish, case, turn)
    part = part or ("say" if is_letter else "next")
    if part == "say" and case.is_ending:
        return ending_card(turn.knowledge.intents["goodbye"], case, turn)
    card = part_card(part, case, turn, intents)
    is_last = part == "say" and case.tone_in(turn) == "final" != before.tone
    return _as_the_last(card, case, turn) if is_last else card


def _as_the_last(card: Reply, case: Case, turn: Turn) -> Reply:
    """The last letter, under the question whether what comes before it was sent: nobody knows what was done."""
    say, step = turn.speech, case.rung(turn)
    lines = [
        N("This letter is the last step. Has a firm one gone out? If not, ask for the firm one and send that first.")
    ]
    lines.append(N("After it the debt goes to collection or to court.") if case.lead == DEBT else N("It ends the job."))
    if step and step.now.tone != "final":
        lines.append(N("By the dates it is not due yet."))
    return card._replace(blocks=(Section(" ".join(say(line) for line in lines)), *card.blocks))


def closed_by(case: Case, turn: Turn) -> Intent | None:
    """The news that the debt was paid, after which there is nothing to demand."""
    news = case.said_last(turn)
    return news if news and news.closes else None


def _vain_wish(case: Case, intents: Sequence[Intent], before: Case, turn: Turn) -> Message | None:
    """Why a letter can't be more so; None if it is another one than before."""
    is_other = (case.tone_in(turn), case.channel, case.language) != (
        before.tone_in(turn), before.channel, before.language,
    )  # fmt: skip
    wishes = (_VAIN.get(intent.tone or intent.length or "") for intent in intents)
    return None if is_other else next(filter(None, wishes), None)


_OF_DEBT = ("say", "next", "avoid")
_VAIN: dict[str, Message] = {
    "gentler": N("This is already the gentlest letter that I have."),
    "firmer": N("This is already the firmest letter that I have."),
    "final": N("This is already the firmest letter that I have."),
    "shorter": N("This is already the shortest letter that I have."),
    "longer": N("This is already the longest letter that I have."),
}


def _there_is(wish: Message, case: Case, turn: Turn) -> Reply:
    """The letter as it was, under why it is the same and what there is instead."""
    say = turn.speech
    tones, channels = [say(TONE_NAMES[tone]) for tone in case.tones], [say(CHANNEL_NAMES[name]) for name in CHANNELS]
    there_is = N("There are: {tones}; each for {channels}.", tones=tones, channels=channels)
    card = part_card("say", case, turn)
    return card._replace(blocks=(Section(f"{say(wish)} {say(there_is)}"), *card.blocks))


def _turned(tone: Tone, how: Tones, tones: Sequence[Tone]) -> Tone:
    """One step from what was shown, or the tone that is named."""
    named = tone_named(how)
    if named:
        return named if named in tones else tones[0]
    place = tones.index(tone) + (1 if how == "firmer" else -1)
    return tones[min(max(place, 0), len(tones) - 1)]
