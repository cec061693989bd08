"""Free questions: which clients and archetypes a text is about, and the advice for them; or "not in my notes"."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.case import Case, case_for, case_from
from bot.advice.clauses import with_second
from bot.advice.signs import in_danger
from bot.advice.weighing import weighed
from bot.arguments import Kind, Param
from bot.commands import ActionSpec, CommandSpec, Turn
from bot.direct import explained, welcome
from bot.errors import UserError
from bot.events import EDITED, Action, Command, Event, Question
from bot.features.advice import LIKELY, answer, kind_buttons
from bot.features.signs import before_advice, instead_of_advice
from bot.i18n.messages import C, N
from bot.records import Client, Subject
from bot.reply import Menu, Reply, Section
from bot.understanding.reading import Reading
from bot.validation import MAX_TEXT, tidy, too_long

NEAREST = 3


def ask(command: Command, turn: Turn) -> Reply:
    """Answer a question privately."""
    return _answer(command.args["question"], turn)


def answer_question(question: Question, turn: Turn) -> Reply:
    """Answer a question where it was asked; the thread remembers what it is about."""
    text = tidy(question.text)
    if len(text) > MAX_TEXT:
        raise too_long(len(text))
    if not text and not turn.event.place.has_team:
        return welcome(turn)
    if not text:
        raise UserError(
            N("I heard nothing to answer."), N("Ask about a client, for example: “Acme hasn't paid in two months”.")
        )
    return _answer(text, turn)


def _answer(text: str, turn: Turn) -> Reply:
    reading = turn.read(text)
    turn = turn.speaking(reading.language)
    return replace(before_advice(reading, turn) or _found(text, reading, turn), language=turn.language)


def _found(text: str, reading: Reading, turn: Turn) -> Reply:
    clients = turn.store.clients.mentioned(text) if turn.may_see_clients else []
    known = turn.store.flags.open_of(clients[0].id) if clients else []
    heard = with_second(text, weighed(reading, known), lambda clause: turn.reader.read(clause, turn.knowledge))
    client, archetypes = _subject(turn, clients, heard)
    case = in_danger(replace(case_for(turn, client, archetypes, text), likely=_likely(reading, heard)), reading, turn)
    if _may_teach(reading, turn):
        case = replace(case, lesson=turn.store.lessons.keep(text, Subject(client.id if client else None, ())))
    if not case.archetypes:
        return explained(instead_of_advice(case, reading, turn) or _unclear(case, reading, turn), turn)
    _remember(turn.event, turn, case)
    return explained(answer(case, turn), turn)


def _subject(turn: Turn, clients: list[Client], reading: Reading) -> tuple[Client | None, tuple[str, ...]]:
    """The client and archetypes of this text; what it leaves open comes from the thread, not from a doubtful guess."""
    client = clients[0] if clients else None
    archetypes = reading.archetypes if reading.is_confident else ()
    if client or (turn.event.place.has_team and not turn.may_see_clients):
        return client, archetypes
    before = _before(turn)
    known = turn.store.clients.by_id(before.client_id) if before.client_id else None
    return known, archetypes or before.archetypes


def _before(turn: Turn) -> Subject:
    """What was talked about: the card that is asked on, else what the thread remembers."""
    about = case_from(turn.event.about, turn) if isinstance(turn.event, Question) and turn.event.about else None
    if about:
        return Subject(about.client.id if about.client else None, about.archetypes)
    return turn.store.threads.subject(turn.event.place) if turn.event.place.thread else Subject(None, ())


def _likely(reading: Reading, heard: Reading) -> tuple[str, ...]:
    """What the words alone say; nothing where the thread had to decide, because they said too little."""
    return tuple(guess.id for guess in reading.ranked[: LIKELY + 1]) if heard.is_confident else ()


def _may_teach(reading: Reading, turn: Turn) -> bool:
    """Never what another company's people write, nor of danger or of somebody who is no client."""
    return turn.learns and turn.may_see_clients and isinstance(turn.event, Question) and not reading.signs


def _remember(event: Event, turn: Turn, case: Case) -> None:
    if isinstance(event, Question) and event.place.thread:
        turn.store.threads.remember(event.place, Subject(case.client.id if case.client else None, case.archetypes))


def _unclear(case: Case, reading: Reading, turn: Turn) -> Reply:
    return _not_in_notes(case, reading, turn) if reading.abstained else _which_kind(case, reading, turn)


def _which_kind(case: Case, reading: Reading, turn: Turn) -> Reply:
    """The text is about a difficult client, but which kind is not sure: ask."""
    likely = [guess.id for guess in reading.ranked[:LIKELY]]
    rest = kind_buttons(case, turn, [name for name in turn.knowledge.archetypes if name not in likely])
    text = turn.speech(N("I'm not sure which kind of trouble this is. Which of these comes closest?"))
    menus = (Menu(turn.speech(N("Another kind")), rest),) if rest else ()
    return Reply(blocks=(Section(text),), buttons=kind_buttons(case, turn, likely), menus=menus)


def _not_in_notes(case: Case, reading: Reading, turn: Turn) -> Reply:
    say = turn.speech
    lines = [say(N("That is not in my notes: they are about difficult clients, and I answer from nothing else."))]
    if case.client:
        lines.append(say(N("{client} has no open flags.", client=case.client.name)))
    lines.append(say(N("The nearest I have:")))
    nearest = [guess.id for guess in reading.ranked[:NEAREST]]
    return Reply(blocks=(Section("\n".join(lines)),), buttons=kind_buttons(case, turn, nearest))


def edited(_action: Action, _turn: Turn) -> Reply:
    """A message that addressed the bot was changed: what it did stays done, and is not done again."""
    raise UserError(
        N("I take a message as it was first sent: changing it changes nothing."), N("Send a new one instead.")
    )


COMMANDS = (
    CommandSpec(
        "ask", C("command", "ask"), N("Ask anything about a difficult client."),
        N("ask Acme hasn't paid in two months and wants another project"), ask,
        (Param("question", Kind.TEXT, N("what you want to know")),), shows_clients=False,
    ),
)  # fmt: skip
ACTIONS = (ActionSpec(EDITED, edited, shows_clients=False),)
