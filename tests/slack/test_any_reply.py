"""Whatever a reply holds, Slack takes it, and what people typed is never markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.slack import limits, parse, views
from adapters.slack.render import message
from bot.arguments import Kind
from bot.events import Asker, Place, User
from bot.features.registry import actions
from bot.i18n.locale import choose
from bot.i18n.speech import Speech
from bot.reply import (
    Block,
    Button,
    Field,
    Fields,
    File,
    Form,
    Menu,
    Note,
    Option,
    Picture,
    Quote,
    Reply,
    Section,
    plain_text,
)
from tests.slack.contracts import check_blocks, check_view

HOSTILE = [
    *("<!channel>", "<@U1>", "<https://x.test|acme>", "&lt;", "&", "*b*", "_i_", "~s~", "> q", "```", "`", "\x00"),
    *("\u202e", "宏达科技有限公司", "🤷🏽‍♀️", "é", " ", "\n", "\t", ":tada:", "@here", "•", "–", "a" * 80, "<" * 40),
]
texts = st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join) | st.text(max_size=8)
long_texts = st.builds(lambda text, times: text * times, texts, st.sampled_from([1, 1, 60, 600]))
buttons = st.builds(Button, texts, st.sampled_from(sorted(actions())), st.text("0123456789:+abc", max_size=80))
few_buttons, many_buttons = (
    st.lists(buttons, max_size=2).map(tuple),
    st.builds(lambda button, times: (button,) * times, buttons, st.sampled_from([25, 26, 101])),
)
menus = st.builds(Menu, texts, few_buttons | many_buttons)
sections = st.builds(Section, long_texts, texts, st.lists(texts, max_size=3).map(tuple), st.booleans(), few_buttons)
blocks: st.SearchStrategy[Block] = st.one_of(
    sections,
    st.builds(lambda pair, times: Fields((pair,) * times), st.tuples(texts, long_texts), st.sampled_from([1, 11])),
    st.builds(Quote, long_texts, texts),
    st.builds(Note, long_texts),
    st.builds(File, texts, long_texts),
    st.builds(Picture, st.just(b""), texts),
)
some_blocks = st.lists(blocks, max_size=3) | st.builds(lambda block: [block] * 60, blocks)
replies = st.builds(
    Reply,
    title=long_texts,
    blocks=some_blocks.map(tuple),
    buttons=few_buttons | many_buttons,
    menus=st.lists(menus, max_size=2).map(tuple),
)
options = st.lists(st.builds(Option, texts, st.text("abc", min_size=1, max_size=20)), max_size=3).map(tuple)
names, kinds = st.sampled_from(["client", "archetype", "reason"]), st.sampled_from(list(Kind))
fields = st.builds(Field, names, texts, kinds, long_texts, long_texts, st.booleans(), options)
some_fields = st.lists(fields, min_size=1, max_size=3).map(tuple)
forms = st.builds(Form, st.just("flag"), long_texts, texts, some_fields, st.text(max_size=90))
languages = st.sampled_from(["en", "es", "zh"]).map(lambda language: Speech(choose(language)))


def marked_up(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Every text in which Slack looks for markup."""
    for block in blocks:
        for text in (block.get("text"), *block.get("elements", ()), *block.get("fields", ())):
            if isinstance(text, dict) and text.get("type") == "mrkdwn":
                yield text["text"]


def check_no_markup(text: str) -> None:
    """Nothing in it is Slack's: no mention, no link, no formatting but a title that is bold as a whole."""
    assert "<" not in text
    assert ">" not in text
    assert re.sub(r"&(amp|lt|gt);", "", text).count("&") == 0
    bare = unescape(re.sub(r"\A\*([^\n]*)\*($|\n)", r"\1\2", text))
    assert not re.search(r"(^|\W)([*_~])\S|\S([*_~])(\W|$)|```|^\s*>", bare, re.MULTILINE), bare


@settings(max_examples=40)
@given(replies, languages, st.booleans())
@example(Reply(blocks=(Section("x"),), menus=(Menu("m", ()),)), Speech("en"), True)
@example(Reply(blocks=(Section("<@U1>" * 600), Note("a*b" * 2_000))), Speech("en"), False)
@example(Reply(blocks=(Section("\ud83d typed"),)), Speech("en"), True)
@example(Reply(title=" ", blocks=(Section("*a*", title="b\nc"), Section(" " * 9_000))), Speech("en"), False)
def test_any_reply_is_a_message_that_slack_takes(reply: Reply, speech: Speech, is_private: bool) -> None:
    drawn = message(reply, speech, is_private=is_private)
    check_blocks(drawn["blocks"])
    assert len(drawn["text"]) <= 3_000
    assert not re.search("[<>]", drawn["text"])
    for text in marked_up(drawn["blocks"]):
        check_no_markup(text)
    json.dumps(drawn, ensure_ascii=False).encode("utf-8", "surrogatepass")


@settings(max_examples=20)
@given(replies, languages)
def test_any_reply_is_a_window_and_a_page_that_slack_takes(reply: Reply, speech: Speech) -> None:
    check_view(views.reply_view(reply, speech, "[]"))
    check_view(views.home_view(reply, speech))


@settings(max_examples=20)
@given(forms, languages)
def test_any_form_is_a_window_that_slack_takes(form: Form, speech: Speech) -> None:
    origin = parse.Origin("C" * 12, "1" * 17, "2" * 17, True, form.value)
    view = views.form_view(form, speech, origin.as_metadata())
    check_view(view)
    assert parse.origin_of(view) == origin


@settings(max_examples=30)
@given(st.lists(buttons, min_size=1, max_size=5).map(tuple), st.booleans())
def test_what_is_pressed_is_what_was_drawn(drawn: tuple[Button, ...], as_menu: bool) -> None:
    reply = Reply(menus=(Menu("m", drawn),)) if as_menu else Reply(buttons=drawn)
    element = message(reply, Speech("en"), is_private=False)["blocks"][0]["elements"][0]
    chosen = {**element, "selected_option": element["options"][0]} if as_menu else element
    asker = Asker(User("Uana"), Place("slack:T1"))
    action = parse.pressed({"actions": [chosen], "user": {"id": "Uana"}}, asker)
    assert (action.name, action.value) == (drawn[0].action, drawn[0].value)


@settings(max_examples=40)
@given(long_texts)
def test_what_is_typed_reaches_the_core_as_it_was_typed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse.spoken_text(escaped, "UBOT") == text.strip()


@given(replies.filter(lambda reply: plain_text(reply).strip() != ""), languages)
@settings(max_examples=20)
def test_a_reply_that_says_something_is_never_empty(reply: Reply, speech: Speech) -> None:
    drawn = message(reply, speech, is_private=False)
    assert drawn["text"].strip()
    assert drawn["blocks"]
    assert len(drawn["blocks"]) <= limits.BLOCKS
