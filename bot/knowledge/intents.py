"""The shape of `intents.yaml`: what a message asks of the bot, apart from the trouble that it tells of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.schema import Channel, Entry, Language, Lines, Slug, Text, Tone, Utterance

IntentKind = Literal["talk", "fresh", "pointing", "news", "follow-up", "topic"]
Part = Literal["say", "next", "contract", "law", "avoid", "goodbye", "price", "whether"]
Tones = Literal["firmer", "gentler", "warm", "firm", "final"]
Length = Literal["shorter", "longer"]


class Intent(Entry):
    """What `phrases` ask for; `figures` only sound like it ("if he pays half"), and are set aside.

    `talk`: small talk, if the message is nothing else; `topic`: something of the bot's own; both get `texts`.
    `fresh`: the message is about another client than the one before. `pointing`: it says no more than which
    client is meant, if every word is covered by its phrases, fillers and names. `follow-up`: it goes on about
    the advice before, and may ask for a `part` of it, or for its letter in another `tone`, `length` or
    `language` or for another `channel`; its `texts` are said before. One that is `alone` counts only in a
    message that says nothing else: a bare "final" is what the button says. One that `opens` counts only where a
    message begins with it: "add that …". `news`: what the client did since the advice; gets `texts` and words
    to `say`, and where it `waits`, the step that comes if nothing does; so does a follow-up on the `next` step
    that has words to `say`, and those of `goodbye` are the letter that ends it; a day in news that are about
    what will be (`names_day`) is promised. After a `part_payment` no sum told before holds; after news that
    `closes` a debt there is nothing to demand. Where news of late payment `stand`, later letters go on from their
    words, or from those to `insist` with in a firmer tone.
    What is `of` one archetype counts only in such a trouble; what `reports` their side of it leaves the talk there.
    """

    id: Slug
    kind: IntentKind
    part: Part | None = None
    tone: Tones | None = None
    channel: Channel | None = None
    length: Length | None = None
    language: Language | None = None
    waits: bool = False
    names_day: bool = False
    part_payment: bool = False
    closes: bool = False
    stand: bool = False
    reports: bool = False
    of: Slug | None = None
    alone: bool = False
    opens: bool = False
    phrases: dict[Language, tuple[Utterance, ...]] = Field(default_factory=dict)
    figures: dict[Language, tuple[Utterance, ...]] = Field(default_factory=dict)
    texts: dict[Language, Lines] = Field(default_factory=dict)
    say: dict[Language, Text] = Field(default_factory=dict)
    insist: dict[Tone, dict[Language, Text]] = Field(default_factory=dict)

    @property
    def is_of_letter(self) -> bool:
        """Whether it says how the letter is to be."""
        return bool(self.tone or self.channel or self.length or self.language)

    @property
    def is_request(self) -> bool:
        """Whether it asks for something, unlike what only refers to what was said."""
        return bool(self.part or self.is_of_letter)

    @property
    def is_answered_at_once(self) -> bool:
        """Whether it has words of its own to send, in place of the letter for the next step."""
        return self.kind == "news" or (self.part == "next" and bool(self.say))


class Intents(Entry):
    """`intents.yaml`; of several that a message shows the first one counts."""

    intents: tuple[Intent, ...] = ()
