"""Bad input, each with an outcome that a user can understand and a log that holds ids only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from tests.discord.fake import BOT, Posted
from tests.discord.shown import labels, read
from tests.discord.world import CHANNEL, DM, World

ME = f"<@{BOT}>"
POST = f"/channels/{CHANNEL}/messages"
MISSING_ACCESS = {"code": 50001, "message": "Missing Access"}
MISSING_PERMISSIONS = {"code": 50013, "message": "Missing Permissions"}
SECRETS = ("acme", "zeppelin", "宏达", "everyone", "token-", "invoice")


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What is logged; it never holds a name, a reason, a text or a token."""
    with capture_logs() as lines:
        yield lines
    assert not [word for word in SECRETS if word in str(lines).casefold()], lines


def last(world: World, user: str = "ana") -> Posted:
    return world.fake.visible(world.person(user).id)[-1]


def text(message: Posted) -> str:
    return read(message.payload, message.files)


async def test_free_text_where_a_choice_is_expected(world: World) -> None:
    await world.slash("ana", "flag", client="acme", archetype="mala-pago")
    assert "Did you mean `mala-paga`?" in text(last(world))
    await world.slash("ana", "summary", when="nwo")
    assert "Did you mean `now`?" in text(last(world))
    await world.slash("ana", "show", client="acme")
    assert "I know no client called “acme”" in text(last(world))


async def test_an_option_of_six_thousand_characters(world: World) -> None:
    await world.slash("ana", "flag", client="acme", archetype="mala-paga", reason="x" * 6_000)
    assert "That text has 6000 characters; 3000 is the most I keep." in text(last(world))
    await world.slash("ana", "flag", client="x" * 6_000, archetype="mala-paga")
    assert "80 is the most" in text(last(world))
    await world.slash("ana", "flag", client="acme", archetype="x" * 6_000)
    assert "I don't know the archetype" in text(last(world))


async def test_an_option_that_is_begun_with_six_thousand_characters_has_an_empty_list(world: World) -> None:
    for option in ("client", "archetype"):
        assert await world.completes("ana", "flag", option, "x" * 6_000) == []


@pytest.mark.parametrize("name", ["@everyone", "@here", "**x**", "`/client`", "||x||", "宏达科技有限公司", "[a](b)"])
async def test_any_name_is_shown_as_it_is_and_pings_nobody(world: World, name: str) -> None:
    await world.slash("ana", "flag", client=name, archetype="mala-paga", reason=name)
    assert f"{name} is flagged" in text(last(world))
    await world.slash("ana", "show", client=name)
    assert text(last(world)).startswith(name)
    await world.says("ana", f"{ME} list")
    assert name in text(last(world))
    assert [label for label, _ in labels(last(world).payload)] == [name]


@pytest.mark.parametrize("name", ["<@1>", "<@!1>", "<@&1>"])
async def test_a_member_is_no_client(world: World, name: str) -> None:
    await world.slash("ana", "flag", client=name, archetype="mala-paga")
    assert "keeps no records about people" in text(last(world))
    await world.says("ana", f"{ME} flag {name} mala-paga")
    assert "keeps no records about people" in text(last(world))


async def test_a_deleted_channel_is_logged_by_its_id(world: World, logs: list[EventDict]) -> None:
    world.fake.faults = [(POST, 404, {"code": 10003, "message": "Unknown Channel"})]
    number = await world.says("ana", f"{ME} flag acme mala-paga")
    assert world.fake.posted == []
    assert [(line["event"], line["message"], line["code"]) for line in logs if "message" in line] == [
        ("message_not_answered", number, 10003)
    ]


async def test_a_deleted_message_is_answered_without_a_reference(world: World) -> None:
    await world.says("ana", f"{ME} list")
    assert last(world).payload["message_reference"]["fail_if_not_exists"] is False


async def test_where_embeds_are_not_allowed_the_answer_is_plain_text(world: World) -> None:
    world.fake.faults = [(POST, 403, MISSING_PERMISSIONS)]
    await world.says("ana", f"{ME} flag acme mala-paga")
    assert "acme is flagged" in last(world).payload["content"]
    assert "embeds" not in last(world).payload


