"""A reply as Block Kit (https://docs.slack.dev/reference/block-kit/blocks). Text is escaped and mentions nobody."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate
from typing import Any

from adapters.slack import limits
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.reply import Block, Button, ChannelLink, Fields, File, Menu, Note, Picture, Quote, Reply, Section, plain_text
from bot.wording import NO_ROOM

Json = dict[str, Any]
_SUMMARY = 3_000
_EACH_IN_FULL = 0  # the version of the format that writes the same text twice where it stands twice
# What Slack's mrkdwn takes for bold, italic, struck out, a quote or code: our own words hold none of it.
_MARK = re.compile(r"[*_~>]")
_FORMATTING = re.compile(r"(?<!\w)[*_~]|[*_~](?!\w)|^\s*>|```", re.MULTILINE)


def escape(text: str) -> str:
    """Text in which Slack finds no markup of its own: `<!channel>` is shown, not sent."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def message(reply: Reply, speech: Speech, *, is_private: bool) -> Json:
    """The `text` (for notifications and screen readers) and `blocks` of a message."""
    text = cut(escape(plain_text(reply)), _SUMMARY)
    return {"text": text, "blocks": blocks(reply, speech, limits.BLOCKS, is_private=is_private)}


def blocks(reply: Reply, speech: Speech, most: int, *, is_private: bool) -> list[Json]:
    """The reply in at most `most` blocks; what does not fit is left out at the end, and said to be."""
    mark = [_context(speech(N("(only you can see this)")))] if is_private else []
    body, controls = list(_body(reply, speech)), list(_controls(reply.menus, reply.buttons))
    whole = [*body, *controls, *mark]
    if len(body) + len(controls) < most and _is_light(whole):
        return whole
    tail = [*_first(controls, most - 2, limits.MESSAGE - limits.TEXT), *mark]
    room, weight = most - len(tail), limits.MESSAGE - sum(map(_weight, tail))
    if len(body) > room or sum(map(_weight, body)) > weight:
        notice = _context(speech(NO_ROOM))
        body = [*_first(body, room - 1, weight - _weight(notice)), notice]
    return [*body, *tail]


def _is_light(blocks: list[Json]) -> bool:
    """Whether one message may have all this. As bytes, lone surrogates and all, it is longer than its texts, and soon
    measured.
    """
    at_most = len(marshal.dumps(blocks, _EACH_IN_FULL)) + limits.CONTAINER * len(blocks)
    return at_most <= limits.MESSAGE or sum(map(_weight, blocks)) <= limits.MESSAGE


def _first(blocks: list[Json], most: int, weight: int) -> list[Json]:
    """The first blocks that fit by count and by weight."""
    sums = accumulate(map(_weight, blocks[:most]))
    return [block for block, so_far in zip(blocks, sums, strict=False) if so_far <= weight]


def _weight(block: Json) -> int:
    return limits.CONTAINER + _characters(block)


def _characters(part: Json) -> int:
    count = 0
    for name, value in part.items():
        if isinstance(value, str):
            count += len(value) if name == "text" else 0
        elif isinstance(value, dict):
            count += _characters(value)
        elif isinstance(value, list):
            count += sum(map(_characters, value))
    return count


def plain(text: str, limit: int) -> Json:
    """A plain text object of at most `limit` characters; a blank one is not allowed, so it becomes a dash."""
    return {"type": "plain_text", "text": cut(text, limit) if text.strip() else "–", "emoji": False}


def cut(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, in `limit` characters; no escaped sign is split."""
    return text if len(text) <= limit else text[: _before_entity(text, limit - 1)] + "…"


def _body(reply: Reply, speech: Speech) -> Iterator[Json]:
    if reply.title.strip():
        yield {"type": "header", "text": plain(reply.title, limits.HEADER)}
    for block in reply.blocks:
        yield from _block(block, speech)


def _block(block: Block, speech: Speech) -> Iterator[Json]:
    match block:
        case Section():
            yield from _paragraph(block)
            yield from _controls((), block.buttons)
        case Fields():
            for start in range(0, len(block.pairs), limits.FIELDS):
                yield _fields(block.pairs[start : start + limits.FIELDS], speech)
        case Quote():
            yield from _copy(block.label, block.text)
        case Note():
            yield from _small(block.text)
        case ChannelLink():
            yield _section(f"<#{escape(block.id)}>")
        case File():
            yield from _copy(block.name, block.content)
        case Picture():
            yield from _small(block.alt)


def _paragraph(section: Section) -> Iterator[Json]:
    """A section; one whose text Slack would take for formatting, or that would be far longer escaped, is drawn with the
    text as it stands.
    """
    title, text = section.title, _lines(section)
    head = f"*{escape(title.strip())}*" if title.strip() else ""
    shown = escape(text)
    parts = list(_parts("\n".join(part for part in (head, shown) if part), limits.TEXT))
    is_marked = _is_formatted(title) or _is_formatted(text) or any(_is_formatted_at_a_cut(parts, head))
    if is_marked or len(shown) - len(text) > limits.ESCAPED or "\n" in title.strip():
        yield from _as_it_stands(title, text)
    else:
        yield from map(_section, parts)


def _lines(section: Section) -> str:
    numbered = enumerate(section.items, section.first)
    items = (f"{number}. {item}" if section.is_ordered else f"• {item}" for number, item in numbered)
    return "\n".join([*([section.text] if section.text else []), *items])


def _is_formatted(text: str) -> bool:
    is_perhaps = _MARK.search(text) or "```" in text  # a tenth of the time, and enough for nearly every text
    return bool(is_perhaps and _FORMATTING.search(text))


def _is_formatted_at_a_cut(parts: Sequence[str], head: str = "") -> Iterator[bool]:
    """A text in pieces has line starts and word ends that the whole has not: a piece may begin with `&gt;`."""
    return (_is_formatted(unescape(part.removeprefix(head))) for part in parts) if len(parts) > 1 else iter(())


def _as_it_stands(title: str, text: str) -> Iterator[Json]:
    bold = [{"type": "text", "text": cut(title, limits.TEXT), "style": {"bold": True}}] if title.strip() else []
    parts: list[list[Json]] = [[{"type": "text", "text": part}] for part in _parts(text, limits.TEXT)] or [[]]
    if bold:
        parts[0] = [*bold, *([{"type": "text", "text": "\n"}] if parts[0] else []), *parts[0]]
    for elements in filter(None, parts):
        yield {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _parts(text: str, limit: int) -> Iterator[str]:
    """A long text in pieces that a text object takes, broken at line ends or spaces where there are any."""
    while len(text) > limit:
        at = max(text.rfind("\n", 0, limit), text.rfind(" ", 0, limit))
        at = at if at > limit // 2 else _before_entity(text, limit)
        if text[:at].strip():
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
        yield from _paragraph(Section(title=cut(label, limits.TEXT // 10)))
    for part in _parts(text, limits.TEXT):
        elements = [{"type": "text", "text": part}]
        yield {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": elements}]}


def _small(text: str) -> Iterator[Json]:
    parts = list(_parts(escape(text), limits.TEXT))
    if _is_formatted(text) or any(_is_formatted_at_a_cut(parts)):
        elements: list[Json] = [{"type": "plain_text", "text": t, "emoji": False} for t in _parts(text, limits.TEXT)]
        yield from ({"type": "context", "elements": [element]} for element in elements)
    else:
        yield from map(_context, parts)


def _context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _controls(menus: Sequence[Menu], buttons: Sequence[Button]) -> Iterator[Json]:
    elements = [_select(menu, number) for number, menu in enumerate(menus) if menu.options]
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
