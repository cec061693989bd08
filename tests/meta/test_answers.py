"""The answers in `docs/answers.md` are those that the bot gives, and they hold what an answer must."""

from __future__ import annotations

import pytest

from adapters.evaluation.report import columns
from bot.reply import Reply, plain_text
from tests.meta.answers_page import PAGE, STORIES, Story, answer, page

# With the lines between its parts; the letter to copy alone takes a third.
SCREEN, WIDTH = 70, 100


def lines(reply: Reply) -> int:
    return sum(max(1, -(-columns(line) // WIDTH)) for line in plain_text(reply).split("\n"))


async def test_the_answers_that_the_docs_show_are_what_the_bot_says() -> None:
    assert PAGE.read_text("utf-8") == await page(), "python -m tests.meta.answers_page writes them anew"


@pytest.mark.parametrize("story", STORIES, ids=[f"{story.language}: {story.hard}" for story in STORIES])
async def test_an_answer_has_all_its_parts_in_the_language_of_the_question(story: Story) -> None:
    reply = await answer(story)
    assert reply.language in ("", story.language)
    assert lines(reply) <= SCREEN
    kinds = {source.partition(".")[2].partition(".")[0] for source in reply.sources}
    assert {"do_now", "say", "avoid", "escalate", "prevent"} <= kinds
