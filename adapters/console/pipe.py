"""The conversation from a pipe: a line in, its answer out, until the lines end."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import BinaryIO, TextIO

from adapters.console.render import Renderer
from adapters.console.session import Session
from adapters.output import let_go


async def converse(session: Session, renderer: Renderer, lines: BinaryIO, out: TextIO) -> None:
    """Answer every line, also the last without a line break; if nobody reads on, the rest is still carried out."""
    is_read = True
    for raw in lines:
        answered = await session.answer(raw.removeprefix(BOM_UTF8).decode("utf-8", "replace"))
        if answered and is_read:
            is_read = _write(out, renderer.render(answered[0], is_private=answered[1]))


def _write(out: TextIO, text: str) -> bool:
    try:
        out.write(text + "\n\n")
        out.flush()
    except BrokenPipeError:
        let_go()
        return False
    return True
