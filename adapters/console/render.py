"""A reply as terminal text: blocks, numbered buttons, a mark on what is private; colour only on a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.console.session import controls
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.names import clean
from bot.reply import Block, Fields, File, Note, Picture, Quote, Reply, Section, block_text

BOLD, DIM, RED, CYAN, END = "\033[1m", "\033[2m", "\033[31m", "\033[36m", "\033[0m"


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws replies in one language, with or without colour."""

    speech: Speech
    has_colour: bool = False

    def render(self, reply: Reply, *, is_private: bool) -> str:
        """The whole reply, without the trailing line break."""
        parts = [self._paint(BOLD, reply.title)] if reply.title else []
        parts += [self._block(block, is_error=reply.is_error) for block in reply.blocks]
        offered = "  ".join(f"[{number}] {clean(button.label)}" for number, button in enumerate(controls(reply), 1))
        parts += [self._paint(CYAN, offered)] if offered else []
        parts += [self._paint(DIM, self.speech(N("(only you can see this)")))] if is_private else []
        return "\n".join(part for part in parts if part)

    def _block(self, block: Block, *, is_error: bool) -> str:
        match block:
            case Section(title=title) if title:
                head, _, rest = block_text(block).partition("\n")
                return f"\n{self._paint(BOLD, head)}\n{_harmless(rest)}"
            case Section():
                return self._paint(RED if is_error else "", block_text(block))
            case Quote():
                return f"\n{_harmless(block_text(block))}\n"
            case Note():
                return self._paint(DIM, block_text(block))
            case Fields() | File() | Picture():
                return _harmless(block_text(block))

    def _paint(self, colour: str, text: str) -> str:
        return f"{colour}{_harmless(text)}{END}" if self.has_colour and colour else _harmless(text)


def _harmless(text: str) -> str:
    """Without the control characters that could steer a terminal."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 0x20 and not 0x7F <= ord(c) < 0xA0))
