"""The neutral card: whatever it holds, it has a plain-text form, and nobody changes it on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply import (
    Block,
    Button,
    ChannelLink,
    Fields,
    File,
    Menu,
    Note,
    Picture,
    Quote,
    Reply,
    Section,
    block_text,
    controls,
    plain_text,
)

WORD = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
BLOCKS: dict[Block, str] = {
    Section("one\ntwo"): "one\ntwo",
    Section("text", title="Title"): "Title\ntext",
    Section(items=("a", "b")): "  - a\n  - b",
    Section(items=("a", "b"), is_ordered=True, title="Do"): "Do\n  1. a\n  2. b",
    Section(): "",
    Fields((("client", "acme"), ("flags", "2"))): "client: acme\nflags: 2",
    Fields(()): "",
    Quote("Hi,\n\nthe invoice"): "Hi,\n\nthe invoice",
    Quote("Hi", "Say (warm)"): "Say (warm)\n\nHi",
    Note("From the playbook"): "From the playbook",
    File("acme.json", "{}"): "acme.json\n{}",
    ChannelLink("C77"): "C77",
    Picture(b"\x89PNG", "Flags a week: 1, 2"): "Flags a week: 1, 2",
}


@pytest.mark.parametrize(("block", "text"), BLOCKS.items(), ids=lambda value: type(value).__name__)
def test_every_block_reads_as_text(block: Block, text: str) -> None:
    assert block_text(block) == text


def test_a_card_is_its_title_and_blocks_an_empty_line_apart() -> None:
    reply = Reply("acme", (Section("two flags"), Section(), Note("small print")))
    assert plain_text(reply) == "acme\n\ntwo flags\n\nsmall print"


def test_a_card_without_title_begins_with_its_first_block() -> None:
    assert plain_text(Reply(blocks=(Section("done"),))) == "done"
    assert plain_text(Reply()) == ""


def test_buttons_come_before_the_choices_of_menus_that_are_not_in_force() -> None:
    own, of_section, chosen, other = (Button(name, "share", name) for name in ("own", "section", "warm", "firm"))
    reply = Reply(
        blocks=(Section("text", buttons=(of_section,)),),
        buttons=(own,), menus=(Menu("Tone", (chosen, other), "warm"),),
    )  # fmt: skip
    assert controls(reply) == (of_section, own, other)


def test_controls_are_no_part_of_the_text() -> None:
    button = Button("Share", "share", "1")
    reply = Reply("acme", buttons=(button,), menus=(Menu("Tone", (button,), "1"),), sources=("mala-paga.do_now.1",))
    assert plain_text(reply) == "acme"


@given(st.lists(WORD, min_size=1, max_size=5))
def test_no_word_of_a_card_is_lost(words: list[str]) -> None:
    kinds: list[Block] = []
    for word in words:
        kinds += [Section(word, word, (word,)), Fields(((word, word),)), Quote(word, word), Note(word)]
    text = plain_text(Reply(words[0], tuple(kinds)))
    assert text.count(words[0]) >= 8
    assert all(word in text for word in words)


@given(st.text())
def test_markup_in_a_card_stays_data(hostile: str) -> None:
    assert plain_text(Reply(blocks=(Section(hostile),))) == hostile


def test_a_list_of_100_000_items_is_still_text() -> None:
    text = plain_text(Reply(blocks=(Section(items=("客户",) * 100_000, is_ordered=True),)))
    assert text.endswith("  100000. 客户")


def test_a_card_does_not_change_after_it_was_made() -> None:
    reply = Reply("acme")
    with pytest.raises(AttributeError):
        reply.title = "globex"  # type: ignore[misc]  # the point of the test
