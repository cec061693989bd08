"""Free questions: which clients and archetypes a text is about, and the advice for them; or "not in my notes"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.case import Case, case_for, channel_named, language_named, order_in, tone_named
from bot.advice.clauses import with_another, with_second
from bot.advice.ladder import DEBT
from bot.advice.several import several_card
from bot.advice.signs import (
    endangered,
    in_circumstance,
    in_danger,
    is_pressing,
    under_pressure,
    with_facts,
    without_parts_of,
)
from bot.advice.weighing import weighed
from bot.arguments import Kind, Param
from bot.commands import ActionSpec, CommandSpec, Turn
from bot.direct import explained, welcome
from bot.errors import UserError
from bot.events import EDITED, Action, Command, Question
from bot.features.advice import LIKELY, answer
from bot.features.corrections import take_back
from bot.features.first import asks_first, first_of_named, which_first
from bot.features.following import closed_by, followed, in_manner
from bot.features.heard import Heard, heard_in
from bot.features.judged import judged, left_after, told_at_once
from bot.features.other import nobody_else, with_other
from bot.features.several import cases_of
from bot.features.signs import before_advice, instead_of_advice
from bot.features.strangers import refuse_stranger
from bot.features.subject import Topic, goes_on, is_of_before, of_values, topic_of
from bot.features.talk import in_passing
from bot.features.unclear import on_the_law, unclear
from bot.features.unlisted import unlisted
from bot.i18n.messages import C, N
from bot.outsiders import without_history
from bot.records import Client, Subject
from bot.reply import Note, Reply
from bot.understanding.reading import Reading
from bot.understanding.slashes import spelt
from bot.understanding.values import told_late
from bot.validation import MAX_TEXT, tidy, too_long

COMPARED, UNSIGNED = 3, "anti-contrato"


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
    heard = heard_in(text, turn)
    turn = turn.speaking(heard.language)
    heard = with_other(heard, turn)
    reply = before_advice(heard.reading, turn) or _in_passing(heard, turn) or _among_clients(heard, turn)
    if reply is None:
        refuse_stranger(heard, turn)
        reply = _found(heard, turn)
    return reply._replace(language=turn.language)


def _in_passing(heard: Heard, turn: Turn) -> Reply | None:
    reply = None if is_of_before(heard, turn) else in_passing(heard.asked, heard.reading, turn)
    return explained(reply, turn) if reply else None


def _among_clients(heard: Heard, turn: Turn) -> Reply | None:
    """What only asks which comes first, or only says that another one is meant."""
    reply = which_first(heard, turn) or nobody_else(heard, turn)
    return explained(reply, turn) if reply else None


def _found(heard: Heard, turn: Turn) -> Reply:
    cases = cases_of(heard, turn)
    if 1 < len(cases) == len(heard.clients):
        # The thread goes on about the one that was told of first.
        for case in reversed(cases):
            _remember(case, turn)
        return explained(several_card(cases, turn, is_ordered=asks_first(heard)), turn)
    if other := first_of_named(heard, cases, turn) or unlisted(heard, turn):
        return explained(other, turn)
    # Of several the one of whom alone it tells a trouble: "Acme is great but Globex hasn't paid".
    told = tuple(case.client for case in cases if case.client) if len(cases) == 1 else heard.clients
    meant = _in_the_light_of_flags(heard._replace(clients=told), turn, is_of_one=len(heard.clients) <= 1)
    topic = topic_of(meant, turn)
    if topic.follows:
        heard = heard._replace(reading=without_parts_of(topic.told_before, heard.reading, turn))
    if general := on_the_law(heard, topic, turn):
        return explained(general, turn)
    case = _case(topic, heard, meant.reading, turn)
    if not case.archetypes:
        reply = instead_of_advice(case, heard.reading, turn)
        if danger := endangered(case, heard.reading, turn):
            # "What do I write to him?" may come next.
            _remember(danger, turn)
        return explained(reply or without_history(unclear(case, heard, topic.before, turn), turn), turn)
    known = replace(case, question="", stated=topic.before.stated)
    follows = judged(topic.follows, heard, known, turn)
    news = follows or told_at_once(heard, case, known, turn)
    before, case = case, replace(case, reckoning=left_after(news, heard, known, turn))
    asks_whether = any(intent.part == "whether" for intent in heard.follow_ups)
    case = replace(in_manner(case, news, turn), asks_whether=asks_whether)
    take_back(heard, case, turn)
    _remember(case, turn)
    is_followed = (goes_on(heard, topic) or bool(closed_by(case, turn))) and not is_pressing(heard.reading, turn)
    follows = follows or of_values(heard)
    reply = followed(case, follows, before, turn) if is_followed else answer(case, turn)
    return explained(without_history(_about_one(reply, case, heard.clients, turn), turn), turn)


def _in_the_light_of_flags(heard: Heard, turn: Turn, *, is_of_one: bool) -> Heard:
    """What is heard when the flags of the client count that is meant: of the first few, one that is flagged so."""
    flags = {client: turn.store.flags.open_of(client.id) for client in heard.clients[:COMPARED]}
    likely = heard.reading.archetypes or tuple(guess.id for guess in heard.reading.ranked[:1])
    fitting = (client for client, own in flags.items() if any(flag.archetype in likely for flag in own))
    first = next(fitting, next(iter(heard.clients), None))
    known = flags[first] if first else []
    alone = weighed(heard.reading, known)
    reading = with_second(heard.text, alone, lambda text: turn.reader.read(text, turn.knowledge), is_of_one=is_of_one)
    if _tells_a_delay(heard.text, reading, turn):
        reading = with_another(reading, DEBT)
    return heard._replace(reading=reading, clients=(first,) if first else (), flags=tuple(known))


def _tells_a_delay(text: str, reading: Reading, turn: Turn) -> bool:
    """Whether it says how late a payment is beside what it was taken for; what drags on there may be a contract too."""
    is_other = (
        reading.is_confident and not {DEBT, UNSIGNED} & {*reading.archetypes} and DEBT in turn.knowledge.archetypes
    )
    return is_other and told_late(spelt(text, order_in(turn)), turn.now.date()) is not None


def _case(topic: Topic, heard: Heard, meant: Reading, turn: Turn) -> Case:
    case = case_for(turn, topic.client, topic.archetypes, heard.text)
    case = replace(case, likely=() if heard.is_name else _likely(heard.reading, meant))
    case = in_danger(_as_before(case, topic.carried, turn), heard.reading, turn)
    case = with_facts(case, heard.reading, turn)
    case = under_pressure(in_circumstance(case, heard.reading, turn), topic.told_before, heard.reading, turn)
    if not _may_teach(heard.reading, turn):
        return case
    lesson = turn.store.lessons.keep(heard.text, Subject(case.client.id if case.client else None, ()))
    return replace(case, lesson=lesson)


def _as_before(case: Case, earlier: Subject, turn: Turn) -> Case:
    """The case with the delay, the danger and the manner that hold since earlier; it has archetypes of its own."""
    danger = turn.knowledge.signs.get(earlier.danger)
    urgent = [danger.archetype] if danger and danger.archetype else []
    return replace(
        case,
        archetypes=tuple(dict.fromkeys([*urgent, *case.archetypes]))[:2],
        days=earlier.days if case.days is None else case.days,
        danger=danger.id if danger else "",
        tone=tone_named(earlier.tone),
        channel=channel_named(earlier.channel),
        language=language_named(earlier.language),
        stated=tuple({**dict(earlier.stated), **dict(case.stated)}.items()),
    )


def _about_one(reply: Reply, case: Case, named: Sequence[Client], turn: Turn) -> Reply:
    """Of several clients in one text, which one this was about."""
    others = [client.name for client in named if not case.client or client.id != case.client.id]
    if not others or not case.client:
        return reply
    text = N(
        "This is about {client}. Ask about {names} in a message of its own.", client=case.client.name, names=others
    )
    return reply._replace(blocks=(*reply.blocks, Note(turn.speech(text))))


def _likely(reading: Reading, meant: Reading) -> tuple[str, ...]:
    """What the words alone say; nothing where the thread had to decide, because they said too little."""
    return tuple(guess.id for guess in reading.ranked[: LIKELY + 1]) if meant.is_confident else ()


def _may_teach(reading: Reading, turn: Turn) -> bool:
    """Never what another company's people write, nor of danger or of somebody who is no client."""
    return turn.learns and turn.may_see_clients and isinstance(turn.event, Question) and not reading.signs


def _remember(case: Case, turn: Turn) -> None:
    if isinstance(turn.event, Question) and turn.event.place.thread:
        turn.remember(case.subject)


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
