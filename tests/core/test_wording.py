"""How failures read: with a hint, with the usage of a misused command, with a reference for a bug."""

from __future__ import annotations

import pytest

from bot.errors import Misuse, UserError
from bot.features.registry import commands
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES, Language
from bot.reply import plain_text
from bot.storage import database
from bot.wording import crash_reply, error_reply, storage_message, storage_reply, unknown_command

REASONS = (
    database.LOCKED,
    database.READ_ONLY,
    database.FULL,
    database.CORRUPT,
    database.UNREACHABLE,
    database.NEWER,
)
en = Speech("en")


def hint_for(name: str) -> str:
    names = [name for spec in commands().values() for name in spec.names]
    error = unknown_command(name, names)
    assert error.hint is not None
    return en(error.hint)


def test_an_error_is_what_is_wrong_and_what_to_do() -> None:
    error = UserError(N("The client's name is empty."), N("Ask one of its administrators."))
    reply = error_reply(error, en, commands()["flag"])
    assert plain_text(reply) == "The client's name is empty.\nAsk one of its administrators."
    assert reply.is_error


def test_an_error_without_a_hint_is_one_line() -> None:
    assert plain_text(error_reply(UserError(N("Settings")), Speech("es"), None)) == Speech("es")("Settings")


def test_a_misused_command_shows_its_usage_and_an_example() -> None:
    text = plain_text(error_reply(Misuse(N("I need {argument}.", argument="x")), en, commands()["flag"]))
    assert "Usage: `/client flag <client> <archetype> [reason…]`" in text
    assert "For example: `/client flag acme mala-paga" in text


def test_usage_is_in_the_readers_language() -> None:
    text = plain_text(error_reply(Misuse(N("I need {argument}.", argument="x")), Speech("zh"), commands()["flag"]))
    assert "/client flag <客户> <类型> [原因…]" in text


def test_misuse_outside_a_command_shows_no_usage() -> None:
    assert "Usage" not in plain_text(error_reply(Misuse(N("I need {argument}.", argument="x")), en, None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_the_database_has_words_of_its_own(language: Language) -> None:
    replies = [storage_reply(reason, Speech(language)) for reason in REASONS]
    assert len({plain_text(reply) for reply in replies}) == len(REASONS)
    assert all(reply.is_error and plain_text(reply) for reply in replies)


@pytest.mark.parametrize("reason", REASONS)
def test_the_sentence_in_chat_is_the_one_on_the_command_line(reason: str) -> None:
    assert en(storage_message(reason)) == plain_text(storage_reply(reason, en))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crash_shows_its_reference_in_every_language(language: Language) -> None:
    reply = crash_reply("deadbeef", Speech(language))
    assert "deadbeef" in plain_text(reply)
    assert reply.is_error


@pytest.mark.parametrize(
    ("typed", "meant"), [("flga", "flag"), ("LIST2", "list"), ("marcra", "marcar"), ("sumary", "summary")]
)
def test_a_misspelt_command_brings_the_nearest(typed: str, meant: str) -> None:
    assert hint_for(typed) == f"Did you mean `/client {meant}`?"


@pytest.mark.parametrize("typed", ["xyzzy", "", "🚀", "客" * 40_000])
def test_a_command_like_none_brings_the_help(typed: str) -> None:
    assert hint_for(typed) == "`/client help` lists what I can do."


def test_an_unknown_command_is_quoted_short_and_as_data() -> None:
    text = en(unknown_command("{name}" * 10_000, ["flag"]).text)
    assert text.startswith("I don't know the command `{name}{name}")
    assert len(text) < 100
