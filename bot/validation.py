"""Checks a command's arguments before its handler sees them, whichever way they came in."""

from __future__ import annotations

import difflib
import unicodedata

from bot.arguments import Kind, Param
from bot.commands import ActionSpec, CommandSpec, Turn
from bot.direct import no_team
from bot.errors import Misuse, UserError
from bot.events import Action, Command, Event, Place
from bot.i18n.messages import C, Message, N
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES
from bot.names import fold
from bot.reply import Delivery

MAX_TEXT = 3_000
MAX_ID = 2**31 - 1


def admit(spec: CommandSpec | ActionSpec, turn: Turn) -> None:
    """Refuse what this person may not do, or what may not be shown in this place."""
    if isinstance(spec, CommandSpec) and (spec.managers_only or spec.shows_clients) and not turn.event.place.has_team:
        raise no_team()
    if spec.managers_only and not turn.event.user.is_manager:
        raise UserError(N("Only managers may do that."), _who_manages(turn.event.place))
    if _shows_clients(spec, turn.event) and not turn.may_see_clients:
        _admit_outsider(turn.event)


def _who_manages(place: Place) -> Message:
    if place.has_roles:
        return N("Ask somebody who may manage the server.")
    return N("Ask an administrator of the workspace.")


def _shows_clients(spec: CommandSpec | ActionSpec, event: Event) -> bool:
    """A card of the team's that all see is not for others to redraw, whatever it shows."""
    if isinstance(spec, CommandSpec):
        return spec.shows_clients
    is_redrawn = spec.delivery is Delivery.REPLACE and event.is_public
    return bool(spec.shows_clients) if is_redrawn else spec.shows(event.value if isinstance(event, Action) else "")


def _admit_outsider(event: Event) -> None:
    if not event.place.has_team:
        return  # a card that was drawn without a team has no client in it
    place = event.place
    if place.is_unsure and not (place.is_shared or event.user.is_guest):
        raise UserError(
            N("I can't be sure that only the team would read it there, so I don't show it."),
            N("Invite me to a channel of the team alone, and do it there."),
        )
    if event.user.is_guest:
        raise UserError(
            N("I show no clients or flags to people from outside the team."),
            N("Whoever administers this workspace decides who that is."),
        )
    raise UserError(
        N("I show no clients or flags here: people from outside the team can read this place."),
        N("Ask me in a channel of the team alone, or in a direct message."),
    )


def checked(spec: CommandSpec, command: Command) -> Command:
    """The command with clean arguments; a `UserError` for what is missing, too long or not a choice."""
    args = {name: tidied for name, value in command.args.items() if (tidied := tidy(value))}
    args |= {p.name: chosen(p, args[p.name]) for p in spec.params if p.choices and p.name in args}
    for param in spec.params:
        _check(param, args.get(param.name))
    return command if args == command.args else command._replace(args=args)


def chosen(param: Param, value: str) -> str:
    """The English word for a choice that was written in another of our languages; any other value as it stands."""
    if value.casefold() in param.choices:
        return value
    words = ((word, Speech(language)(C("choice", word))) for word in param.choices for language in LANGUAGES)
    return next((word for word, translated in words if fold(translated) == fold(value)), value)


def tidy(text: str) -> str:
    """Without control characters, save line breaks and tabs, and without surrogates; trimmed."""
    if text.isprintable():
        return text.strip()
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def row_id(text: str) -> int:
    """The row's id that a button's value holds; 0, which no row has, when it holds none."""
    return int(text) if text.isdecimal() and len(text) <= 10 and int(text) <= MAX_ID else 0


def _check(param: Param, value: str | None) -> None:
    if value is None:
        if param.is_required:
            raise Misuse(N("I need {argument}.", argument=param.help), field=param.name)
        return
    if param.kind is Kind.TEXT and len(value) > MAX_TEXT:
        raise too_long(len(value), param.name)
    if param.choices and value.casefold() not in param.choices:
        near = difflib.get_close_matches(value.casefold(), param.choices, 1, 0.5)
        hint: Message = (
            N("Did you mean `{name}`?", name=near[0]) if near else N("Use one of these: {names}.", names=param.choices)
        )
        raise Misuse(N("`{word}` is not a choice here.", word=shortened(value)), hint, param.name)


def too_long(length: int, field: str = "") -> UserError:
    """The refusal of a text over `MAX_TEXT` characters."""
    return UserError(
        N("That text has {count} characters; {limit} is the most I keep.", count=length, limit=MAX_TEXT),
        N("Keep what happened, when and how much; put the rest behind a link."),
        field,
    )


def shortened(text: str, limit: int = 40) -> str:
    """A text fit to be quoted back in an error."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
