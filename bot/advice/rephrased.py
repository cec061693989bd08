"""The paragraph of a card that a model worded for the case; the playbook's own words stay beside it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.case import Case
from bot.advice.sources import Sources
from bot.advisor.inquiry import entry_kinds
from bot.advisor.opinion import Sentence
from bot.commands import Turn
from bot.i18n.messages import N
from bot.knowledge.knowledge import Knowledge
from bot.reply import Block, Note, Section


def for_this_case(case: Case, turn: Turn, sources: Sources) -> Iterator[Block]:
    """The sentences that are about this case's archetypes, and which entries they say again."""
    opinion = turn.opinion
    if opinion is None or opinion.version != turn.knowledge.version:
        return
    fitting = [sentence for sentence in opinion.sentences if _fits(sentence, case, turn.knowledge)]
    if not fitting:
        return
    used = dict.fromkeys(entry for sentence in fitting for entry in sentence.entries)
    text = ("" if turn.language == "zh" else " ").join(sentence.text for sentence in fitting)
    for entry in used:
        sources.use(text, entry)
    yield Section(text, title=turn.speech(N("For this case")))
    yield Note(turn.speech(N("Worded by {model} from: {names}", model=opinion.model, names=" ".join(used))))


def _fits(sentence: Sentence, case: Case, knowledge: Knowledge) -> bool:
    return all(entry_kinds(entry, knowledge) <= {*case.archetypes} for entry in sentence.entries)
