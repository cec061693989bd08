"""Advice on a client or an archetype, and the buttons of its card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.card import advice_card
from bot.advice.case import Case, case_for, case_from, has_client, state_of
from bot.advice.circumstance import circumstance_card
from bot.advice.law import law
from bot.advice.own_letter import circumstance_of, pressures_of
from bot.advice.pressure import pressure_card
from bot.advice.signs import in_circumstance, in_danger, in_distress, under_pressure, with_facts
from bot.advice.sources import Sources
from bot.arguments import Kind, Param
from bot.commands import ActionSpec, CommandSpec, Turn
from bot.errors import UserError
from bot.events import Action, Command
from bot.features.common import no_such_client
from bot.features.reference import whole_playbook
from bot.i18n.messages import C, Message, N
from bot.names import client_name
from bot.outsiders import without_history
from bot.reply import Button, Delivery, Menu, Reply, Section

LIKELY = 3


def advice(command: Command, turn: Turn) -> Reply:
    """Advice for a client by its flags and the question, or for an archetype in general."""
    subject, question = command.args["subject"], command.args.get("question", "")
    reading = turn.read(question)
    turn = turn.speaking(reading.language)
    if distress := in_distress(reading, turn):
        return distress
    asked = reading.archetypes if reading.is_confident else ()
    client = turn.store.clients.find(client_name(subject))
    if client is None and (archetype := turn.knowledge.archetype(subject)):
        case = in_danger(case_for(turn, None, [archetype.id], question), reading, turn)
        case = in_circumstance(with_facts(case, reading, turn), reading, turn)
        return answer(under_pressure(case, [archetype.id], reading, turn), turn)
    if client is None:
        raise no_such_client(turn, client_name(subject))
    case = replace(case_for(turn, client, asked, question), likely=asked)
    case = in_danger(case if case.archetypes else _of_the_settled(case, turn), reading, turn)
    case = under_pressure(in_circumstance(with_facts(case, reading, turn), reading, turn), (), reading, turn)
    return answer(case, turn) if case.archetypes else unflagged(case, turn)


def _of_the_settled(case: Case, turn: Turn) -> Case:
    """The case of what was resolved last, where nothing is open and nothing was asked."""
    kinds = [flag.archetype for flag in case.settled if flag.archetype in turn.knowledge.archetypes]
    return replace(case, archetypes=tuple(kinds[:1]))


def answer(case: Case, turn: Turn) -> Reply:
    """The card of a case, of what befell the client, or of what they do to get their way."""
    if pressures_of(case, turn):
        return pressure_card(case, turn)
    circumstance = circumstance_of(case, turn)
    return circumstance_card(circumstance, case, turn) if circumstance and not case.danger else advice_card(case, turn)


def unflagged(case: Case, turn: Turn) -> Reply:
    """A client without flags and without a telling question: ask which kind it is."""
    name = case.client.name if case.client else ""
    text = N(
        "{client} has no open flags, so I don't know what kind of difficulty it is. Which of these comes closest?",
        client=name,
    )
    return Reply(
        blocks=(Section(turn.speech(text)),), buttons=kind_buttons(case, turn, list(turn.knowledge.archetypes))
    )


def kind_buttons(case: Case, turn: Turn, archetypes: list[str]) -> tuple[Button, ...]:
    """A button for each archetype, which gives the same case's advice for that one."""
    cases = [(name, replace(case, archetypes=(name,), tone=None)) for name in archetypes]
    return tuple(
        Button(turn.knowledge.playbook(name, turn.language).name, "as", state_of(chosen)) for name, chosen in cases
    )


def advice_buttons(turn: Turn, client_id: int, archetype_id: str) -> tuple[Button, ...]:
    """The button that leads from a flag to advice."""
    return (Button(turn.speech(N("What do I do?")), "as", f"{client_id}:{archetype_id}::"),)


def _case(action: Action, turn: Turn) -> Case:
    case = case_from(action.value, turn)
    if case is None:
        raise UserError(N("That advice is about something that is no longer there."), N("Ask again: `/client advice`."))
    return case


def redraw(action: Action, turn: Turn) -> Reply:
    """The card in another tone or for another channel."""
    return without_history(answer(_case(action, turn), turn), turn)


def choose_kind(action: Action, turn: Turn) -> Reply:
    """Advice for the archetype that a person chose; the thread remembers it."""
    case = _case(action, turn)
    turn.remember(case.subject)
    if case.lesson and turn.learns and turn.may_see_clients:
        turn.store.lessons.teach(case.lesson, case.archetypes)
    return without_history(answer(case, turn), turn)


def kinds(action: Action, turn: Turn) -> Reply:
    """Which other kind is it? The likeliest but the one that was shown, and a menu of the rest."""
    case = _case(action, turn)
    others = [name for name in turn.knowledge.archetypes if name != case.lead]
    likely = ([name for name in case.likely if name in others] or others)[:LIKELY]
    others = [name for name in others if name not in likely]
    return asked_back(N("Which of these comes closest?"), case, turn, (likely, others))


def asked_back(text: Message, case: Case, turn: Turn, kinds: tuple[Sequence[str], Sequence[str]]) -> Reply:
    """A question with a button for each of the likely kinds, and a menu of the others."""
    likely, rest = (kind_buttons(case, turn, list(some)) for some in kinds)
    menus = (Menu(turn.speech(N("Another kind")), rest),) if rest else ()
    return Reply(blocks=(Section(turn.speech(text)),), buttons=likely, menus=menus)


def more(action: Action, turn: Turn) -> Reply:
    """The whole playbook behind a card, and all that is noted of the law."""
    case, sources = _case(action, turn), Sources()
    facts = tuple(law(case, turn, sources, is_whole=True))
    # Near the top: where a platform cuts a long message, the facts are not what is lost.
    card = whole_playbook(turn.knowledge.archetypes[case.lead], turn, extra=facts)
    return card._replace(sources=(*card.sources, *sources.ids))


def feedback(action: Action, turn: Turn) -> Reply:
    """Thank for the opinion and keep it: no words, no client."""
    case = _case(action, turn)
    about = "+".join(case.archetypes)
    turn.store.give_feedback(f"{turn.event.place.thread}:{about}", about, is_helpful=action.name == "helpful")
    words = {
        "helpful": N("Thank you, noted."),
        "unhelpful": N(
            "Thank you, noted. “It is another kind” changes the archetype; your team can also rewrite any advice."
        ),
    }
    return Reply(blocks=(Section(turn.speech(words[action.name])),))


_SUBJECT = Param("subject", Kind.SUBJECT, N("a client's name or an archetype"))
_QUESTION = Param("question", Kind.TEXT, N("what you want to know"), is_required=False)

COMMANDS = (
    CommandSpec(
        "advice", C("command", "advice"), N("Get advice that fits a client's history, or an archetype."),
        N("advice acme they want another project"), advice, (_SUBJECT, _QUESTION),
    ),
)  # fmt: skip
ACTIONS = (
    ActionSpec("advice", redraw, Delivery.REPLACE, shows_clients=has_client),
    ActionSpec("as", choose_kind, writes=True, shows_clients=has_client),
    ActionSpec("kinds", kinds, shows_clients=has_client),
    ActionSpec("more", more, shows_clients=has_client),
    ActionSpec("share", redraw, Delivery.PUBLIC, writes=True, shows_clients=has_client),
    ActionSpec("helpful", feedback, writes=True, shows_clients=has_client),
    ActionSpec("unhelpful", feedback, writes=True, shows_clients=has_client),
)
