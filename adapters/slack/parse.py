"""Slack's payloads to the core's events. `Any` ends here; nothing is asked of Slack and nothing is decided."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from adapters.slack import views
from bot.events import EDITED, Action, Asker, Command, Place, Question, Said, Submission, User
from bot.grammar import typed
from bot.router import Router

Payload = Mapping[str, Any]
# `<` ends each of them too: a text full of beginnings must not be searched to its end from every one.
_LINK = re.compile(r"<(https?://[^|<>]+)(?:\|([^<>]*))?>")
_MAIL = re.compile(r"<(?:mailto|tel):[^|<>]+\|([^<>]*)>")
_CHANNEL = re.compile(r"<#(\w+)(?:\|([^<>]*))?>")
_SPECIAL = re.compile(r"<!(?:subteam\^\w+\|)?@?(\w+)(?:\|[^<>]*)?>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


class Source(NamedTuple):
    """Where a payload comes from: ids only. `team` is the workspace in which the bot is installed.

    `is_new_thread`: nobody wrote in the thread yet, it begins with a public answer.
    """

    team: str
    enterprise: str
    user: str
    channel: str = ""
    thread: str = ""
    is_shared: bool = False
    is_outsider: bool = False
    is_new_thread: bool = False

    @property
    def workspace(self) -> str:
        """The tenant."""
        return workspace(self.team, self.enterprise)

    @property
    def is_direct(self) -> bool:
        """Whether only this person and the bot are here."""
        return self.channel.startswith("D")

    def asker(self, user: User, *, is_shared: bool | None = None) -> Asker:
        """The person at the place; what a thread is about is kept by channel in a direct message without threads."""
        shared = self.is_shared if is_shared is None else is_shared
        thread = self.thread or (self.channel if self.is_direct else "")
        organisation = workspace(None, self.enterprise) if self.enterprise else ""
        place = Place(self.workspace, self.channel, thread, shared, organisation=organisation, is_direct=self.is_direct)
        return Asker(user, place)


def workspace(team: str | None, enterprise: str | None) -> str:
    """`slack:T1`; the organisation's id where Slack names no workspace."""
    return f"slack:{team or enterprise or ''}"


def spoken_text(text: str, bot_user: str) -> str:
    """What a person typed, without the mention of the bot, links and entities as people see them."""
    if "<" in text:
        text = _unaddressed(text, bot_user)
        text = _CHANNEL.sub(lambda found: f"#{found[2] or found[1]}", _LINK.sub(_link, text))
        text = _SPECIAL.sub(r"@\1", _MAIL.sub(r"\1", text))
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text).strip()


def _link(found: re.Match[str]) -> str:
    """The address; what was typed without `http://` where Slack made a link of it by itself."""
    address, label = found.groups()
    return label if label and label == address.partition("://")[2].removesuffix("/") else address


def _unaddressed(text: str, bot_user: str) -> str:
    """A text without the mention that addresses the bot, and without the comma or colon after it."""
    mention = rf"(?:<@{re.escape(bot_user)}(?:\|[^<>]*)?>\s*)+" if bot_user else r"^\s*<@\w+(?:\|[^<>]*)?>\s*"
    found = re.search(mention, text)
    if found is None:
        return text
    before, after = text[: found.start()], text[found.end() :]
    return before + (after if before.strip() else after.lstrip(" \t\n\xa0,:;，：、"))


def slash_source(body: Payload) -> Source:
    """Where a slash command was typed (https://docs.slack.dev/interactivity/implementing-slash-commands)."""
    return Source(
        body.get("team_id") or "", body.get("enterprise_id") or "", body["user_id"], body.get("channel_id") or ""
    )


def slash_command(body: Payload, asker: Asker, router: Router) -> Command:
    """`/client flag acme mala-paga` as the command that it is."""
    line = spoken_text(body.get("text") or "", "-")
    known_as = f"slack:{body.get('trigger_id', '')}"
    return Command(known_as, asker.user, asker.place, *router.command(line), said=Said(line))


def event_source(body: Payload) -> Source:
    """Where an event of the Events API happened; a mention outside a thread starts one."""
    event = body["event"]
    team, enterprise, _ = installed(body)
    channel = event.get("channel") or ""
    thread = event.get("thread_ts") or ("" if channel.startswith("D") else event.get("ts", ""))
    home, profile = event.get("user_team") or event.get("team") or team, event.get("user_profile") or {}
    # The profile in the event tells guests even while Slack can't be asked.
    is_guest = bool(profile.get("is_restricted") or profile.get("is_ultra_restricted"))
    return Source(
        team, enterprise, event.get("user") or "", channel, thread, is_shared=bool(body.get("is_ext_shared_channel")),
        is_outsider=is_guest or bool(team and home not in (team, enterprise)),
        is_new_thread=not event.get("thread_ts"),
    )  # fmt: skip


def bot_user(body: Payload) -> str:
    """The bot's own user id, as Slack names it with every event."""
    return installed(body)[2]


def installed(body: Payload) -> tuple[str, str, str]:
    """The workspace and organisation in which the bot is installed, and its user id there."""
    given = (body.get("authorizations") or [{}])[0]
    team = given.get("team_id") or body.get("team_id") or ""
    return team, given.get("enterprise_id") or body.get("enterprise_id") or "", given.get("user_id") or ""


def tenant(body: Payload) -> str:
    """The workspace, or the whole organisation, that an installed bot serves."""
    given = (body.get("authorizations") or [{}])[0]
    team, enterprise, _ = installed(body)
    return workspace(None if given.get("is_enterprise_install") else team, enterprise)


