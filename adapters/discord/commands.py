"""The core's commands as Discord's: one `/client` group with typed options, and a message's own menu entry.

Names and help are given in every language that Discord tells apart; payloads come back with the English names.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from adapters.discord.access import DEFAULT
from adapters.discord.components import Payload
from adapters.discord.limits import CHOICE_NAME, COMMAND_HELP, COMMAND_NAME, cut
from bot.arguments import Kind, Param
from bot.commands import ARGUMENTS, CommandSpec
from bot.completion import has_choices
from bot.features.forms import FLAG_ENTRY
from bot.i18n.messages import C, Message, N
from bot.i18n.speech import Speech
from bot.knowledge.schema import Language
from bot.validation import MAX_TEXT

LOCALES: dict[str, Language] = {"es-ES": "es", "es-419": "es", "zh-CN": "zh", "zh-TW": "zh"}
GROUP = "client"
RIGHTS = "default_member_permissions"
CHAT, MESSAGE, SUB_COMMAND, STRING = 1, 3, 1, 3
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
# What Discord adds to a stored command, or leaves out where it holds nothing, says nothing about a change.
_COMPARED = (
    "type", "name", "name_localizations", "description", "description_localizations", "default_member_permissions",
    "contexts", "integration_types", "options", "required", "autocomplete", "choices", "max_length", "value",
)  # fmt: skip


def payloads(specs: Mapping[str, CommandSpec]) -> list[Payload]:
    """Everything that is registered with Discord."""
    everywhere = {
        "default_member_permissions": DEFAULT, "contexts": [0], "integration_types": [0],
    }  # fmt: skip
    title = N("Difficult clients, handled well")
    group = {"type": CHAT, "name": GROUP, **_help(title), "options": [_sub_command(spec) for spec in specs.values()]}
    entry = {"type": MESSAGE, "name": Speech("en")(FLAG_ENTRY), "name_localizations": _said(FLAG_ENTRY, COMMAND_NAME)}
    return [group | everywhere, entry | everywhere]


def digest(commands: Iterable[Payload]) -> str:
    """What two sets of commands share that mean the same, whether ours or as Discord gives them back."""
    compared = sorted((_compared(command) for command in commands), key=lambda command: str(command["name"]))
    return hashlib.blake2b(json.dumps(compared, sort_keys=True).encode(), digest_size=8).hexdigest()


def _compared(part: Payload) -> Payload:
    kept = {name: part[name] for name in _COMPARED if part.get(name)}
    if RIGHTS in kept:
        kept[RIGHTS] = str(kept[RIGHTS])  # a number to Discord, a text from it
    for name in ("options", "choices"):
        if name in kept:
            kept[name] = [_compared(inner) for inner in kept[name]]
    return kept


def _sub_command(spec: CommandSpec) -> Payload:
    options = [_option(param) for param in spec.params]
    return {
        "type": SUB_COMMAND, "name": spec.name, "name_localizations": _names(spec.title), **_help(spec.help),
        "options": options,
    }  # fmt: skip


def _option(param: Param) -> Payload:
    option = {
        "type": STRING, "name": param.name, "name_localizations": _names(ARGUMENTS[param.name]), **_help(param.help),
        "required": param.is_required,
    }  # fmt: skip
    if param.choices:
        return option | {"choices": [_choice(word) for word in param.choices]}
    if has_choices(param):
        return option | {"autocomplete": True}
    return option | ({"max_length": MAX_TEXT} if param.kind is Kind.TEXT else {})


def _choice(word: str) -> Payload:
    return {"name": word, "name_localizations": _said(C("choice", word), CHOICE_NAME), "value": word}


def _help(text: Message) -> Payload:
    return {
        "description": cut(Speech("en")(text), COMMAND_HELP), "description_localizations": _said(text, COMMAND_HELP),
    }  # fmt: skip


def _names(title: Message) -> dict[str, str]:
    """A name in each locale, as names may be: small letters, no spaces."""
    said = _said(title, COMMAND_NAME)
    return {locale: _NOT_IN_NAMES.sub("-", name.casefold()).strip("-") for locale, name in said.items()}


def _said(text: Message, most: int) -> dict[str, str]:
    return {locale: cut(Speech(language)(text), most) for locale, language in LOCALES.items()}
