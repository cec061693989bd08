"""The example in `docs/summary.md`: run as a module to write it and its picture, imported by the test that compares."""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import timedelta
from pathlib import Path

from adapters.console.render import Renderer
from adapters.console.session import Session
from bot.events import Place, User
from bot.i18n.speech import Speech
from bot.reply import Picture, Reply
from tests.support import START, Clock, running_bot

PAGE = Path(__file__).parents[2] / "docs" / "summary.md"
PICTURE = PAGE.with_suffix(".png")
EXAMPLE = re.compile(r"(?<=<!-- example -->\n```\n).*?(?=\n```\n)", re.DOTALL)
# How many days pass, and what is flagged then.
STORY: tuple[tuple[int, str], ...] = (
    (0, "Umbra pichirre, Acme mala-paga, Initech insaciable"),
    (8, "Hooli indeciso, Initech insaciable"),
    (7, "Acme mala-paga, Soylent insaciable, Initech indeciso"),
    (14, "Hooli indeciso, Initech insaciable"),
    (7, "Initech insaciable, Acme insaciable"),
    (7, "Umbra pichirre, Initech indeciso"),
    (6, "Acme mala-paga, Globex indeciso, Globex sin-horario, Wonka insaciable"),
)


async def example() -> tuple[str, bytes]:
    """The summary as a terminal prints it, without its picture's alternative; and the picture."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(START - timedelta(days=50))
        async with running_bot(Path(folder) / "chao.db", clock) as bot:
            session = Session(bot, User("console", locale="en"), Place("console:local", "console", "console"))
            for days, flags in STORY:
                clock.advance(days=days)
                for flag in flags.split(", "):
                    await session.answer(f"/client flag {flag}")
            await session.answer("/client resolve Initech")
            clock.now = START
            answered = await session.answer("/client summary now")
    assert answered
    reply = answered[0]
    (picture,) = (block for block in reply.blocks if isinstance(block, Picture))
    words = Reply(reply.title, tuple(block for block in reply.blocks if not isinstance(block, Picture)))
    return Renderer(Speech("en")).render(words, is_private=False), picture.png


def main() -> None:
    """Write both."""
    text, png = asyncio.run(example())
    PAGE.write_text(EXAMPLE.sub(lambda _: text, PAGE.read_text("utf-8")), "utf-8")
    PICTURE.write_bytes(png)


if __name__ == "__main__":
    main()
