"""Messages: which are for the bot, where the answer goes, and what a reply, a thread or a direct message is about."""

from __future__ import annotations

import pytest

from bot.router import Router
from tests.discord.fake import BOT, GUILD, Posted
from tests.discord.shown import labels, read
from tests.discord.world import BOT_ROLE, CHANNEL, DM, FORUM, World

LATE = "the client has not paid the invoice for two months"
UNTELLING = "ok, and who pays for the projector?"
ME = f"<@{BOT}>"


def last(world: World, user: str = "ana") -> Posted:
    return world.fake.visible(world.person(user).id)[-1]


def text(message: Posted) -> str:
    return read(message.payload, message.files)


@pytest.mark.parametrize("said", [f"{ME} {LATE}", f"{LATE} {ME}", f"<@!{BOT}> {LATE}"])
async def test_a_mention_is_answered_once_where_it_was_said_as_a_reply(world: World, said: str) -> None:
    number = await world.says("ana", said, mentions=[{"id": BOT}])
    assert [message.channel for message in world.fake.posted] == [CHANNEL]
    assert "Do today" in text(last(world))
    assert last(world).payload["message_reference"] == {"message_id": number, "fail_if_not_exists": False}


async def test_what_is_not_for_the_bot_is_left_alone(world: World) -> None:
    await world.says("ana", LATE)
    await world.says("ana", LATE, mentions=[{"id": "777"}])
    await world.says("ana", f"@everyone {LATE}", mention_everyone=True)
    await world.says("ana", f"<@&{world.person('bob').id}> {LATE}", mention_roles=["999"])
    await world.says("ana", ME, type=7)
    await world.says("ana", f"{ME} {LATE}", webhook_id="1")
    await world.says("ana", f"{ME} {LATE}", author={"id": "666", "username": "other", "bot": True})
    await world.says("ana", f"{ME} {LATE}", author={"id": BOT, "username": "chao", "bot": True})
    assert world.fake.requests == []


async def test_the_bots_own_role_is_as_good_as_its_name(world: World) -> None:
    await world.says("ana", f"<@&{BOT_ROLE}> {LATE}", mention_roles=[BOT_ROLE])
    assert "Do today" in text(last(world))


