"""A reply's blocks as Markdown, and Markdown in parts that fit: cut between blocks, then lines, then words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adapters.discord.markdown import FENCE, bold, escaped, fenced, item, small
from bot.reply import Block, ChannelLink, Fields, File, Note, Picture, Quote, Section

GAP = "\n\n"


def markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """Each block that is text; files and pictures travel beside it."""
    for block in blocks:
        match block:
            case Section():
                yield "\n".join(_section(block))
            case Fields():
                yield "\n".join(f"{bold(label)}: {escaped(value)}" for label, value in block.pairs)
            case Quote():
                yield "\n".join([*([bold(block.label)] if block.label else []), fenced(block.text)])
            case Note():
                yield small(block.text)
            case ChannelLink():
                yield f"<#{block.id}>" if block.id.isdecimal() else escaped(block.id)
            case File() | Picture():
                continue


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield bold(section.title)
    if section.text:
        yield escaped(section.text)
    for number, entry in enumerate(section.items, section.first):
        yield item(entry, f"{number}." if section.is_ordered else "-")


def parts(texts: Iterable[str], most: int) -> list[str]:
    """The texts in as few parts of at most `most` characters as their order allows."""
    found: list[str] = []
    for text in texts:
        for piece in _pieces(text, most) if text.strip() else ():
            if found and len(found[-1]) + len(GAP) + len(piece) <= most:
                found[-1] += GAP + piece
            else:
                found.append(piece)
    return found


def _pieces(text: str, most: int) -> Iterator[str]:
    """A text cut where it hurts least; a block to copy stays one in each piece."""
    head, fence, rest = text.partition(f"{FENCE}\n")
    if len(text) <= most or not fence:
        yield from _cut(text, most)
        return
    yield from _cut(head.rstrip("\n"), most)
    for piece in _cut(rest.removesuffix(FENCE).strip("\n"), most - 2 * len(FENCE) - 2):
        yield f"{FENCE}\n{piece}\n{FENCE}"


def _cut(text: str, most: int) -> Iterator[str]:
    while len(text) > most:
        end = _end(text, most)
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def _end(text: str, most: int) -> int:
    """Where to cut: after a line, else after a word, else wherever no escape is torn apart."""
    for mark in ("\n", " "):
        if (end := text.rfind(mark, most // 2, most)) > 0:
            return end
    escapes = re.search(r"\\+$", text[:most])
    return most - len(escapes[0]) % 2 if escapes else most
