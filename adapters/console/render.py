"""A reply as terminal text: blocks, numbered buttons, a mark on what is private; colour only on a terminal."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.names import clean
from bot.reply import Block, ChannelLink, Fields, File, Note, Picture, Quote, Reply, Section, block_text, controls

MAX_INDENT = 8
RULE = "─" * 24
BOLD, DIM, RED, CYAN, END = "\033[1m", "\033[2m", "\033[31m", "\033[36m", "\033[0m"


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws replies in one language, with or without colour."""

    speech: Speech
    has_colour: bool = False
    width: int = 0

    def render(self, reply: Reply, *, is_private: bool) -> str:
        """The whole reply, without the trailing line break."""
        parts = [self._paint(BOLD, reply.title)] if reply.title else []
        parts += [self._block(block, is_error=reply.is_error) for block in reply.blocks]
        offered = "  ".join(f"[{number}] {clean(button.label)}" for number, button in enumerate(controls(reply), 1))
        parts += [self._paint(CYAN, offered)] if offered else []
        parts += [self._paint(DIM, self.speech(N("(only you can see this)")))] if is_private else []
        return "\n".join(self._wrapped(part) for part in parts if part)

    def _block(self, block: Block, *, is_error: bool) -> str:
        match block:
            case Section(title=title) if title:
                head, _, rest = block_text(block).partition("\n")
                return f"\n{self._paint(BOLD, head)}\n{_harmless(rest)}"
            case Section():
                return self._paint(RED if is_error else "", block_text(block))
            case Quote():
                rule = self._paint(DIM, RULE)
                return f"\n{self._paint(BOLD, block.label)}\n{rule}\n{_harmless(block.text)}\n{rule}"
            case Note():
                return self._paint(DIM, block_text(block))
            case Fields() | ChannelLink() | File() | Picture():
                return _harmless(block_text(block))

    def _wrapped(self, text: str) -> str:
        """Broken between words at `width` columns (0: not at all), the rest of a list entry under its first word."""
        if not self.width:
            return text
        return "\n".join(self._line(line) if len(line) > self.width else line for line in text.split("\n"))

    def _line(self, line: str) -> str:
        indent = " " * (len(line) - len(line.lstrip(" -0123456789.")))
        kept = indent if len(indent) <= MAX_INDENT else ""
        return textwrap.fill(line, self.width, subsequent_indent=kept, break_long_words=False, break_on_hyphens=False)

    def _paint(self, colour: str, text: str) -> str:
        return f"{colour}{_harmless(text)}{END}" if self.has_colour and colour else _harmless(text)


_STEERING = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")})


def _harmless(text: str) -> str:
    """Without the control characters that could steer a terminal."""
    return text.translate(_STEERING)