def event_id(body: Payload) -> str:
    """The id under which Slack sends an event again."""
    return f"slack:{body.get('event_id', '')}"


def said(body: Payload, asker: Asker, router: Router, *, is_private: bool) -> Action | Command | Question:
    """A message that addresses the bot: a command when it reads as one, else a question; or that it was changed."""
    known_as = event_id(body)
    if (body["event"].get("edited") or {}).get("ts"):
        # Slack tells of a changed message as of a new one, under an id of its own.
        return Action(known_as, asker.user, asker.place, EDITED, is_redeliverable=True)
    text = typed(spoken_text(body["event"].get("text") or "", bot_user(body)))
    command = Command(known_as, asker.user, asker.place, "", is_redeliverable=True)
    if said := router.spoken(text):
        return command._replace(name=said[0], args=said[1], said=Said(text))
    return Question(
        known_as, asker.user, asker.place, text, is_public=not is_private, is_redeliverable=True, as_command=command
    )


def as_edited(body: Payload) -> Payload:
    """The news that the text of a direct message was changed, in the form in which Slack tells of a changed mention."""
    event = body["event"]
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    if event.get("subtype") != "message_changed" or now.get("text") == before.get("text"):
        return body
    return {**body, "event": {**now, "channel": event.get("channel"), "channel_type": "im"}}


def interaction_source(body: Payload) -> Source:
    """Where a button was pressed, an entry chosen or a modal sent."""
    user, view, message = body["user"], body.get("view") or {}, body.get("message") or {}
    container, channel = body.get("container") or {}, body.get("channel") or {}
    origin, enterprise = origin_of(view), (body.get("enterprise") or {}).get("id") or ""
    team, home = (body.get("team") or {}).get("id") or "", user.get("team_id") or ""
    # In a modal that somebody of another company opened, `team` is theirs. What an organisation installed names the
    # organisation there (https://github.com/slackapi/bolt-js/issues/1720): then the view itself knows its workspace.
    named = (view.get("app_installed_team_id"), origin.team, team, view.get("team_id"), home)
    installed = next((str(one) for one in named if one and one != enterprise and not one.startswith("E")), "")
    return Source(
        installed, enterprise, user["id"], channel.get("id") or container.get("channel_id") or origin.channel,
        container.get("thread_ts") or message.get("thread_ts") or origin.thread,
        is_outsider=(home or team or installed) not in (installed, enterprise),
    )  # fmt: skip


def pressed(body: Payload, asker: Asker) -> Action:
    """The action of a button or of a menu's option."""
    chosen, container = chosen_in(body), body.get("container") or {}
    if option := chosen.get("selected_option"):
        name, _, value = str(option.get("value") or "").partition(" ")
    else:
        name, value = str(chosen.get("action_id") or "").rpartition("#")[0], str(chosen.get("value") or "")
        value = "" if value == "-" else value
    is_message = container.get("type") == "message"
    is_public = is_message and not container.get("is_ephemeral") and not asker.place.channel.startswith("D")
    event_id = f"slack:{chosen.get('action_ts', '')}:{asker.user.id}"
    return Action(event_id, asker.user, asker.place, name, value, is_public=is_public)


def chosen_in(body: Payload) -> Payload:
    """What was pressed or chosen; empty where a payload names nothing."""
    return next(iter(body.get("actions") or ()), None) or {}


def shortcut(body: Payload, asker: Asker, action: str) -> Action:
    """An entry of a message's own menu, with the message's text."""
    text = spoken_text((body.get("message") or {}).get("text") or "", "-")
    return Action(f"slack:{body.get('action_ts', '')}:{asker.user.id}", asker.user, asker.place, action, text=text)


class Origin(NamedTuple):
    """What a view must remember: for which workspace and where it was opened, on which message, a form's own value."""

    channel: str = ""
    thread: str = ""
    message: str = ""
    is_public: bool = False
    value: str = ""
    team: str = ""

    def as_metadata(self) -> str:
        """As a view's `private_metadata`."""
        return json.dumps([self.channel, self.thread, self.message, self.is_public, self.value, self.team])


def origin_of(view: Payload) -> Origin:
    """The origin that a view holds; an empty one when the view is of another version and holds it otherwise."""
    try:
        # The version before this one wrote no team.
        channel, thread, message, is_public, value, *team = json.loads(view.get("private_metadata") or "null")
    except (TypeError, ValueError):
        return Origin()
    return Origin(str(channel), str(thread), str(message), is_public is True, str(value), str(next(iter(team), "")))


def permalink(body: Payload, origin: Origin, host: str) -> str:
    """The address of a message as Slack itself makes it; empty when the payload names no workspace's domain."""
    domain = (body.get("team") or {}).get("domain")
    if not domain:
        return ""
    thread = f"?thread_ts={origin.thread}&cid={origin.channel}" if origin.thread else ""
    return f"https://{domain}.{host}/archives/{origin.channel}/p{origin.message.replace('.', '')}{thread}"


def submission(body: Payload, asker: Asker, evidence: str) -> Submission:
    """A modal that was sent."""
    view, origin = body["view"], origin_of(body["view"])
    event_id = f"slack:{view.get('id', '')}:{view.get('hash', '')}"
    return Submission(
        event_id, asker.user, asker.place, view["callback_id"], views.values(view), origin.value,
        is_public=origin.is_public, evidence=evidence,
    )  # fmt: skip
