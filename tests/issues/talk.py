"""A talk in one thread, told one text after the other."""

from __future__ import annotations

from pathlib import Path

from bot.events import Place, Question, User
from bot.reply import Reply
from tests.support import running_bot


async def last_reply(file: Path, *texts: str) -> Reply:
    """What the last of these texts is answered; the thread is kept in a file."""
    async with running_bot(file) as bot:
        for number, text in enumerate(texts):
            reply = await bot.dispatch(Question(str(number), User("ana"), Place("console:t", "c", "t1"), text))
    assert reply is not None
    return reply
