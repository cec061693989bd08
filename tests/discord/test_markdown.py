"""What people wrote shows as they wrote it, whatever it is; long texts come in parts that can each be drawn."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.layout import GAP, markdown, parts
from adapters.discord.markdown import escaped, fenced
from bot.reply import Fields, File, Note, Picture, Quote, Section
from tests.discord.shown import drawn

SIGNS = st.text(st.sampled_from("\\*_~`|<>[]()@#+-=.1 \nañ客"), max_size=60)


@given(SIGNS)
@example("@everyone")
@example("<@1> <@&2> <#3> <:a:1> </x:1> <t:1>")
@example("**bold** __under__ ~~gone~~ ||spoiler|| `code` ```block```")
@example("# head\n-# small\n> quote\n>>> more\n- list\n1. one\n[mask](https://x.test)")
@example("```")
@example("\\")
def test_a_text_is_drawn_as_it_was_written(text: str) -> None:
    assert drawn(f"x{escaped(text)}").removeprefix("x") == text or drawn(escaped(text)) == text


@given(SIGNS)
def test_a_text_to_copy_never_ends_its_block(text: str) -> None:
    assert "```" not in fenced(text).removeprefix("```").removesuffix("```")


def test_links_stay_links_and_our_own_commands_become_code() -> None:
    assert escaped("see https://x.test/a_b_c?d=*") == "see https://x.test/a_b_c?d=\\*"
    said = "`/client flag <client> <archetype> [reason…]` and `mala-paga`"
    assert escaped(said) == said


@pytest.mark.parametrize("name", ["a`b", "`@everyone`", "`<@1>`", "`/client `**x**`"])
def test_backticks_in_a_name_do_not_spill_over_what_follows(name: str) -> None:
    text = f"I know no client called “{name}”. `/client list` shows them."
    assert drawn(escaped(text)) == text


BLOCKS = (
    Section("text", title="Ti*tle", items=("one\n      more", "- two"), is_ordered=True),
    Fields((("label", "value_1"),)),
    Quote("Dear *you*,\n\nplease pay", "Say"),
    Note("small\nprint"),
    File("x.json", "{}"),
    Picture(b"", "a chart"),
)


def test_every_kind_of_block_is_drawn_in_order() -> None:
    texts = [drawn(text) for text in markdown(BLOCKS)]
    assert texts == [
        "Ti*tle\ntext\n1. one\n   more\n2. - two",
        "label: value_1",
        "Say\nDear *you*,\n\nplease pay",
        "small\nprint",
    ]


WORDS = st.lists(st.text(st.sampled_from("ab\\*_ \n`-"), min_size=1, max_size=400), max_size=8)


@given(WORDS, st.integers(40, 200))
def test_parts_fit_and_lose_nothing(texts: list[str], most: int) -> None:
    made = parts([escaped(text) for text in texts], most)
    assert all(0 < len(part) <= most for part in made)
    assert "".join("".join(made).split()) == "".join("".join(map(escaped, texts)).split())
    for part in made:
        # No escape is torn from what it escapes.
        assert not re.search(r"(?<!\\)(?:\\\\)*\\$", part)


@given(st.text(st.sampled_from("ab \n"), min_size=300, max_size=900))
def test_a_long_text_to_copy_is_a_block_in_each_part(text: str) -> None:
    made = parts([f"**Say**\n{fenced(text)}"], 200)
    assert all(len(part) <= 200 for part in made)
    assert "".join("".join(drawn(part) for part in made).split()) == "Say" + "".join(text.split())


def test_few_parts_are_made() -> None:
    assert parts(["a" * 90, "b" * 90, "", "c" * 90], 190) == [f"{'a' * 90}{GAP}{'b' * 90}", "c" * 90]
    assert parts([], 100) == []