async def test_where_history_is_not_allowed_the_answer_is_no_reply(world: World) -> None:
    world.fake.faults = [(POST, 400, {"code": 160002, "message": "x"})]
    await world.says("ana", f"{ME} flag acme mala-paga")
    assert "message_reference" not in last(world).payload


async def test_where_the_bot_may_not_write_it_tells_who_asked_and_only_them(
    world: World, logs: list[EventDict]
) -> None:
    world.fake.faults = [(POST, 403, MISSING_PERMISSIONS), (POST, 403, MISSING_ACCESS)]
    await world.says("ana", f"{ME} flag acme mala-paga")
    (told,) = world.fake.posted
    assert told.channel == f"{DM}{world.person('ana').id}"
    assert "I may not write there" in text(told)
    assert "may_not_write" in [line["event"] for line in logs]


async def test_who_takes_no_direct_message_is_not_told(world: World, logs: list[EventDict]) -> None:
    world.fake.faults = [(POST, 403, MISSING_PERMISSIONS), (POST, 403, MISSING_ACCESS)]
    world.fake.faults += [("@me/channels", 403, {"code": 50007, "message": "Cannot send messages to this user"})]
    await world.says("ana", f"{ME} flag acme mala-paga")
    assert world.fake.posted == []
    assert logs[-1]["event"] == "author_not_reached"


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_discord_cannot_take_just_now_is_sent_again_and_there_once(world: World, status: int) -> None:
    world.fake.faults = [(POST, status, {})]
    await world.says("ana", f"{ME} list")
    assert [text(message) for message in world.fake.posted] == [
        "No client has open flags. `/client flag` adds the first."
    ]


async def test_a_server_error_that_lasts_is_logged_and_what_was_stored_is_there(
    world: World, logs: list[EventDict]
) -> None:
    world.fake.faults = [(POST, 500, {})] * 4
    await world.says("ana", f"{ME} flag acme mala-paga")
    assert "message_not_answered" in [line["event"] for line in logs]
    await world.slash("ana", "show", client="acme")
    assert "1 open flag" in text(last(world))


async def test_an_answer_that_discord_calls_malformed_is_replaced_by_a_reference(
    world: World, logs: list[EventDict]
) -> None:
    world.fake.faults = [(POST, 400, {"code": 50035, "message": "Invalid Form Body"})]
    await world.says("ana", f"{ME} list")
    assert next(line["reference"] for line in logs if line["event"] == "crashed") in text(last(world))


async def test_a_message_that_is_sent_again_after_an_unclear_answer_is_there_once(world: World) -> None:
    await world.says("ana", f"{ME} flag acme mala-paga")
    first = world.fake.requests[-1]
    world.fake.handle(*first)
    assert len(world.fake.posted) == 1
    assert first[2]["enforce_nonce"]


@pytest.mark.parametrize("custom_id", ["", "gone:1", "show", "show:x", "as:99:mala-paga::", "menu0", "advice:"])
async def test_a_button_of_another_version_says_so(world: World, custom_id: str) -> None:
    await world.slash("ana", "help")
    await world.presses("ana", last(world), {"custom_id": custom_id, "type": 2})
    assert "older version" in text(last(world)) or "no longer there" in text(last(world))


async def test_a_bare_command_is_help(world: World) -> None:
    await world.slash("ana", "list")
    event, payload = world.last
    opened = world.fake.opens(world.person("ana").id, CHANNEL)
    await world.receive(
        event, {**payload, "id": opened.id, "token": opened.token, "data": {"name": "client", "type": 1}}
    )
    assert "What I can do" in text(last(world))
    await world.slash("ana", "no-such-command")
    assert "I don't know the command" in text(last(world))


async def test_a_payload_that_is_not_understood_is_a_logged_bug_and_nothing_else(
    world: World, logs: list[EventDict]
) -> None:
    await world.receive("INTERACTION_CREATE", {"id": "1", "type": 5, "member": {"user": {"id": "1"}}, "data": {}})
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["crashed"]
    await world.slash("ana", "help")
    assert "What I can do" in text(last(world))
