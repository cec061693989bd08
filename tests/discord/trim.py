"""Cuts Discord's published OpenAPI down to what the bot calls: `python -m tests.discord.trim openapi.json`.

Kept are the schemas of the request bodies below and all that they refer to, without descriptions.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]
KEPT = Path(__file__).parents[1] / "payloads" / "discord" / "openapi.json"
CALLS = (
    ("get", "/users/@me"),
    ("get", "/oauth2/applications/@me"),
    ("get", "/applications/@me"),
    ("get", "/gateway/bot"),
    ("get", "/users/@me/guilds"),
    ("get", "/channels/{channel_id}"),
    ("get", "/applications/{application_id}/commands"),
    ("put", "/applications/{application_id}/commands"),
    ("get", "/applications/{application_id}/guilds/{guild_id}/commands/permissions"),
    ("post", "/interactions/{interaction_id}/{interaction_token}/callback"),
    ("patch", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    ("delete", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    ("post", "/webhooks/{webhook_id}/{webhook_token}"),
    ("post", "/channels/{channel_id}/messages"),
    ("get", "/channels/{channel_id}/messages"),
    ("post", "/users/@me/channels"),
)
REF = "#/components/schemas/"


def main() -> None:
    """Write the trimmed file."""
    whole = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    paths: Json = {}
    for method, path in CALLS:
        paths.setdefault(path, {})[method] = {"schema": _body(whole["paths"][path][method])}
    schemas: Json = {}
    _collect(paths, whole["components"]["schemas"], schemas)
    text = json.dumps({"info": whole["info"], "paths": paths, "components": {"schemas": schemas}}, sort_keys=True)
    KEPT.write_text(text + "\n", "utf-8")


def _body(call: Json) -> Any:
    """The schema of a request's JSON body; None where there is none."""
    return _plain(call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema"))


def _collect(part: Any, known: Json, found: Json) -> None:
    for name in [name for name in _references(part) if name not in found]:
        found[name] = _plain(known[name])
        _collect(found[name], known, found)


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"].removeprefix(REF)] if "$ref" in part else []
        return own + [name for value in part.values() for name in _references(value)]
    return [name for value in part for name in _references(value)] if isinstance(part, list) else []


def _plain(part: Any) -> Any:
    """Without what is only for readers; a property may be called `description`, and stays."""
    if isinstance(part, dict):
        return {name: _plain(value) for name, value in part.items() if not _is_prose(name, value)}
    return [_plain(value) for value in part] if isinstance(part, list) else part


def _is_prose(name: str, value: Any) -> bool:
    return name.startswith("x-") or (name in ("title", "description") and isinstance(value, str))


if __name__ == "__main__":
    main()
