"""The shape of `intents.yaml`: what a message asks of the bot, apart from the trouble that it tells of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.schema import Channel, Entry, Language, Lines, Slug, Utterance

IntentKind = Literal["talk", "fresh", "follow-up", "topic"]
Part = Literal["say", "next", "contract", "law", "avoid", "goodbye", "price"]
Tones = Literal["firmer", "gentler", "final"]


class Intent(Entry):
    """What `phrases` ask for.

    `talk`: small talk, if the message is nothing else; `topic`: something of the bot's own; both get `texts`.
    `fresh`: the message is about another client than the one before. `follow-up`: it goes on about the advice before,
    and may ask for a `part` of it, or for its letter in another `tone` or for another `channel`. One that is `alone`
    counts only in a message that says nothing else: a bare "final" is what the button says.
    """

    id: Slug
    kind: IntentKind
    part: Part | None = None
    tone: Tones | None = None
    channel: Channel | None = None
    alone: bool = False
    phrases: dict[Language, tuple[Utterance, ...]] = Field(default_factory=dict)
    texts: dict[Language, Lines] = Field(default_factory=dict)


class Intents(Entry):
    """`intents.yaml`; of several that a message shows the first one counts."""

    intents: tuple[Intent, ...] = ()
