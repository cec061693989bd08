"""What goes out: a neutral card that every platform can draw, and that always has a plain-text form.

Text here is data: nothing in it is markup, and adapters escape it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from bot.arguments import Kind


class Delivery(Enum):
    """How the answer to a button reaches people."""

    PRIVATE = "private"
    PUBLIC = "public"
    REPLACE = "replace"


class Section(NamedTuple):
    """A paragraph or a list under an optional title, with buttons of its own beneath it.

    `first` is the number of the first item, where they are numbered.
    """

    text: str = ""
    title: str = ""
    items: tuple[str, ...] = ()
    is_ordered: bool = False
    buttons: tuple[Button, ...] = ()
    first: int = 1


class Fields(NamedTuple):
    """Short label and value pairs, in order."""

    pairs: tuple[tuple[str, str], ...]


class Quote(NamedTuple):
    """Text to copy as it stands: a script, a clause. `label` says what it is."""

    text: str
    label: str = ""


class Note(NamedTuple):
    """Small print: sources, reasons for a choice."""

    text: str


class ChannelLink(NamedTuple):
    """A channel of the same workspace by the platform's id, drawn as people know it; it calls nobody."""

    id: str


class File(NamedTuple):
    """A text document to hand over."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in PNG with its text alternative."""

    png: bytes
    alt: str
    name: str = "chart.png"


class Drawing(Picture):
    """A picture that is drawn when its bytes are first asked for: a terminal never does, and words need no wait."""

    def __init__(self, draw: Callable[[], bytes], alt: str, name: str = "chart.png") -> None:
        # The base is frozen, and its own `png` is hidden by the one below.
        for field, value in (("_draw", cache(draw)), ("alt", alt), ("name", name)):
            object.__setattr__(self, field, value)

    # No `cached_property`: up to Python 3.11 its lock is one for all pictures, so that one would be drawn at a time.
    @property
    def png(self) -> bytes:
        """The image."""
        return self._draw()

    _draw: Callable[[], bytes]


class Button(NamedTuple):
    """`action` names an `ActionSpec`; `value` is at most 80 characters, so that it fits every platform's id."""

    label: str
    action: str
    value: str = ""


class Menu(NamedTuple):
    """One choice among a few; each option is a button. `selected` is the value that is in force."""

    label: str
    options: tuple[Button, ...]
    selected: str = ""


class Field(NamedTuple):
    """One thing to type or choose in a form. `name` is an argument's; `options` are all that may be chosen, if few."""

    name: str
    label: str
    kind: Kind
    value: str = ""
    hint: str = ""
    is_required: bool = True
    options: tuple[Option, ...] = ()


class Option(NamedTuple):
    """One choice of a field: what is shown, and the value that it stands for."""

    label: str
    value: str


class Form(NamedTuple):
    """What a person is asked to fill in; it comes back as a `Submission` with the same `name` and `value`."""

    name: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    value: str = ""


Block = Section | Fields | Quote | Note | ChannelLink | File | Picture


class Reply(NamedTuple):
    """A card: title, blocks, then controls. `sources` are the knowledge ids that its advice comes from.

    `form` is opened where there are forms, else the blocks say how to write the same; an error's `field` is the
    argument that it concerns. `language` is the one it is written in.
    """

    title: str = ""
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    menus: tuple[Menu, ...] = ()
    sources: tuple[str, ...] = ()
    is_error: bool = False
    field: str = ""
    form: Form | None = None
    language: str = ""


def controls(reply: Reply) -> tuple[Button, ...]:
    """Everything in a reply that can be pressed: buttons of its sections, its own, then menus' choices not in force.

    A menu is the long tail ("another kind"): the likeliest answers are numbered first.
    """
    sections = (block for block in reply.blocks if isinstance(block, Section))
    return (
        *(button for section in sections for button in section.buttons),
        *reply.buttons,
        *(option for menu in reply.menus for option in menu.options if option.value != menu.selected),
    )


def plain_text(reply: Reply) -> str:
    """The whole card as text, without its controls; never empty for a reply that says something."""
    parts = [reply.title] if reply.title else []
    parts.extend(block_text(block) for block in reply.blocks)
    return "\n\n".join(part for part in parts if part)


def block_text(block: Block) -> str:
    """One block as text."""
    match block:
        case Section():
            return "\n".join(_section_lines(block))
        case Fields():
            return "\n".join(f"{label}: {value}" for label, value in block.pairs)
        case Quote():
            return f"{block.label}\n\n{block.text}" if block.label else block.text
        case Note():
            return block.text
        case ChannelLink():
            return block.id
        case File():
            return f"{block.name}\n{block.content}"
        case Picture():
            return block.alt


def _section_lines(section: Section) -> Iterator[str]:
    if section.title:
        yield section.title
    if section.text:
        yield section.text
    for number, item in enumerate(section.items, section.first):
        mark = f"{number}." if section.is_ordered else "-"
        yield f"  {mark} {item}"
