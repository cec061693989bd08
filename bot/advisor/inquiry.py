"""What is asked of a model about one question: the words without names, the archetypes, the entries to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands import Turn
from bot.errors import UserError
from bot.events import Command, Event, Question
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.schema import Language, words_for
from bot.understanding.reading import Reading
from bot.validation import MAX_TEXT, admit, checked, tidy

if TYPE_CHECKING:
    from bot.advisor.masking import Mask

SETTING = "model"
LIKELY, MOST, SIGNALS = 3, 4, 2
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Inquiry:
    """Everything that leaves is in `question`, `archetypes` and `entries` (texts by id); `words`: all we ever say."""

    question: str
    language: Language
    archetypes: Mapping[str, str]
    entries: Mapping[str, str]
    words: frozenset[str]
    mask: Mask
    version: str


@dataclass(frozen=True)
class Notes:
    """The knowledge as somebody reads it who speaks this language."""

    knowledge: Knowledge
    language: Language


def consent(host: str) -> str:
    """The setting's value when a team wants it: it holds for the host that it was given for."""
    return f"on {host}"


def is_wanted(turn: Turn) -> bool:
    """Whether this team lets the model that there is be asked."""
    return bool(turn.model) and turn.store.settings.get(SETTING) == consent(turn.model)


def asks(event: Event) -> bool:
    """Whether the event has a question in it at all; before anything is read."""
    return isinstance(event, Question) or (isinstance(event, Command) and bool(event.args.get("question")))


def inquiry_for(turn: Turn) -> Inquiry | None:
    """What to ask; None when the team does not want it, the event asks nothing, or the reader is sure."""
    if not is_wanted(turn) or turn.store.was_seen(turn.event.id):
        return None
    try:
        text, about = _asked(turn)
    except UserError:
        return None
    if not text or len(text) > MAX_TEXT:
        return None
    reading = turn.read(text)
    turn = turn.speaking(reading.language)
    if not reading.is_unsure or reading.signs or reading.is_foreign:
        # Danger and distress stay here: there are words for them that nobody is to rephrase.
        return None
    candidates = _candidates(f"{about} {text}", reading, turn)
    return inquired(text, candidates, turn.store.clients.names(), Notes(turn.knowledge, turn.language))


def _asked(turn: Turn) -> tuple[str, str]:
    """The question and the client that it is asked of. Raises `UserError` for what is not admitted."""
    event = turn.event
    if isinstance(event, Question):
        return tidy(event.text), ""
    spec = turn.commands.get(event.name) if isinstance(event, Command) else None
    if not isinstance(event, Command) or spec is None:
        return "", ""
    admit(spec, turn)
    args = checked(spec, event).args
    return args.get("question", ""), args.get("subject", "")


def _candidates(text: str, reading: Reading, turn: Turn) -> list[str]:
    """The likeliest archetypes, and what the clients in the text are flagged with."""
    clients = turn.store.clients.mentioned(text) if turn.may_see_clients else []
    flagged = [flag.archetype for client in clients[:1] for flag in turn.store.flags.open_of(client.id)]
    likely = [guess.id for guess in reading.ranked[:LIKELY]]
    return [name for name in dict.fromkeys((*likely, *flagged)) if name in turn.knowledge.archetypes][:MOST]


def inquired(text: str, candidates: Sequence[str], names: Iterable[tuple[str, int]], notes: Notes) -> Inquiry:
    """The inquiry about a text, with the entries of these archetypes; `names` are those of every client."""
    # Imported late: it is loaded already where there is a model to ask.
    from bot.advisor.masking import Mask

    kinds = {name: _described(name, notes) for name in notes.knowledge.archetypes}
    said = dict(entries(candidates, notes.language, notes.knowledge))
    mask = Mask.of(names, [text, *kinds.values(), *said.values()])
    return Inquiry(
        mask.question(text),
        notes.language,
        {name: mask.entry(described) for name, described in kinds.items()},
        {entry: mask.entry(line) for entry, line in said.items()},
        _words(notes),
        mask,
        notes.knowledge.version,
    )


def _described(name: str, notes: Notes) -> str:
    playbook = notes.knowledge.playbook(name, notes.language)
    return " ".join((f"{playbook.name} ({playbook.nickname}):", playbook.summary, *playbook.signals[:SIGNALS]))


def entries(archetypes: Iterable[str], language: Language, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """What may be rephrased, by id: what to do today, what to avoid, and what changes when two of these meet.

    Not the ladder, which goes by dates, nor scripts, clauses and law, whose words are to stand as they are.
    """
    names = [*archetypes]
    for name in names:
        playbook = knowledge.playbook(name, language)
        for part, lines in (("do_now", playbook.do_now), ("avoid", playbook.avoid)):
            yield from ((f"{name}.{part}.{number}", line) for number, line in enumerate(lines, 1))
    for entry in knowledge.principles.combinations:
        if {*entry.archetypes} <= {*names}:
            yield f"combinations.{entry.id}", words_for(entry.texts, language)


def entry_kinds(entry: str, knowledge: Knowledge) -> frozenset[str]:
    """The archetypes that an entry is about."""
    name, _, rest = entry.partition(".")
    if name != "combinations":
        return frozenset({name})
    return frozenset(kind for one in knowledge.principles.combinations if one.id == rest for kind in one.archetypes)


def _words(notes: Notes) -> frozenset[str]:
    playbooks = (notes.knowledge.playbook(name, notes.language) for name in notes.knowledge.archetypes)
    texts = (playbook.model_dump_json() for playbook in playbooks)
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()))
