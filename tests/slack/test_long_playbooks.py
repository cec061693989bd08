"""A playbook, however much a team wrote into it, is read to its end by “More”; Slack shows every page whole."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import limits as discord_limits
from adapters.discord.render import messages
from adapters.slack.render import message
from bot.advice.playbook import playbook_card
from bot.features.pages import paged
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES, Language
from bot.reply import Block, Button, Note, Quote, Reply, Section, controls
from tests.slack.contracts import check_blocks
from tests.slack.desk import Desk
from tests.slack.fake import shown
from tests.support import our_knowledge

EN = Speech("en")
MORE = Button("More", "playbook", "mine:")
LINES = st.sampled_from([1, 5, 40, 90]).flatmap(
    lambda count: st.sampled_from(["x", "Palabras & words. ", "客户说下周付款，"]).map(
        lambda text: tuple(f"l{number} {(text * 400)[:380]}" for number in range(count))
    )
)
QUOTES = st.sampled_from(["short", "Dear Ana,\n\n" + "please pay. " * 160, "请付款。" * 480])
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(
        Section,
        title=st.just("Signals"),
        items=LINES,
        is_ordered=st.booleans(),
        text=st.just(""),
        buttons=st.just(()),
        first=st.just(1),
    ),
    st.builds(Quote, QUOTES, st.just("Say (firm, email)")),
    st.builds(Note, st.just("a note")),
)


def pages(card: Reply) -> Iterator[Reply]:
    """Every page that “More” leads to."""
    start: int | None = 0
    while start is not None:
        page = paged(card, start, MORE)
        yield page
        start = next((int(button.value.removeprefix("mine:")) for button in controls(page)), None)


def bare(text: str) -> str:
    return "".join(unescape(text).split())


@given(st.lists(BLOCKS, min_size=1, max_size=30))
def test_every_page_of_an_enormous_playbook_is_shown_whole(blocks: list[Block]) -> None:
    card = Reply("T" * 150, tuple(blocks))
    read = ""
    for page in pages(card):
        drawn = message(page, EN, is_private=True)["blocks"]
        check_blocks(drawn)
        read += shown(drawn)
        assert len(messages(page, EN)) <= discord_limits.MESSAGES
        assert not messages(page, EN)[-1].files
    assert "Shortened" not in read
    for block in blocks:
        for text in block.items if isinstance(block, Section) else (block.text,) if isinstance(block, Quote) else ():
            assert bare(text) in bare(read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_playbooks_fill_one_page_each(language: Language) -> None:
    knowledge, speech = our_knowledge().current(), Speech(language)
    for archetype in knowledge.archetypes.values():
        (page,) = pages(playbook_card(archetype, knowledge, speech))
        drawn = message(page, speech, is_private=True)["blocks"]
        assert len(drawn) < 50


async def test_the_whole_playbook_behind_a_card_with_the_law_of_a_place_is_read_to_its_end(slack: Desk) -> None:
    await slack.runs("ana", "settings", name="country", value="ES")
    await slack.runs("ana", "advice", subject="mala-paga")
    await slack.office.background.finish()  # an answer that was too slow for the acknowledgement
    start = len(slack.sees("ana"))
    await slack.presses("ana", "More")
    while "More" in slack.sees("ana")[-1].buttons:
        await slack.presses("ana", "More")
        assert len(slack.sees("ana")) < 20
    read = "".join(seen.text for seen in slack.sees("ana")[start:])
    assert "Shortened" not in read
    for heading in ("What could we have caused?", "Ladder, counted from", "Say (final, chat)", "Signals", "Clause: "):
        assert heading in read
    assert read.count("What could we have caused?") == 1


async def test_a_page_of_a_playbook_that_is_gone_is_refused_with_a_reason(slack: Desk) -> None:
    await slack.runs("ana", "advice", subject="mala-paga")
    body = slack.press("ana", "More")
    for value in ("gone:4", "mala-paga:9999", ""):
        body["actions"][0] |= {"action_id": "playbook#0", "value": value}
        await slack.interacts(body)
        assert "no longer there" in slack.sees("ana")[-1].text
