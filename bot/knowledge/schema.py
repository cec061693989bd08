"""The shape of knowledge files: archetypes, principles, law, placeholders, signs.

Owns the data model and its limits; reading files is `loader`'s, laying a team's files over ours `overlay`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["es", "en", "zh"]
LANGUAGES: tuple[Language, ...] = ("es", "en", "zh")
Tone = Literal["warm", "firm", "final"]
TONES: tuple[Tone, ...] = ("warm", "firm", "final")
Channel = Literal["email", "chat"]
CHANNELS: tuple[Channel, ...] = ("email", "chat")

Value = TypeVar("Value")


def language_for(texts: Mapping[Language, object], language: Language) -> Language:
    """The language in which somebody who reads this one is served: a team may have written in another only."""
    return next(candidate for candidate in (language, *LANGUAGES) if candidate in texts)


def words_for(texts: Mapping[Language, Value], language: Language) -> Value:
    """What is written for a reader of this language."""
    return texts[language_for(texts, language)]


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=2000)]


def _not_empty(lines: tuple[str, ...]) -> tuple[str, ...]:
    if not lines:
        raise ValueError("needs at least one entry")
    return lines


Lines = Annotated[tuple[Line, ...], AfterValidator(_not_empty)]


class Entry(BaseModel):
    """Base of all knowledge records: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Email(Entry):
    """A letter to copy; `subject` and `body` may hold placeholders."""

    subject: Line
    body: Text


class Scripts(Entry):
    """What to say, by tone, for email and for chat; may hold placeholders."""

    email: dict[Tone, Email] = Field(default_factory=dict)
    chat: dict[Tone, Text] = Field(default_factory=dict)


class Clause(Entry):
    """A contract clause: what it is for and wording to start from."""

    title: Line
    wording: Text


class Prevent(Entry):
    """What keeps it from happening again: contract clauses, price, process."""

    contract: tuple[Clause, ...] = ()
    price: tuple[Line, ...] = ()
    process: tuple[Line, ...] = ()


class Ladder(Entry):
    """The words of the escalation ladder: what its days count from, and each step by its id."""

    counts_from: Line
    steps: dict[Slug, Line]


class Goodbye(Entry):
    """When to end the relation and how to do it well."""

    when: tuple[Line, ...] = ()
    how: tuple[Line, ...] = ()


class Playbook(Entry):
    """Everything said of one archetype in one language."""

    name: Line = Field(description="neutral display name, a behaviour: 'late-payment pattern'")
    nickname: Line = Field(description="the folk name people use: 'bad payer'")
    summary: Line
    signals: Lines
    not_this: tuple[Line, ...] = ()
    risk: tuple[Line, ...] = ()
    do_now: Lines
    whether: tuple[Line, ...] = Field((), description="what of it you may refuse, and what you may not")
    avoid: tuple[Line, ...] = ()
    say: Scripts = Scripts()
    prevent: Prevent = Prevent()
    escalate: Ladder | None = None
    goodbye: Goodbye = Goodbye()
    our_part: tuple[Line, ...] = Field((), description="what could we have caused?")


class Step(Entry):
    """One rung: its id, the day it is due (days since what the ladder counts from), its tone, the flags it takes."""

    step: Slug
    after_days: int = Field(ge=0, le=365)
    tone: Tone
    flags: int = Field(
        1, ge=1, le=9, description="how many open flags it takes: 2 for what only a repetition justifies"
    )


class Source(Entry):
    """Where a fact comes from and when it was last checked."""

    title: Line
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    checked: date


class Archetype(Entry):
    """One kind of difficulty: a behaviour, never a person."""

    id: Slug
    priority: int = Field(ge=1, le=99, description="1 comes first when several archetypes apply")
    aliases: dict[Language, tuple[Line, ...]] = Field(default_factory=dict)
    escalate: tuple[Step, ...] = ()
    sources: tuple[Source, ...] = ()
    texts: Annotated[dict[Language, Playbook], Field(min_length=1)]


class Principle(Entry):
    """A closing principle, or a step of the exit checklist."""

    id: Slug
    texts: Annotated[dict[Language, Line], Field(min_length=1)]


