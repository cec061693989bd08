"""The team's own settings: read them, change one."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bot.advisor.inquiry import SETTING, consent
from bot.arguments import Kind, Param
from bot.commands import LEARN, NO, YES, CommandSpec, Turn
from bot.errors import UserError
from bot.events import Command
from bot.features.flags import EXPIRY_DAYS
from bot.i18n.messages import C, Message, N
from bot.i18n.places import country_code
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES
from bot.names import fold
from bot.reply import Note, Reply, Section
from bot.summary.channel import EVERYONE, FROM_HERE, LANGUAGE, QUIET, SCOPE, UTC_ZONE, ZONE
from bot.summary.zones import zone_named
from bot.validation import shortened

DEFAULT, OFF = "default", "off"


class Choice(NamedTuple):
    """A setting: what it does, its default as shown, and the check that turns a text into its value or None.

    One that `is_local` holds for the channel in which it is set, the others for the whole team; `help` depends on
    the turn where it names what was set up.
    """

    name: str
    help: Message | Callable[[Turn], Message]
    default: str
    accepts: Message
    read: Callable[[str, Turn], str | None]
    is_local: bool = False


def _language(text: str, _turn: Turn) -> str | None:
    return text.casefold() if text.casefold() in LANGUAGES else None


def _country(text: str, turn: Turn) -> str | None:
    code = country_code(text)
    return code if code in turn.knowledge.law else None


def _days(text: str, _turn: Turn) -> str | None:
    return str(int(text)) if text.isdecimal() and len(text) <= 4 and 7 <= int(text) <= 730 else None


def _model(text: str, turn: Turn) -> str | None:
    answer = _ANSWERS.get(fold(text))
    if answer == YES and not turn.model:
        raise UserError(
            N("No model is set up here, so there is nothing to switch on."),
            N("Whoever runs me sets `CHAO_LLM_URL` and `CHAO_LLM_MODEL`."),
        )
    return {YES: consent(turn.model), NO: OFF}.get(answer or "")


def _about_model(turn: Turn) -> Message:
    if not turn.model:
        return N(
            "whether a language model is asked what I am unsure of; none is set up here, so nothing is sent anywhere"
        )
    return N(
        "whether questions that I am unsure of are sent, with entries of the playbook, to the language model at {host} "
        "after your clients' names were replaced",
        host=turn.model,
    )


def _zone(text: str, turn: Turn) -> str:
    return zone_named(text, turn.speech)


def _scope(text: str, _turn: Turn) -> str | None:
    return _SCOPES.get(fold(text))


def _answer(text: str, _turn: Turn) -> str | None:
    return _ANSWERS.get(fold(text))


_SCOPES = dict.fromkeys(("all", "todos", "todo", "全部", "所有"), EVERYONE)
_SCOPES |= dict.fromkeys(("channel", "canal", "频道", "本频道"), FROM_HERE)
_ANSWERS = dict.fromkeys(("yes", "y", "on", "si", "true", "是", "开"), YES)
_ANSWERS |= dict.fromkeys(("no", "n", "off", "false", "否", "不", "关"), NO)
CHOICES = (
    Choice("language", N("the team's language, when a person's own is not known"), "-", N("es, en or zh"), _language),
    Choice(
        "country", N("whose late-payment law is added to advice"), "-", N("one of the countries in my notes"), _country
    ),
    Choice(
        "expiry", N("after how many days a flag expires"), str(EXPIRY_DAYS), N("a number of days from 7 to 730"), _days
    ),
    Choice(
        ZONE, N("the team's time zone, for summaries planned without one"), UTC_ZONE,
        N("a city or a zone's name, as Europe/Madrid"), _zone,
    ),
    Choice(
        LEARN, N("whether I keep questions whose kind somebody chose, to know such ones better here"), NO,
        N("yes or no"), _answer,
    ),
    Choice(SETTING, _about_model, OFF, N("on or off"), _model),
    Choice(LANGUAGE, N("the language of this channel's summary"), "-", N("es, en or zh"), _language, is_local=True),
    Choice(
        SCOPE, N("whose clients this channel's summary covers"), EVERYONE,
        N("all, or channel for those flagged from here"), _scope, is_local=True,
    ),
    Choice(
        QUIET, N("whether this channel's summary is left out in a week without news"), NO, N("yes or no"),
        _answer, is_local=True,
    ),
)  # fmt: skip

# The English name always works; people may type the others too.
TITLES: dict[str, Message] = {
    "language": C("setting", "language"),
    "country": C("setting", "country"),
    "expiry": C("setting", "expiry"),
    ZONE: C("setting", "zone"),
    LEARN: C("setting", "learn"),
    SETTING: C("setting", "model"),
    LANGUAGE: C("setting", "summary-language"),
    SCOPE: C("setting", "summary-scope"),
    QUIET: C("setting", "summary-quiet"),
}


def settings(command: Command, turn: Turn) -> Reply:
    """All settings, one setting, or a new value for one; `default` returns it to ours."""
    name, value = command.args.get("name"), command.args.get("value")
    if name is None:
        return _all(turn)
    choice = _named(name)
    return _change(choice, value, turn) if value else Reply(blocks=(Section(_lines([choice], turn)[0]),))


def _named(name: str) -> Choice:
    """The setting that is called so in any of the languages; a `UserError` with the nearest name where none is."""
    titles = {fold(title): (title, choice) for choice in CHOICES for title in _titles(choice)}
    if found := titles.get(fold(name)):
        return found[1]
    near = difflib.get_close_matches(fold(name), list(titles), 1, 0.5)
    names = [f"`{c.name}`" for c in CHOICES]
    hint = N("Did you mean `{name}`?", name=titles[near[0]][0]) if near else N("There are: {names}.", names=names)
    raise UserError(N("I know no setting “{name}”.", name=shortened(name)), hint)


def _titles(choice: Choice) -> list[str]:
    return [choice.name, *(Speech(language)(TITLES[choice.name]) for language in LANGUAGES)]


def _change(choice: Choice, value: str, turn: Turn) -> Reply:
    wanted = None if value.casefold() == DEFAULT else choice.read(value.strip(), turn)
    if wanted is None and value.casefold() != DEFAULT:
        text = N("`{value}` is no value for `{name}`.", value=shortened(value), name=choice.name)
        raise UserError(text, N("It takes {accepts}.", accepts=_accepts(choice, turn)))
    turn.store.change_setting(choice.name, wanted, turn.event.place.channel if choice.is_local else "")
    turn.store.history.record("settings")
    said = {"name": choice.name, "value": wanted or choice.default}
    text = (
        N("`{name}` is now `{value}` in this channel.", **said)
        if choice.is_local
        else N("`{name}` is now `{value}`.", **said)
    )
    told = (Note(_about(choice, turn)),) if callable(choice.help) else ()
    return Reply(blocks=(Section(turn.speech(text)), *told))


def _about(choice: Choice, turn: Turn) -> str:
    return turn.speech(choice.help(turn) if callable(choice.help) else choice.help)


def _accepts(choice: Choice, turn: Turn) -> str:
    return ", ".join(sorted(turn.knowledge.law)) if choice.name == "country" else turn.speech(choice.accepts)


def _all(turn: Turn) -> Reply:
    hint = turn.speech(N("`/client settings country ES` changes one; `default` returns it to ours."))
    return Reply(turn.speech(N("Settings")), (Section(items=tuple(_lines(CHOICES, turn))), Note(hint)))


def _lines(choices: Iterable[Choice], turn: Turn) -> list[str]:
    here = turn.store.schedules.of(turn.event.place.channel).settings
    return [_line(choice, here if choice.is_local else turn.store.settings, turn) for choice in choices]


def _line(choice: Choice, settings: Mapping[str, str], turn: Turn) -> str:
    value = settings.get(choice.name, choice.default)
    return f"{choice.name} = {value} · {turn.speech.aside(_about(choice, turn), _accepts(choice, turn))}"


_NAME = Param("name", Kind.WORD, N("a setting's name"), is_required=False, offered=tuple(TITLES.values()))
_VALUE = Param("value", Kind.TEXT, N("the new value"), is_required=False)

COMMANDS = (
    CommandSpec(
        "settings", C("command", "settings"), N("Read or change the settings of the team and of this channel."),
        N("settings country ES"), settings, (_NAME, _VALUE), writes=True, managers_only=True,
    ),
)  # fmt: skip
