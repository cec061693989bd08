"""The console adapter: lines to events, replies to harmless text, pipes that close early."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import pytest

from adapters.console import pipe
from adapters.console.render import BOLD, Renderer
from adapters.console.session import Session
from bot.events import Action, Command, Place, Question, User
from bot.i18n.speech import Speech
from bot.reply import Button, Fields, File, Note, Picture, Quote, Reply, Section, plain_text
from bot.router import Router

CARD = Reply(
    "Title",
    (
        Section("text", title="Head", items=("a", "b"), is_ordered=True),
        Fields((("label", "value"),)),
        Quote("to copy", "Say"),
        Note("small"),
        File("x.json", "{}"),
        Picture(b"", "a chart"),
    ),
    (Button("Press", "more"),),
)


@pytest.fixture
def session(bot: Router) -> Session:
    return Session(bot, User("me", is_manager=True), Place("console:t", "console", "console"))


def test_a_slash_line_is_a_command_and_a_sentence_a_question(session: Session) -> None:
    command = session.parse('/client flag "Acme Co" mala-paga late')
    assert isinstance(command, Command)
    assert dict(command.args) == {"client": "Acme Co", "archetype": "mala-paga", "reason": "late"}
    assert isinstance(session.parse("/help"), Command)
    assert isinstance(session.parse("@chao show acme"), Command)
    assert isinstance(session.parse("Acme won't pay"), Question)
    assert session.parse("  \n") is None


def test_a_number_presses_the_button_that_is_offered_and_in_a_sentence_none(session: Session) -> None:
    session.offered = (Button("More", "more", "x"),)
    pressed = session.parse("1")
    assert isinstance(pressed, Action)
    assert (pressed.name, pressed.value) == ("more", "x")
    assert isinstance(session.parse("1 invoice is late"), Question)
    assert isinstance(session.parse("they owe us 2"), Question)


@pytest.mark.parametrize(
    ("locale", "none", "goes_on"),
    [
        ("en", "There is no button 99 now.", "Press a number from 1 to"),
        ("es", "Ahora no hay ningún botón 99.", "Pulsa un número del 1 al"),
        ("zh", "现在没有 99 号按钮。", "请输入 1 到"),
    ],
)
async def test_a_number_that_is_not_offered_is_no_question_and_the_buttons_stay(
    bot: Router, locale: str, none: str, goes_on: str
) -> None:
    asking = Session(bot, User("me", locale=locale), Place("console:t", "console", "console"))
    assert await asking.answer("which folder holds the signed contracts?")
    offered = asking.offered
    answered = await asking.answer("99")
    assert answered is not None
    assert none in plain_text(answered[0])
    assert f"{goes_on} {len(offered)}" in plain_text(answered[0])
    assert asking.offered == offered
    assert isinstance(asking.parse("1"), Action)


@pytest.mark.parametrize(
    ("locale", "none"),
    [("en", "There are no buttons at the moment."), ("es", "no hay botones"), ("zh", "没有可按的按钮")],
)
async def test_a_number_after_an_answer_without_buttons_is_told_so(bot: Router, locale: str, none: str) -> None:
    asking = Session(bot, User("me", locale=locale), Place("console:t", "console", "console"))
    answered = await asking.answer("4")
    assert answered is not None
    assert none in plain_text(answered[0])


async def test_the_only_button_is_named_by_its_number(session: Session) -> None:
    session.offered = (Button("More", "more", "x"),)
    answered = await session.answer("0")
    assert answered is not None
    assert "Press 1" in plain_text(answered[0])


async def test_the_likeliest_kinds_are_numbered_before_the_menu_of_the_rest(session: Session) -> None:
    await session.answer("a client is being difficult with us")
    assert session.offered
    drawn = await session.answer("client poached my designer")
    assert drawn is not None
    assert session.offered[: len(drawn[0].buttons)] == drawn[0].buttons


def test_every_kind_of_block_is_drawn_and_private_replies_are_marked() -> None:
    text = Renderer(Speech("en")).render(CARD, is_private=True)
    for words in ("Title", "Head", "1. a", "label: value", "─\nto copy\n─", "small", "{}", "a chart", "[1] Press"):
        assert words in text
    assert text.endswith("(only you can see this)")
    assert "only you" not in Renderer(Speech("en")).render(CARD, is_private=False)


def test_colour_is_ours_alone_and_text_cannot_steer_the_terminal() -> None:
    evil = Reply(
        "T", (Section("\x1b[2J\x07\x9bboom"), Section("\0[31m\0[2J", title="\0[2J")), (Button("\0[2J", "more"),)
    )
    plain = Renderer(Speech("en")).render(evil, is_private=False)
    assert "\x1b" not in plain
    assert "\x9b" not in plain
    coloured = Renderer(Speech("en"), has_colour=True).render(evil, is_private=False)
    assert BOLD in coloured
    assert "\x1b[2J" not in coloured
    assert "\x1b[31m" not in coloured


class ClosedPipe(io.StringIO):
    """A reader that goes away after the first write, as `| head -1` does."""

    def write(self, text: str) -> int:
        if self.getvalue():
            raise BrokenPipeError
        return super().write(text)


@pytest.fixture
def spare_stdout(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with open(os.devnull, "w") as spare:  # noqa: PTH123 - a descriptor that the test may lose
        monkeypatch.setattr("sys.stdout", spare)
        yield


@pytest.mark.usefixtures("spare_stdout")
async def test_nothing_is_lost_when_nobody_reads_on(session: Session) -> None:
    lines = io.BytesIO(b"/client help\n/client flag acme mala-paga\n/client flag globex indeciso")
    await pipe.converse(session, Renderer(Speech("en")), lines, ClosedPipe())
    answered = await session.answer("/client list")
    assert answered is not None
    assert "2 clients with open flags" in answered[0].title


async def test_bytes_that_are_not_text_are_answered_too(session: Session) -> None:
    out = io.StringIO()
    await pipe.converse(session, Renderer(Speech("en")), io.BytesIO(b"\xff\xfe\x00/client \x80\n\n/client undo\n"), out)
    assert "nothing to take back" in out.getvalue()


def test_long_lines_break_between_words_at_the_width_and_keep_their_indent() -> None:
    card = Reply(
        blocks=(Section(items=("one two three four five six", "短"), is_ordered=True), Quote("a " * 20, "Say"))
    )
    lines = Renderer(Speech("en"), width=20).render(card, is_private=False).splitlines()
    assert "  1. one two three" in lines
    assert "     four five six" in lines
    assert all(len(line) <= 24 for line in lines)
