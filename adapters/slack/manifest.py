"""The app manifest, made from the command registry and the handlers: `chao slack manifest`."""

from __future__ import annotations

from typing import Any

from adapters.slack.interactions import SHORTCUT
from adapters.slack.slash import COMMAND
from bot.commands import CommandSpec

# Each scope with what it is for; docs/slack.md says the same to whoever installs the bot, and a test compares.
SCOPES: dict[str, str] = {
    "app_mentions:read": "hear who mentions the bot",
    "assistant:write": "offer prompts and show that an answer is under way in the assistant pane",
    "channels:history": "look whether the bot's own message arrived before it is sent again (public channels)",
    "channels:read": "know whether another company reads a public channel, so that no flag is shown there",
    "chat:write": "answer",
    "commands": "the /client command and the “Flag client…” entry of messages",
    "files:write": "send an export or a chart as a file",
    "groups:history": "look whether the bot's own message arrived before it is sent again (private channels)",
    "groups:read": "know whether another company reads a private channel that the bot is in",
    "im:history": "hear direct messages to the bot",
    "im:write": "open a direct message for a private file or notice",
    "users:read": "know a person's language, and whether they are a guest or an administrator",
}
EVENTS: dict[str, str] = {
    "app_home_opened": "draw the front page",
    "app_mention": "answer a mention",
    "app_uninstalled": "erase the workspace's data",
    "assistant_thread_context_changed": "Slack sends it with the assistant pane; nothing is kept of it",
    "assistant_thread_started": "offer prompts in the assistant pane",
    "message.im": "answer a direct message",
    "team_access_granted": "keep the data of a workspace that an organisation's install serves again",
    "team_access_revoked": "erase the data of a workspace that an organisation's install serves no more",
    "tokens_revoked": "erase the workspace's tokens",
}
_MAX_HINT = 1_000
_DESCRIPTION = "Flag difficult clients, ask what to do, read the week. For agencies, studios and freelance teams."


def manifest(commands: dict[str, CommandSpec], url: str = "") -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP at a public address (https://docs.slack.dev/reference/app-manifest)."""
    base = url.rstrip("/")
    events = f"{base}/slack/events" if base else ""
    return {
        "display_information": {"name": "Chao", "description": _DESCRIPTION, "background_color": "#1f3a4d"},
        "features": _features(commands, events),
        "oauth_config": {
            **({"redirect_urls": [f"{base}/slack/oauth_redirect"]} if base else {}),
            "scopes": {"bot": sorted(SCOPES)},
        },
        "settings": _settings(events),
    }


def _features(commands: dict[str, CommandSpec], events: str) -> dict[str, Any]:
    command = {
        "command": COMMAND,
        "description": "Flag a client, ask for advice, see the week",
        "usage_hint": _hint(commands),
        "should_escape": True,
    }
    shortcut = {
        "name": "Flag client…",
        "type": "message",
        "callback_id": SHORTCUT,
        "description": "Flag a client, with this message as evidence",
    }
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "assistant_view": {"assistant_description": "Advice on difficult clients, from your team's playbooks"},
        "bot_user": {"display_name": "chao", "always_online": True},
        "shortcuts": [shortcut],
        "slash_commands": [command | ({"url": events} if events else {})],
    }


def _settings(events: str) -> dict[str, Any]:
    addresses = {"request_url": events, "message_menu_options_url": events} if events else {}
    return {
        "event_subscriptions": {**({"request_url": events} if events else {}), "bot_events": sorted(EVENTS)},
        "interactivity": {"is_enabled": True, **addresses},
        "org_deploy_enabled": True,
        "socket_mode_enabled": not events,
        "token_rotation_enabled": False,
    }


def _hint(commands: dict[str, CommandSpec]) -> str:
    return " | ".join(commands)[:_MAX_HINT]