class Combination(Entry):
    """What changes when these archetypes meet in one client; `archetypes` in the order to treat them."""

    id: Slug
    archetypes: Annotated[tuple[Slug, ...], Field(min_length=2)]
    texts: Annotated[dict[Language, Line], Field(min_length=1)]


class Principles(Entry):
    """`principles.yaml`: what holds for every archetype."""

    principles: tuple[Principle, ...] = ()
    combinations: tuple[Combination, ...] = ()
    exit_checklist: tuple[Principle, ...] = ()
    script_rules: tuple[Principle, ...] = ()


Topic = Literal["interest", "deadline", "contract", "rights"]


class LawFact(Entry):
    """Late-payment law of one place. `verified`: read in an official text; otherwise a secondary page."""

    id: Slug
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z]{2})?$")]
    verified: bool
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    topics: dict[Topic, tuple[Annotated[int, Field(ge=1)], ...]] = Field(
        default_factory=dict,
        description="the numbers of the facts that answer a question on each: interest (and fees, damages), deadline, "
        "contract, rights; counted from 1, most telling first",
    )
    texts: Annotated[dict[Language, Lines], Field(min_length=1)]


class PlaceholderWords(Entry):
    """How one placeholder reads: its label, with a value, without one, and with the `month` of an invoice."""

    label: Line
    filled: Line | None = None
    blank: Line | None = None
    month: Line | None = None


class Placeholder(Entry):
    """A gap in a script. `business_days`: a date counted from today, always known.

    `told`: a gap in any line of a playbook, which reads as `filled` once this fact was told, and as `blank` until then.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z_0-9]+$")]
    business_days: int | None = Field(None, ge=1, le=60)
    told: Slug | None = None
    texts: dict[Language, PlaceholderWords]


class Placeholders(Entry):
    """`placeholders.yaml`."""

    placeholders: tuple[Placeholder, ...] = ()


Kind = Literal["danger", "distress", "circumstance", "pressure", "fact", "language", "outside"]


class Sign(Entry):
    """What calls for other words than a playbook's. `phrases` show it; `figures` only sound like it, and are set aside.

    `danger`: said before the advice, which is then for `archetype`. `distress`: said alone. `circumstance`: what befell
    the client, said instead of advice for `archetype`. `pressure`: what a client does to get their way, said before the
    first steps on what else is told; with nothing else it counts as `archetype`. `fact`: what changes the advice on
    `archetype`, told with it or after it; said before it, and kept by the thread. `language`: said to a text in another
    language. `outside`: said when a text is about somebody who is no client; where it `is_first`, only a text that
    begins with them, and tells what they do, is.
    """

    id: Slug
    kind: Kind
    archetype: Slug | None = None
    is_first: bool = False
    belongs_to: tuple[Slug, ...] = Field(
        (), description="archetypes told before whose own advice answers this: where it does, the sign is not shown"
    )
    takes_back: Slug | None = Field(None, description="of a fact: the one that no longer holds after it")
    phrases: dict[Language, tuple[Line, ...]] = Field(default_factory=dict)
    figures: dict[Language, tuple[Line, ...]] = Field(default_factory=dict)
    texts: Annotated[dict[Language, Lines], Field(min_length=1)]
    do_now: dict[Language, Lines] = Field(
        default_factory=dict, description="of a pressure: what to do today, and after that"
    )
    avoid: dict[Language, Lines] = Field(default_factory=dict, description="of a pressure: what not to do")
    on_writing: dict[Language, Lines] = Field(
        default_factory=dict, description="said before any letter, to who asks what to write"
    )
    say: dict[Language, Text] = Field(
        default_factory=dict, description="the letter that takes the place of the playbook's; may hold placeholders"
    )
    step: Slug | None = Field(None, description="the step of the archetype's ladder that is due at once")


class Signs(Entry):
    """`signs.yaml`, the most pressing first."""

    signs: tuple[Sign, ...] = ()


Utterance = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Examples(Entry):
    """A batch of things people say: labels joined by ` + ` (or `none`) to utterances, in one language."""

    language: Language
    examples: dict[str, tuple[Utterance, ...]]
