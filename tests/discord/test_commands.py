"""The commands that are registered with Discord."""

from __future__ import annotations

import copy
from typing import Any

from adapters.discord.commands import LOCALES, digest, payloads
from bot.features.registry import commands
from tests.discord.contracts import check

Json = dict[str, Any]


def group() -> Json:
    return payloads(commands())[0]


def sub(name: str) -> Json:
    found: Json = next(option for option in group()["options"] if option["name"] == name)
    return found


def test_they_are_as_discord_publishes_and_within_its_unwritten_rules() -> None:
    check("PUT", "/applications/1/commands", payloads(commands()))


def test_every_sub_command_is_there_with_its_names_in_four_locales() -> None:
    assert [option["name"] for option in group()["options"]] == list(commands())
    assert {name: sub("flag")["name_localizations"][name] for name in LOCALES} == {
        "es-ES": "marcar", "es-419": "marcar", "zh-CN": "标记", "zh-TW": "标记",
    }  # fmt: skip
    assert sub("flag")["description_localizations"].keys() == LOCALES.keys()


def test_options_are_typed_completed_or_chosen() -> None:
    client, archetype, reason = sub("flag")["options"]
    assert client["autocomplete"]
    assert archetype["autocomplete"]
    assert (reason["required"], reason["max_length"]) == (False, 3_000)
    assert [choice["value"] for choice in sub("summary")["options"][0]["choices"]][:2] == ["now", "weekly"]


def test_the_bot_is_for_servers_only_and_for_who_may_write_there() -> None:
    for command in payloads(commands()):
        assert (command["contexts"], command["integration_types"]) == ([0], [0])
        assert command["default_member_permissions"] == 1 << 11


def test_a_messages_own_menu_flags_a_client() -> None:
    entry = payloads(commands())[1]
    assert (entry["type"], entry["name"]) == (3, "Flag client…")


def as_stored(commands: list[Json]) -> list[Json]:
    """As Discord gives commands back: with ids, and without what holds nothing."""
    stored = copy.deepcopy(commands)
    for number, command in enumerate(stored):
        command |= {"id": str(number), "application_id": "1", "version": "2", "nsfw": False, "dm_permission": False}
        command["default_member_permissions"] = str(command["default_member_permissions"])
        for option in command.get("options", ()):
            for inner in option["options"]:
                if not inner["required"]:
                    del inner["required"]
            if not option["options"]:
                del option["options"]
    return stored[::-1]


def test_what_discord_gives_back_is_the_same_and_any_change_is_another() -> None:
    assert digest(as_stored(payloads(commands()))) == digest(payloads(commands()))
    changes: list[Json] = [
        {"description": "x"}, {"default_member_permissions": "8"}, {"contexts": [0, 1]}, {"options": []}
    ]  # fmt: skip
    for change in changes:
        assert digest([group() | change, payloads(commands())[1]]) != digest(payloads(commands()))
    assert digest([]) != digest(payloads(commands()))
