"""Replies as Discord's messages: an embed's text with components beneath, files beside it, nobody pinged."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from adapters.discord import limits
from adapters.discord.components import Payload, rows
from adapters.discord.layout import GAP, markdown, parts
from adapters.discord.markdown import bold, escaped, small
from bot.i18n.speech import Speech
from bot.reply import File, Picture, Reply, plain_text
from bot.wording import NO_ROOM, SHORTENED

NOBODY: dict[str, Any] = {"parse": [], "replied_user": False}
BLUE, RED = 0x3B6EA5, 0xC0392B
WHOLE_TEXT = "chao.txt"


class Attachment(NamedTuple):
    """A file that travels with a message."""

    name: str
    content: bytes
    alt: str = ""


class Message(NamedTuple):
    """One message's payload, and its files."""

    payload: Payload
    files: tuple[Attachment, ...] = ()


async def draw(reply: Reply) -> None:
    """Draw the pictures of a reply, away from the loop, before its messages are made."""
    for picture in (block for block in reply.blocks if isinstance(block, Picture)):
        await asyncio.to_thread(getattr, picture, "png")


def messages(reply: Reply, speech: Speech, most: int = limits.MESSAGES) -> list[Message]:
    """A reply as one message or, when it is long, a few; what does not fit even then goes along as a file."""
    texts, files = parts(markdown(reply.blocks), limits.EMBED_TEXT), list(_attachments(reply))
    if len(texts) > most * limits.EMBEDS:
        texts = [*texts[: limits.EMBEDS - 1], small(speech(SHORTENED))]
        files.append(Attachment(WHOLE_TEXT, plain_text(reply).encode()))
    embeds = [_embed(reply, text) for text in texts or [""]]
    if reply.title.strip():
        embeds[0]["title"] = limits.cut(escaped(reply.title), limits.EMBED_TITLE)
    for picture in (block for block in reply.blocks if isinstance(block, Picture)):
        embeds[-1]["image"] = {"url": f"attachment://{picture.name}"}
    shown = [embed for embed in embeds if len(embed) > 1]
    groups = [shown[start : start + limits.EMBEDS] for start in range(0, len(shown), limits.EMBEDS)] or [[]]
    payloads: list[Payload] = [{"embeds": group, "allowed_mentions": NOBODY} for group in groups]
    return _finished(payloads, reply, files)


def plain_messages(reply: Reply, speech: Speech) -> list[Message]:
    """The same without embeds and files, for where Discord allows none."""
    title = [bold(reply.title)] if reply.title.strip() else []
    texts = parts([*title, *markdown(reply.blocks)], limits.CONTENT) or ["…"]
    if len(texts) > limits.MESSAGES:
        note = small(speech(NO_ROOM))
        room = limits.CONTENT - len(note) - len(GAP)
        texts = [*texts[: limits.MESSAGES - 1], parts(texts[limits.MESSAGES - 1 :], room)[0] + GAP + note]
    payloads: list[Payload] = [{"content": text, "allowed_mentions": NOBODY} for text in texts]
    return _finished(payloads, reply, [])


def _finished(payloads: list[Payload], reply: Reply, files: Sequence[Attachment]) -> list[Message]:
    """Controls and files go with the last message."""
    payloads[-1]["components"] = rows(reply)
    return [*(Message(payload) for payload in payloads[:-1]), Message(payloads[-1], tuple(files))]


def _embed(reply: Reply, text: str) -> Payload:
    return {"color": RED if reply.is_error else BLUE} | ({"description": text} if text else {})


def _attachments(reply: Reply) -> Iterator[Attachment]:
    for block in reply.blocks:
        if isinstance(block, File):
            yield Attachment(block.name, block.content.encode())
        elif isinstance(block, Picture):
            yield Attachment(block.name, block.png, block.alt[: limits.ALT])
