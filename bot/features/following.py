"""Answers to what goes on about advice: the part of it that is asked for, in the tone and for the channel that are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.case import Case
from bot.advice.parts import part_card
from bot.commands import Turn
from bot.knowledge.intents import Intent, Tones
from bot.knowledge.schema import Tone
from bot.reply import Reply


def in_manner(case: Case, intents: Sequence[Intent], turn: Turn) -> Case:
    """The case with its letter in the tone and for the channel that are asked for."""
    channel = next((intent.channel for intent in intents if intent.channel), case.channel)
    how = next((intent.tone for intent in intents if intent.tone), None)
    return replace(case, channel=channel, tone=_turned(case.tone_in(turn), how, case.tones) if how else case.tone)


def followed(case: Case, intents: Sequence[Intent], turn: Turn) -> Reply:
    """The part of the advice that is asked for: the letter where only its manner is, else what comes next."""
    part = next((intent.part for intent in intents if intent.part), None)
    is_letter = any(intent.tone or intent.channel for intent in intents)
    return part_card(part or ("say" if is_letter else "next"), case, turn)


def _turned(tone: Tone, how: Tones, tones: Sequence[Tone]) -> Tone:
    if how == "final":
        return "final"
    place = tones.index(tone) + (1 if how == "firmer" else -1)
    return tones[min(max(place, 0), len(tones) - 1)]
