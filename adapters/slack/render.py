"""A reply as Block Kit (https://docs.slack.dev/reference/block-kit/blocks). Text is escaped and mentions nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from adapters.slack import limits
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.reply import Block, Button, Fields, File, Menu, Note, Picture, Quote, Reply, Section, plain_text

Json = dict[str, Any]
_SUMMARY = 3_000


def escape(text: str) -> str:
    """Text in which Slack finds no markup of its own: `<!channel>` is shown, not sent."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def message(reply: Reply, speech: Speech, *, is_private: bool) -> Json:
    """The `text` (for notifications and screen readers) and `blocks` of a message."""
    text = cut(escape(plain_text(reply)), _SUMMARY)
    return {"text": text, "blocks": blocks(reply, speech, limits.BLOCKS, is_private=is_private)}


def blocks(reply: Reply, speech: Speech, most: int, *, is_private: bool) -> list[Json]:
    """The reply in at most `most` blocks; what does not fit is left out at the end, and said to be."""
    body, tail = list(_body(reply, speech)), list(_controls(reply.menus, reply.buttons))
    if is_private:
        tail.append(_context(speech(N("(only you can see this)"))))
    room = most - len(tail)
    if len(body) > room:
        body = [*body[: room - 1], _context(speech(N("Shortened: the rest did not fit into one message.")))]
    return [*body, *tail]


def plain(text: str, limit: int) -> Json:
    """A plain text object of at most `limit` characters; an empty one is not allowed, so it becomes a dash."""
    return {"type": "plain_text", "text": text if 0 < len(text) <= limit else cut(text, limit) or "–", "emoji": False}


def cut(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, in `limit` characters; no escaped sign is split."""
    return text if len(text) <= limit else text[: _before_entity(text, limit - 1)] + "…"


def _body(reply: Reply, speech: Speech) -> Iterator[Json]:
    if reply.title:
        yield {"type": "header", "text": plain(reply.title, limits.HEADER)}
    for block in reply.blocks:
        yield from _block(block, speech)


def _block(block: Block, speech: Speech) -> Iterator[Json]:
    match block:
        case Section():
            yield from (_section(part) for part in _parts(_section_text(block), limits.TEXT))
            yield from _controls((), block.buttons)
        case Fields():
            for start in range(0, len(block.pairs), limits.FIELDS):
                yield _fields(block.pairs[start : start + limits.FIELDS], speech)
        case Quote():
            yield from _copy(block.label, block.text)
        case Note():
            yield from (_context(part) for part in _parts(escape(block.text), limits.TEXT))
        case File():
            yield from _copy(block.name, block.content)
        case Picture():
            yield _context(cut(escape(block.alt), limits.TEXT))


def _section_text(section: Section) -> str:
    lines = [f"*{escape(section.title)}*"] if section.title else []
    lines += [escape(section.text)] if section.text else []
    marks = (f"{number}." if section.is_ordered else "•" for number in range(1, len(section.items) + 1))
    return "\n".join([*lines, *(f"{mark} {escape(item)}" for mark, item in zip(marks, section.items, strict=True))])


def _parts(text: str, limit: int) -> Iterator[str]:
    """A long text in pieces that a text object takes, broken at line ends or spaces where there are any."""
    while len(text) > limit:
        at = max(text.rfind("\n", 0, limit), text.rfind(" ", 0, limit))
        at = at if at > limit // 2 else _before_entity(text, limit)
        yield text[:at]
        text = text[at:].lstrip()
    if text.strip():
        yield text


def _before_entity(text: str, at: int) -> int:
    """A place to cut that splits no `&lt;`."""
    start = text.rfind("&", max(0, at - 4), at)
    return start if start != -1 and ";" not in text[start:at] else at


def _section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _fields(pairs: Sequence[tuple[str, str]], speech: Speech) -> Json:
    texts = [cut(speech.pair(label, value), limits.FIELD) for label, value in pairs]
    return {"type": "section", "fields": [{"type": "plain_text", "text": text, "emoji": False} for text in texts]}


def _copy(label: str, text: str) -> Iterator[Json]:
    """Text to copy as it stands, in a grey box."""
    if label:
        yield _section(f"*{escape(cut(label, limits.TEXT // 10))}*")
    for part in _parts(text, limits.TEXT):
        elements = [{"type": "text", "text": part}]
        yield {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": elements}]}


def _context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _controls(menus: Sequence[Menu], buttons: Sequence[Button]) -> Iterator[Json]:
    elements = [_select(menu, number) for number, menu in enumerate(menus)]
    elements += [_button(button, number) for number, button in enumerate(buttons)]
    for start in range(0, len(elements), limits.ACTIONS):
        yield {"type": "actions", "elements": elements[start : start + limits.ACTIONS]}


def _button(button: Button, number: int) -> Json:
    label = plain(button.label, limits.BUTTON)
    return {"type": "button", "text": label, "action_id": f"{button.action}#{number}", "value": button.value or "-"}


def _select(menu: Menu, number: int) -> Json:
    options = [_option(option) for option in menu.options[: limits.OPTIONS]]
    chosen = [made for made, option in zip(options, menu.options, strict=False) if option.value == menu.selected]
    select = {"type": "static_select", "action_id": f"menu#{number}", "options": options}
    initial = {"initial_option": chosen[0]} if chosen else {}
    return {**select, "placeholder": plain(menu.label, limits.PLACEHOLDER), **initial}


def _option(option: Button) -> Json:
    return {"text": plain(option.label, limits.OPTION), "value": f"{option.action} {option.value}"}
