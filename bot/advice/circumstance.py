"""The answer when a client died, is ill or is insolvent: no playbook and no dates, but its own words and letter."""

from __future__ import annotations

from bot.advice.card import card_buttons, from_playbook, letter, sign_words, title_of
from bot.advice.case import Case
from bot.advice.sources import Sources
from bot.commands import Turn
from bot.knowledge.schema import Sign
from bot.reply import Reply


def circumstance_card(sign: Sign, case: Case, turn: Turn) -> Reply:
    """The words on it and the letter."""
    sources = Sources()
    blocks = (sign_words(sign, turn, sources), *letter(case, turn, sources), from_playbook(sources, turn))
    return Reply(title_of(case, turn), blocks, card_buttons(case, turn), sources=tuple(sources.ids))
