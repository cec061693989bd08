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


def followed(case: Case, intents: Sequence[Intent], turn: Turn) -> Reply:
    """The part of the advice that is asked for, in the tone and for the channel that are."""
    channel = next((intent.channel for intent in intents if intent.channel), case.channel)
    tone = next((intent.tone for intent in intents if intent.tone), None)
    said = replace(case, channel=channel, tone=_turned(case.tone_in(turn), tone, case.tones) if tone else case.tone)
    part = next((intent.part for intent in intents if intent.part), None)
    is_letter = tone or any(intent.channel for intent in intents)
    return part_card(part or ("say" if is_letter else "next"), said, turn)


def _turned(tone: Tone, how: Tones, tones: Sequence[Tone]) -> Tone:
    if how == "final":
        return "final"
    place = tones.index(tone) + (1 if how == "firmer" else -1)
    return tones[min(max(place, 0), len(tones) - 1)]
