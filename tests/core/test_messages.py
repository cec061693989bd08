"""Messages that wait for the reader's language: what they carry until then."""

from __future__ import annotations

from bot.i18n.messages import NN, C, Message, N


def test_a_message_keeps_its_key_and_values() -> None:
    assert N("{client} is forgotten.", client="acme") == Message("{client} is forgotten.", {"client": "acme"})


def test_a_value_may_have_any_name_even_key() -> None:
    assert N("`{key}`: {count}", key="signals", count=2).values == {"key": "signals", "count": 2}


def test_a_counted_message_says_its_count() -> None:
    message = NN("{count} flag", "{count} flags", 3, client="acme")
    assert message.values == {"count": 3, "client": "acme"}
    assert (message.key, message.plural, message.number) == ("{count} flag", "{count} flags", 3)


def test_a_word_in_a_context_is_another_message() -> None:
    assert C("command", "note") != C("argument", "note")
    assert C("command", "note").context == "command"


def test_messages_share_no_values() -> None:
    first = N("Settings")
    assert isinstance(first.values, dict)
    first.values["client"] = "acme"
    assert N("Settings").values == {}