async def test_a_reply_that_pings_the_bot_follows_on_with_the_card_it_replies_to(world: World) -> None:
    await world.slash("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await world.says("ana", f"{ME} acme still has not paid the invoice")
    card = last(world)
    shown = {"id": card.id, "author": {"id": BOT}, "components": card.payload["components"]}
    await world.says("bob", UNTELLING, type=19, mentions=[{"id": BOT}], referenced_message=shown)
    assert "acme · late-payment pattern" in text(last(world))


async def test_a_flag_that_replies_to_a_message_keeps_it_as_evidence(world: World) -> None:
    about = {"guild_id": GUILD, "channel_id": CHANNEL, "message_id": "555"}
    await world.says("ana", f"{ME} flag acme mala-paga", type=19, message_reference=about)
    await world.slash("ana", "show", client="acme")
    assert f"https://discord.com/channels/{GUILD}/{CHANNEL}/555" in text(last(world))


@pytest.mark.parametrize("parent", [CHANNEL, FORUM], ids=["thread", "forum post"])
async def test_a_thread_remembers_what_it_is_about_and_another_does_not(world: World, parent: str) -> None:
    await world.slash("ana", "flag", client="acme", archetype="mala-paga")
    for name in ("one", "two"):
        await world.receive("THREAD_CREATE", world.thread_object(name, parent))
    await world.says("ana", f"{ME} acme has not paid", world.thread("one"))
    await world.says("ana", f"{ME} {UNTELLING}", world.thread("one"))
    assert "acme · late-payment pattern" in text(last(world))
    assert last(world).channel == world.thread("one")
    await world.says("ana", f"{ME} {UNTELLING}", world.thread("two"))
    assert "acme" not in text(last(world))


async def test_a_thread_that_the_gateway_has_not_told_of_is_looked_up(world: World) -> None:
    hidden = "408"
    world.fake.channels[hidden] = {"id": hidden, "type": 11, "parent_id": CHANNEL}
    for said in ("flag acme mala-paga", "acme has not paid the invoice", UNTELLING):
        await world.says("ana", f"{ME} {said}", hidden)
    assert "acme · late-payment pattern" in text(last(world))
    assert [path for _, path, _ in world.fake.requests if path == f"/channels/{hidden}"]


async def test_a_channel_that_cannot_be_looked_up_is_answered_all_the_same(world: World) -> None:
    await world.says("ana", f"{ME} {LATE}", "209")
    assert "Do today" in text(last(world))


async def test_a_direct_message_is_answered_in_general_and_says_why(world: World) -> None:
    await world.slash("ana", "flag", client="acme", archetype="mala-paga", reason="inv 104")
    await world.writes_directly("ana", "acme has not paid the invoice for two months")
    answer = last(world)
    assert answer.channel == f"{DM}{world.person('ana').id}"
    assert "Do today" in text(answer)
    assert "a direct message belongs to no server" in text(answer)
    assert "open flag" not in text(answer)
    await world.presses("ana", answer, dict(labels(answer.payload))["More"])
    assert "Ladder, counted from" in text(last(world))
    await world.writes_directly("ana", "show acme")
    assert "a direct message belongs to no server" in text(last(world))
    await world.writes_directly("ana", "")
    assert "`/client` in your server" in text(last(world))


@pytest.mark.parametrize("said", ["help", "hi", "settings", "export acme", "forget acme", "list"])
async def test_whatever_is_asked_in_a_direct_message_it_says_what_works_there_and_why(world: World, said: str) -> None:
    await world.writes_directly("ana", said)
    assert "a direct message belongs to no server" in text(last(world))
    assert "`/client` in your server" in text(last(world))


async def test_the_answer_is_in_the_askers_language(world: World) -> None:
    await world.says("ana", f"{ME} El cliente no paga la factura desde hace dos meses")
    assert "Qué hacer hoy" in text(last(world))
    await world.says("ana", f"{ME} 客户拖了三个月尾款不付")
    assert "今天就做" in text(last(world))


async def test_a_command_by_mention_is_in_the_language_that_the_person_uses_discord_in(world: World) -> None:
    await world.says("ana", f"{ME} help")
    assert "What I can do" in text(last(world))
    world.people["eva"] = type(world.person("ana"))("1777", "eva", locale="es-419")
    await world.slash("eva", "list")
    await world.says("eva", f"{ME} help")
    assert "Qué puedo hacer" in text(last(world))


async def test_a_servers_own_language_is_used_where_the_persons_is_not_known(bot: Router) -> None:
    world = World(bot, locale="es-ES")
    await world.says("ana", f"{ME} help")
    assert "Qué puedo hacer" in text(last(world))


@pytest.mark.parametrize("name", ["export", "settings"])
async def test_managers_are_known_by_their_roles_and_owners_by_their_name(world: World, name: str) -> None:
    await world.says("bob", f"{ME} {name}")
    assert "Only managers may do that.\nAsk somebody who may manage the server." in text(last(world))
    await world.says("ana", f"{ME} {name}")
    assert "Only managers" not in text(last(world))
    lead = {"id": "309", "name": "leads", "permissions": str(1 << 5), "color": 0, "hoist": False, "position": 1}
    lead |= {"managed": False, "mentionable": False, "flags": 0}
    await world.receive("GUILD_ROLE_CREATE", {"guild_id": GUILD, "role": lead})
    await world.says("bob", f"{ME} {name}", member={"roles": ["309"], "flags": 0})
    assert "Only managers" not in text(last(world))


async def test_a_server_that_is_not_known_yet_has_no_managers(world: World) -> None:
    await world.receive("GUILD_DELETE", {"id": GUILD, "unavailable": False})
    await world.says("ana", f"{ME} settings")
    assert "Only managers" in text(last(world))


async def test_a_guest_of_one_voice_channel_sees_no_client(world: World) -> None:
    await world.slash("ana", "flag", client="acme", archetype="mala-paga")
    await world.says("eve", f"{ME} show acme", member={"roles": [], "flags": 1 << 4})
    assert "to people from outside the team" in text(last(world))
