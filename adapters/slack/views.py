"""Modals and the front page as views (https://docs.slack.dev/reference/views): forms, replies in a modal, App Home."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.slack import limits
from adapters.slack.render import Json, blocks, cut, plain
from bot.arguments import Kind
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.reply import Field, Form, Option, Reply, Section, plain_text

INPUT = "value"


def form_view(form: Form, speech: Speech, metadata: str) -> Json:
    """A form as a modal; `metadata` comes back with its submission."""
    return {
        "type": "modal",
        "callback_id": form.name,
        "private_metadata": metadata,
        "title": plain(form.title, limits.MODAL_TITLE),
        "submit": plain(form.submit, limits.MODAL_TITLE),
        "close": plain(speech(N("Cancel")), limits.MODAL_TITLE),
        "blocks": [_input(field) for field in form.fields],
    }


def reply_view(reply: Reply, speech: Speech, metadata: str = "") -> Json:
    """A reply in a modal: only who opened it sees it."""
    # The window's own title is short: a longer one is shown whole within.
    bare = reply._replace(title="") if len(reply.title) <= limits.MODAL_TITLE else reply
    return {
        "type": "modal",
        "callback_id": "reply",
        "private_metadata": metadata,
        "title": plain(reply.title or "Chao", limits.MODAL_TITLE),
        "close": plain(speech(N("Close")), limits.MODAL_TITLE),
        "blocks": blocks(bare if bare.blocks else reply, speech, limits.VIEW_BLOCKS, is_private=False),
    }


def home_view(reply: Reply, speech: Speech, metadata: str = "") -> Json:
    """A reply as the App Home of one person."""
    return {
        "type": "home",
        "private_metadata": metadata,
        "blocks": blocks(reply, speech, limits.VIEW_BLOCKS, is_private=False),
    }


def waiting_view(speech: Speech) -> Json:
    """What a modal shows while its answer takes longer than Slack waits."""
    return reply_view(Reply(blocks=(Section(speech(N("A moment: this takes longer than usual."))),)), speech)


def errors(reply: Reply, form_fields: Mapping[str, str]) -> Json:
    """What is wrong, on the field that it concerns (https://docs.slack.dev/surfaces/modals#displaying_errors)."""
    field = reply.field if reply.field in form_fields else next(iter(form_fields))
    return {"response_action": "errors", "errors": {field: cut(plain_text(reply), limits.ERROR)}}


def values(view: Json) -> dict[str, str]:
    """What was typed or chosen, by field; empty text for what was left out."""
    return {name: _value(inputs[INPUT]) for name, inputs in view["state"]["values"].items() if INPUT in inputs}


def suggestion(label: str, value: str) -> Json:
    """One entry of a type-ahead."""
    return {"text": plain(label, limits.OPTION), "value": cut(value, limits.OPTION_VALUE)}


def _value(state: Json) -> str:
    chosen = state.get("selected_option")
    return str((chosen or {}).get("value", "") if "selected_option" in state else state.get("value") or "")


def _input(field: Field) -> Json:
    block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, limits.LABEL),
        "element": _element(field),
        "optional": not field.is_required,
    }
    return {**block, "hint": plain(field.hint, limits.HINT)} if field.hint else block


def _element(field: Field) -> Json:
    if field.kind is Kind.CLIENT:
        return {"type": "external_select", "action_id": INPUT, "min_query_length": 0}
    if field.options:
        return _choice(field)
    initial = {"initial_value": cut(field.value, limits.INPUT)} if field.value else {}
    return {
        "type": "plain_text_input",
        "action_id": INPUT,
        "multiline": True,
        "max_length": limits.INPUT,
        **initial,
    }


def _choice(field: Field) -> Json:
    options = [_option(option) for option in field.options[: limits.OPTIONS]]
    chosen = next((option for option in options if option["value"] == field.value), None)
    initial = {"initial_option": chosen} if chosen else {}
    return {"type": "static_select", "action_id": INPUT, "options": options, **initial}


def _option(option: Option) -> Json:
    return {"text": plain(option.label, limits.OPTION), "value": option.value}
