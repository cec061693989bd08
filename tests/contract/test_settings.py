"""Conversations about settings: read, changed, refused, and by which names."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver
from tests.contract.test_flagging import last


async def test_settings_are_read_changed_checked_and_returned_to_ours(chat: Driver) -> None:
    await chat.types("ana", "settings expiry 30")
    await chat.runs("ana", "flag", client="acme", archetype="mala-paga")
    assert "expires on 24 December 2026" in last(chat)
    await chat.types("ana", "settings expiry soon")
    assert "It takes a number of days from 7 to 730." in last(chat)
    await chat.types("ana", "settings expiry default")
    await chat.types("ana", "settings expiry")
    assert "expiry = 180" in last(chat)
    await chat.types("ana", "settings langage es")
    assert "Did you mean `language`?" in last(chat)
    await chat.types("ana", "settings colour blue")
    assert "`country`" in last(chat)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("settings country Spain", "country", "ES"),
        ("settings country españa", "country", "ES"),
        ("settings country 西班牙", "country", "ES"),
        ("settings country UNITED KINGDOM", "country", "GB"),
        ("settings country Mexico", "country", "MX"),
        ("settings country nueva york", "country", "US-NY"),
        ("settings country us-il", "country", "US-IL"),
        ("settings country Unión Europea", "country", "EU"),
        ("ajustes país ES", "country", "ES"),
        ("ajustes PAIS Reino Unido", "country", "GB"),
        ("ajustes idioma en", "language", "en"),
        ("ajustes caducidad 30", "expiry", "30"),
        ("设置 国家 ES", "country", "ES"),
        ("设置 国家 中国", "country", "CN"),
        ("设置 语言 en", "language", "en"),
    ],
)
async def test_settings_and_countries_go_by_their_names_in_every_language(
    chat: Driver, line: str, name: str, value: str
) -> None:
    await chat.types("ana", line)
    assert f"`{name}`" in last(chat)
    assert f"`{value}`" in last(chat)


async def test_a_country_without_notes_and_a_misspelt_setting_are_refused_with_what_there_is(chat: Driver) -> None:
    await chat.types("ana", "settings country France")
    assert "`France` is no value for `country`" in last(chat)
    assert "It takes BR, CL, CN, CO, ES, EU, GB, MX, US-IL, US-NY." in last(chat)
    await chat.types("ana", "ajustes idoma en")
    assert "`idioma`?" in last(chat)
