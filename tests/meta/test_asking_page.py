"""What the page on asking says people may write does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.events import Command, Place, Question, User
from bot.reply import Reply
from tests.support import running_bot

PAGE = (Path(__file__).parents[2] / "docs" / "asking.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`.+`) \| (.+) \|$", PAGE, re.MULTILINE)
ASKED = [(text, promised) for written, promised in ROWS for text in re.findall(r"`([^`]+)`", written)]
ENTRIES = {
    "the letter": ".say.", "the letter for chat": ".say.", "the letter in": ".say.", "the letter with": ".say.",
    "the next step": ".escalate.", "the clauses": ".prevent.contract.", "the law": "script_rules.",
    "what not to do": ".avoid.", "what to do about it": "intents.", "how to go about a call": "intents.call.",
    "when and how": ".goodbye.", "advice for that client": "abusivo.do_now.",
    "back to": "mala-paga.do_now.",
}  # fmt: skip


@pytest.mark.parametrize(("text", "promised"), ASKED)
async def test_what_the_page_says_may_be_written_gets_what_it_promises(
    text: str, promised: str, tmp_path: Path
) -> None:
    wanted = next(entry for start, entry in sorted(ENTRIES.items(), reverse=True) if promised.startswith(start))
    async with running_bot(tmp_path / "chao.db") as bot:
        place = Place("console:t", "c", "t1")
        await bot.dispatch(Command("0", User("ana"), place, "flag", {"client": "Acme", "archetype": "mala-paga"}))
        for number, said in enumerate(("Acme is two months late with the invoice", text), 1):
            reply = await bot.dispatch(Question(str(number), User("ana", locale="en"), place, said))
        assert isinstance(reply, Reply)
        assert any(wanted in source for source in reply.sources), reply
        assert "do_now." in wanted or not any(".do_now." in source for source in reply.sources)
