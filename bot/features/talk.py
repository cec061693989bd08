"""Answers to small talk and to questions about the bot itself; the words are the knowledge file's."""

from __future__ import annotations

from bot.advice import signs
from bot.commands import Turn
from bot.knowledge.intents import Intent, IntentKind
from bot.knowledge.schema import words_for
from bot.reply import Reply, Section
from bot.understanding.intents import Asked
from bot.understanding.reading import Reading


def shown(kind: IntentKind, asked: Asked, turn: Turn) -> list[Intent]:
    """The intents of one kind that a text shows."""
    intents = (turn.knowledge.intents[name] for name in asked.ids if name in turn.knowledge.intents)
    return [intent for intent in intents if intent.kind == kind]


def in_passing(asked: Asked, reading: Reading, turn: Turn) -> Reply | None:
    """The whole answer to small talk, or to a question about the bot; None to what may be a trouble with a client."""
    intents = shown("talk", asked, turn)
    # What is wholly a question on the bot's own is one, whatever it sounds like: "who is our worst client?".
    if (reading.abstained or asked.is_all) and not signs.is_pressing(reading, turn):
        intents += shown("topic", asked, turn)
    return next((_said(intent, turn) for intent in intents if intent.texts), None)


def _said(intent: Intent, turn: Turn) -> Reply:
    lines = words_for(intent.texts, turn.language)
    sources = tuple(f"intents.{intent.id}.{number}" for number in range(1, len(lines) + 1))
    return Reply(blocks=(Section("\n".join(lines)),), sources=sources)
