"""The README's transcripts are run, line by line, and its shell commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.console.render import Renderer
from adapters.console.session import Session
from bot.events import Place, User
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from tests.meta.summary_page import EXAMPLE, PAGE, PICTURE, example
from tests.support import running_bot

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
TRANSCRIPTS = re.findall(r"<!-- transcript: (\w\w) -->\n```\n(.*?)\n```", README, re.DOTALL)
PROMPT = "chao> "


@pytest.mark.parametrize(("locale", "transcript"), TRANSCRIPTS, ids=[locale for locale, _ in TRANSCRIPTS])
async def test_a_transcript_is_what_the_bot_says(locale: str, transcript: str, tmp_path: Path) -> None:
    language = choose(locale)
    async with running_bot(tmp_path / "chao.db", locale=language) as bot:
        session = Session(bot, User("console", is_manager=True), Place("console:local", "console", "console"))
        renderer, said = Renderer(Speech(language)), []
        for line in [line for line in transcript.splitlines() if line.startswith(PROMPT)]:
            answered = await session.answer(line.removeprefix(PROMPT))
            assert answered is not None
            said.append(f"{line}\n{renderer.render(answered[0], is_private=answered[1])}\n")
    assert "\n".join(said).rstrip() == transcript


def test_there_are_transcripts_in_all_three_languages_and_the_first_two_commands_are_run_and_test() -> None:
    assert [locale for locale, _ in TRANSCRIPTS] == ["en", "es", "zh"]
    assert re.findall(r"^(?:make|\.venv|printf)\S*(?: \w+)?", README, re.MULTILINE)[:2] == ["make run", "make test"]


def test_every_make_target_that_the_docs_name_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in (README, (ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        for target in re.findall(r"(?:^|`)make (\w+)", page, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


async def test_the_example_of_a_summary_is_what_the_bot_says() -> None:
    text, _ = await example()
    assert EXAMPLE.findall(PAGE.read_text("utf-8")) == [text]
    assert PICTURE.read_bytes().startswith(b"\x89PNG")
