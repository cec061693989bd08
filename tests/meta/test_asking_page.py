"""What the page on asking says people may write does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.events import Command, Place, Question, User
from bot.knowledge.knowledge import spelling
from bot.reply import Reply
from bot.summary.timing import time_in, weekday_named
from tests.support import our_knowledge, running_bot

PAGE = (Path(__file__).parents[2] / "docs" / "asking.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`.+`) \| (.+) \|$", PAGE, re.MULTILINE)
WRITTEN = [(text, promised) for written, promised in ROWS for text in re.findall(r"`([^`]+)`", written)]
ASKED = [(text, promised) for text, promised in WRITTEN if "/client" not in promised[:10]]
ORDERED = [(text, promised.strip("`")) for text, promised in WRITTEN if "/client" in promised[:10]]
ANA = User("ana", locale="en", is_manager=True)
ENTRIES = {
    "the letter": ".say.", "the letter for chat": ".say.", "the letter in": ".say.", "the letter with": ".say.",
    "the next step": ".escalate.", "the clauses": ".prevent.contract.", "the law": "script_rules.",
    "what not to do": ".avoid.", "what to do about it": "intents.", "how to go about a call": "intents.call.",
    "when and how": ".goodbye.", "advice for that client": "abusivo.do_now.",
    "back to": "mala-paga.do_now.",
    "what to do about a refusal": "intents.refuse", "what to hand over": "intents.files.",
    "of the clients": "intents.which-first.", "how to answer their side": "intents.their-side.",
    "what to keep": "signs.legal-threat.do_now.", "what of it": ".whether.",
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


@pytest.mark.parametrize(("text", "line"), ORDERED)
async def test_a_sentence_on_the_page_is_the_command_beside_it(text: str, line: str, tmp_path: Path) -> None:
    place = Place("console:t", "c", "t1")
    async with running_bot(tmp_path / "chao.db") as bot:
        await bot.dispatch(Command("1", ANA, place, "flag", {"client": "acme", "archetype": "pichirre"}))
        name, args = bot.command(line.removeprefix("/client "))
        heard = await bot.heard(Question("2", ANA, place, text, as_command=Command("2", ANA, place, "")))
        assert isinstance(heard, Command)
        assert (heard.name, heard.said.is_free, heard.said.is_unsure) == (name, True, False)
        assert shown(heard.args) == shown(args)
        reply = await bot.dispatch(heard)
        assert reply is not None
        assert not reply.is_error


def shown(args: Mapping[str, str]) -> dict[str, object]:
    """Arguments in the form in which several ways of writing them are one."""
    read: dict[str, Callable[[str], object]] = {
        "day": weekday_named,
        "time": time_in,
        "archetype": lambda name: our_knowledge().current().aliases[spelling(name)],
    }
    return {name: read.get(name, str)(value) for name, value in args.items()}
