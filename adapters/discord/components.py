"""Buttons, menus and forms as Discord's components. A custom id is `action:value`, so that it outlives a restart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import structlog

from adapters.discord.limits import (
    BUTTON_LABEL,
    CUSTOM_ID,
    FIELD_HINT,
    FIELD_LABEL,
    MODAL_TITLE,
    OPTION_LABEL,
    OPTIONS,
    PLACEHOLDER,
    ROW,
    ROWS,
    cut,
)
from bot.arguments import Kind
from bot.names import MAX_NAME
from bot.reply import Button, Field, Form, Menu, Reply, Section
from bot.validation import MAX_TEXT

Payload = dict[str, Any]
log = structlog.get_logger(__name__)
ACTION_ROW, BUTTON, SELECT, TEXT_INPUT, LABEL = 1, 2, 3, 4, 18
GREY, SHORT, PARAGRAPH = 2, 1, 2
MENU = "menu"
MORE = "…"


def rows(reply: Reply) -> list[Payload]:
    """Everything that can be pressed, in at most five rows; buttons beyond them become a menu."""
    sections = (block for block in reply.blocks if isinstance(block, Section))
    buttons = list(_usable([*(b for section in sections for b in section.buttons), *reply.buttons]))
    menus = [menu for menu in reply.menus if menu.options][: ROWS - 1]
    room = (ROWS - len(menus)) * ROW
    if len(buttons) > room:
        buttons, rest = buttons[: room - ROW], buttons[room - ROW :]
        menus.append(Menu(MORE, tuple(rest)))
    selects = [_select(menu, number) for number, menu in enumerate(menus)]
    lines = [[_button(button) for button in buttons[start : start + ROW]] for start in range(0, len(buttons), ROW)]
    return [{"type": ACTION_ROW, "components": line} for line in (*([select] for select in selects), *lines)]


def pressed(custom_id: str, values: Sequence[str]) -> tuple[str, str]:
    """The action and value of a pressed button or a chosen option."""
    action, _, value = (values[0] if values else custom_id).partition(":")
    return action, value


def modal(form: Form, evidence: str) -> Payload:
    """A form; `evidence` is the id of the message that it is about, empty when it is about none."""
    name = f"{form.name}@{evidence}" if evidence else form.name
    fields = [_field(field) for field in form.fields]
    return {"custom_id": f"{name}:{form.value}", "title": cut(form.title, MODAL_TITLE), "components": fields}


def submitted(custom_id: str) -> tuple[str, str, str]:
    """A form's name, the value that it was opened with, and the message that it is about."""
    name, _, value = custom_id.partition(":")
    form, _, evidence = name.partition("@")
    return form, value, evidence


def _usable(buttons: Iterable[Button]) -> Iterator[Button]:
    """Buttons with an id that fits and that no other has: Discord refuses the whole message otherwise."""
    seen: set[str] = set()
    for button in buttons:
        if len(_id(button)) > CUSTOM_ID:
            log.error("button_dropped", action=button.action, length=len(_id(button)))
        elif _id(button) not in seen:
            seen.add(_id(button))
            yield button


def _id(button: Button) -> str:
    return f"{button.action}:{button.value}"


def _button(button: Button) -> Payload:
    return {"type": BUTTON, "style": GREY, "label": cut(button.label, BUTTON_LABEL), "custom_id": _id(button)}


def _select(menu: Menu, number: int) -> Payload:
    options = [
        {"label": cut(option.label, OPTION_LABEL), "value": _id(option)}
        | ({"default": True} if menu.selected and option.value == menu.selected else {})
        for option in list(_usable(menu.options))[:OPTIONS]
    ]
    return {
        "type": SELECT, "custom_id": f"{MENU}{number}", "placeholder": cut(menu.label, PLACEHOLDER), "options": options,
    }  # fmt: skip


def _field(field: Field) -> Payload:
    label = {"type": LABEL, "label": cut(field.label, FIELD_LABEL), "component": _input(field)}
    return label | ({"description": cut(field.hint, FIELD_HINT)} if field.hint else {})


def _input(field: Field) -> Payload:
    if field.options:
        options = [
            {"label": cut(option.label, OPTION_LABEL), "value": option.value}
            | ({"default": True} if option.value == field.value else {})
            for option in field.options[:OPTIONS]
        ]
        return {"type": SELECT, "custom_id": field.name, "options": options, "required": field.is_required}
    is_long = field.kind is Kind.TEXT
    most = MAX_TEXT if is_long else MAX_NAME
    return {
        "type": TEXT_INPUT, "custom_id": field.name, "style": PARAGRAPH if is_long else SHORT,
        "required": field.is_required, "max_length": most,
    } | ({"value": field.value[:most]} if field.value else {})  # fmt: skip
