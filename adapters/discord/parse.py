"""Discord's payloads as events: https://discord.com/developers/docs/interactions/receiving-and-responding."""

from __future__ import annotations

from adapters.discord.components import Payload, pressed, submitted
from bot.events import FOLLOW_UP, Action, Asker, Command, Event, Place, Question, Said, Submission, User
from bot.features.forms import FLAG_FORM
from bot.grammar import typed
from bot.router import Router

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
MESSAGE_MENU = 3
THREADS = (10, 11, 12)
EPHEMERAL = 1 << 6
GUEST_FLAG = 1 << 4
ADMINISTRATOR, MANAGE_GUILD = 1 << 3, 1 << 5
IN_FORUM = "chao_in_forum"  # not Discord's: what the gateway told of the channel before
UNTOLD = "en-US"  # what Discord says of every server that chose no language


def interaction(data: Payload, router: Router) -> Event:
    """The event that an interaction is; autocomplete is not one."""
    asked = asker(data)
    if is_typed(data):
        return _command(data, asked, router)
    if data["type"] == COMMAND:
        return _on_message(data, asked)
    return _press(data, asked, router) if data["type"] == COMPONENT else _submission(data, asked)


def is_typed(data: Payload) -> bool:
    """Whether it is `/client` itself: who may use that, Discord has checked."""
    return bool(data["type"] == COMMAND and data["data"].get("type") != MESSAGE_MENU)


def asker(data: Payload) -> Asker:
    """Who used an interaction, and where."""
    member = data.get("member") or {}
    user = person(member.get("user") or data["user"], member, int(member.get("permissions", 0)))
    channel = data.get("channel") or {}
    is_thread = channel.get("type") in THREADS
    parent = channel.get("parent_id") if is_thread else ""
    locale = data.get("guild_locale", "")
    where = place(data, parent or "", locale, is_thread=is_thread)
    where = where._replace(is_forum=True) if data.get(IN_FORUM) else where
    return Asker(user._replace(locale=data.get("locale", "")), where)


def person(user: Payload, member: Payload, permissions: int = 0) -> User:
    """A member of a server, or the other side of a direct message."""
    name = member.get("nick") or user.get("global_name") or user.get("username") or ""
    is_guest = bool(member.get("flags", 0) & GUEST_FLAG)
    return User(user["id"], name, is_manager=_manages(permissions), is_guest=is_guest)


def place(data: Payload, parent: str, locale: str = "", *, is_thread: bool = False) -> Place:
    """Where it was: a thread's channel is its parent; a direct message belongs to no server, so to no team."""
    channel, guild = data["channel_id"], data.get("guild_id")
    if not guild:
        return Place(f"discord:@me:{channel}", channel, channel, has_team=False, is_direct=True)
    known = "" if locale == UNTOLD else locale
    where, thread = (parent, channel) if is_thread else (channel, "")
    return Place(workspace(guild), where, thread, locale=known, has_roles=True)


def workspace(guild_id: str | int) -> str:
    """The key of a server's workspace."""
    return f"discord:{guild_id}"


def _manages(permissions: int) -> bool:
    """Whether these permissions make a manager; an owner has all of them."""
    return bool(permissions & (ADMINISTRATOR | MANAGE_GUILD))


def focused(data: Payload) -> tuple[str, str, str]:
    """The sub-command, the option that is being written, and what is written so far."""
    command = data["data"]["options"][0]
    option = next(option for option in command.get("options", ()) if option.get("focused"))
    return command["name"], option["name"], str(option.get("value", ""))


def message(data: Payload, mentions: tuple[str, ...], asked: Asker, router: Router) -> Command | Question:
    """A message that addresses the bot, without the `mentions` that did: a command, or a question."""
    text = data["content"]
    for mention in mentions:
        text = text.replace(mention, " ")
    is_public = asked.place.has_team
    command = Command(
        data["id"], asked.user, asked.place, "", is_public=is_public, is_redeliverable=True, evidence=_referenced(data)
    )
    text = typed(text)
    if said := router.spoken(text):
        return command._replace(name=said[0], args=said[1], said=Said(text))
    return Question(
        data["id"], asked.user, asked.place, text.strip(), is_public=is_public, is_redeliverable=True,
        about=_card_replied_to(data), as_command=command,
    )  # fmt: skip


def _card_replied_to(data: Payload) -> str:
    """The state of the bot's own card that a message replies to; nobody else's components come along."""
    shown = (data.get("referenced_message") or {}).get("components", ())
    ids = (part.get("custom_id", "") for row in shown for part in row.get("components", ()))
    return next((value for action, value in (pressed(custom_id, ()) for custom_id in ids) if action == FOLLOW_UP), "")


def _referenced(data: Payload) -> str:
    about = data.get("message_reference") or {}
    is_whole = "guild_id" in about and "channel_id" in about and "message_id" in about
    return link(about["guild_id"], about["channel_id"], about["message_id"]) if is_whole else ""


def link(guild: str, channel: str, message_id: str) -> str:
    """A message's address."""
    return f"https://discord.com/channels/{guild}/{channel}/{message_id}"


def _command(data: Payload, asked: Asker, router: Router) -> Command:
    options = data["data"].get("options") or [{"name": "help"}]
    name = options[0]["name"]
    args = {option["name"]: str(option["value"]) for option in options[0].get("options", ())}
    writes = name in router.commands and router.commands[name].changes(args)
    return Command(data["id"], asked.user, asked.place, name, args, is_redeliverable=writes)


def _on_message(data: Payload, asked: Asker) -> Action:
    shown = data["data"].get("resolved", {}).get("messages", {}).get(data["data"]["target_id"], {})
    return Action(data["id"], asked.user, asked.place, FLAG_FORM, text=shown.get("content", ""))


def _press(data: Payload, asked: Asker, router: Router) -> Action:
    name, value = pressed(data["data"]["custom_id"], data["data"].get("values", ()))
    writes = name in router.actions and router.actions[name].writes
    is_public = _is_public(data)
    return Action(data["id"], asked.user, asked.place, name, value, is_public=is_public, is_redeliverable=writes)


def _submission(data: Payload, asked: Asker) -> Submission:
    form, value, about = submitted(data["data"]["custom_id"])
    evidence = link(data.get("guild_id", "@me"), data["channel_id"], about) if about else ""
    fields, is_public = dict(_inputs(data["data"]["components"])), _is_public(data)
    return Submission(data["id"], asked.user, asked.place, form, fields, value, is_public=is_public, evidence=evidence)


def _inputs(components: list[Payload]) -> list[tuple[str, str]]:
    """What was typed or chosen, by the custom id of its input; labels and rows are looked through."""
    inner = [part for c in components for part in ([c["component"]] if "component" in c else c.get("components", [c]))]
    return [(c["custom_id"], (c.get("values") or [c.get("value", "")])[0]) for c in inner if "custom_id" in c]


def _is_public(data: Payload) -> bool:
    shown = data.get("message") or {"flags": EPHEMERAL}
    return not shown.get("flags", 0) & EPHEMERAL
