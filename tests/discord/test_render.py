"""Replies as messages: within every limit, in a few parts, the whole text beside what is shortened, nobody pinged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import limits
from adapters.discord.components import modal, pressed, submitted
from adapters.discord.render import Message, messages, plain_messages
from adapters.discord.rest import with_files
from bot.advice.playbook import playbook_card
from bot.arguments import Kind
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES, Language
from bot.reply import (
    Button,
    ChannelLink,
    Field,
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
from tests.discord.contracts import check
from tests.discord.shown import labels, read
from tests.support import our_knowledge

EN = Speech("en")
POST = "/channels/1/messages"


def sent(reply: Reply, most: int = limits.MESSAGES) -> list[Message]:
    """The messages of a reply, each checked."""
    drawn = messages(reply, EN, most)
    for message in drawn:
        check("POST", POST, with_files(message.payload, message.files)[0])
    return drawn


def text_of(drawn: list[Message]) -> str:
    return "\n".join(read(message.payload, {}) for message in drawn)


ANY = st.text(st.sampled_from("a*_@<`\n 客"), max_size=5_000)
BLOCK = st.one_of(
    st.builds(Section, ANY, ANY, st.lists(ANY, max_size=3).map(tuple), st.booleans(), st.just(())),
    st.builds(Quote, ANY, ANY),
    st.builds(Note, ANY),
    st.builds(ChannelLink, ANY),
    st.builds(File, st.just("x.json"), ANY),
)
BUTTON = st.builds(Button, st.text(min_size=1, max_size=120).filter(str.strip), st.just("as"), st.text(max_size=99))
REPLY = st.builds(
    Reply,
    ANY,
    st.lists(BLOCK, min_size=1, max_size=4).map(tuple),
    st.lists(BUTTON, max_size=60).map(tuple),
    menus=st.just(()),
)


@given(REPLY.filter(lambda reply: bool(plain_text(reply).strip())))
def test_every_reply_is_a_few_messages_that_discord_takes(reply: Reply) -> None:
    assert len(sent(reply)) <= limits.MESSAGES
    assert len(sent(reply, 1)) == 1
    for message in plain_messages(reply, EN):
        assert len(message.payload["content"]) <= limits.CONTENT


def test_a_channel_is_shown_by_its_name_and_calls_nobody() -> None:
    reply = Reply("It can't be posted", (ChannelLink("42"), Section("It is gone.")))
    (message,) = sent(reply)
    assert message.payload["embeds"][0]["description"] == "<#42>\n\nIt is gone."
    assert message.payload["allowed_mentions"]["parse"] == []
    assert text_of(sent(Reply(blocks=(ChannelLink("*no id*"),)))) == "*no id*"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_playbook_is_shown_without_a_file(language: Language) -> None:
    knowledge = our_knowledge().current()
    for archetype in knowledge.archetypes.values():
        drawn = sent(playbook_card(archetype, knowledge, Speech(language)))
        assert not drawn[-1].files
        assert len(drawn) <= limits.MESSAGES


def test_what_does_not_fit_is_shortened_and_the_whole_text_goes_along() -> None:
    reply = Reply("Title", (Section("\n".join(f"line {number}" for number in range(4_000))),), (Button("Go", "more"),))
    for most in (1, limits.MESSAGES):
        (message,) = sent(reply, most)
        assert "This is the beginning; the whole text is in the file." in read(message.payload, {})
        assert "line 3999" in message.files[-1].content.decode()
        assert [label for label, _ in labels(message.payload)] == ["Go"]


def test_without_embeds_the_text_is_the_content() -> None:
    reply = Reply("Title", (Section("*x* " * 3_000),), (Button("Go", "more"),))
    drawn = plain_messages(reply, EN)
    assert len(drawn) == limits.MESSAGES
    assert drawn[0].payload["content"].startswith("**Title**")
    assert "Shortened: the rest did not fit" in text_of(drawn)
    assert "components" in drawn[-1].payload


def test_files_and_pictures_travel_beside_the_text() -> None:
    (message,) = sent(Reply("T", (Section("s"), File("x.json", "{}"), Picture(b"png", "a chart", "c.png"))))
    assert [(file.name, file.content, file.alt) for file in message.files] == [
        ("x.json", b"{}", ""),
        ("c.png", b"png", "a chart"),
    ]
    assert message.payload["embeds"][0]["image"] == {"url": "attachment://c.png"}


def test_an_error_is_red() -> None:
    assert sent(Reply(blocks=(Section("x"),), is_error=True))[0].payload["embeds"][0]["color"] == 0xC0392B


def test_menus_show_what_is_in_force_and_buttons_beyond_five_rows_become_a_menu() -> None:
    options = tuple(Button(name, "advice", name) for name in ("warm", "firm"))
    buttons = tuple(Button(f"b{number}", "show", str(number)) for number in range(40))
    (message,) = sent(Reply(blocks=(Section("x"),), buttons=buttons, menus=(Menu("Tone", options, "firm"),)))
    assert [label for label, _ in labels(message.payload)][:3] == ["warm", "b15", "b16"]
    assert len(labels(message.payload)) == 1 + 15 + 25
    select = message.payload["components"][0]["components"][0]
    assert [option.get("default", False) for option in select["options"]] == [False, True]
    assert pressed("menu0", [select["options"][0]["value"]]) == ("advice", "warm")


def test_a_button_that_discord_would_refuse_is_left_out_and_not_the_message() -> None:
    same, long = Button("a", "as", "1"), Button("c", "as", "x" * 100)
    (message,) = sent(Reply(blocks=(Section("x"),), buttons=(same, Button("b", "as", "1"), long)))
    assert [label for label, _ in labels(message.payload)] == ["a"]


def test_a_form_keeps_its_name_value_and_the_message_that_it_is_about() -> None:
    fields = (
        Field("client", "Client " * 20, Kind.CLIENT, hint="A name"),
        Field("archetype", "Kind", Kind.ARCHETYPE, "b", options=(Option("A", "a"), Option("B", "b"))),
        Field("reason", "Why", Kind.TEXT, "so", is_required=False),
    )
    drawn = modal(Form("flag", "Flag a client", "Flag", fields, "12:x"), "888")
    check("POST", "/interactions/1/t/callback", {"type": 9, "data": drawn})
    assert submitted(drawn["custom_id"]) == ("flag", "12:x", "888")
    assert submitted(modal(Form("follow-up", "t", "s", fields, ":a::"), "")["custom_id"]) == ("follow-up", ":a::", "")
    assert drawn["components"][0]["component"]["max_length"] == 80
    assert drawn["components"][1]["component"]["options"][1]["default"]
    assert (
        drawn["components"][2]["component"] | {"value": "so", "max_length": 3_000, "style": 2}
        == (drawn["components"][2]["component"])
    )
