"""Discord's published contract, and the rules that it lacks, as checks of every request that the bot makes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

Json = dict[str, Any]
SPEC = Path(__file__).parents[1] / "payloads" / "discord" / "openapi.json"
# https://discord.com/developers/docs/interactions/application-commands#application-command-object
NAME = re.compile(r"[-_'\w]{1,32}")
LOCALES = frozenset(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja "
    "zh-TW ko".split()
)
CHAT, SUB_COMMAND = 1, 1
BUTTON, SELECT = 2, 3


@cache
def _spec() -> Json:
    spec: Json = json.loads(SPEC.read_text("utf-8"))
    for schema in spec["components"]["schemas"].values():
        if schema.get("type") == "object" and "properties" in schema:
            schema["additionalProperties"] = False
    return spec


@cache
def _calls() -> list[tuple[str, re.Pattern[str], Draft202012Validator | None]]:
    found = []
    for path, methods in _spec()["paths"].items():
        pattern = re.compile(re.sub(r"\\?\{\w+\\?\}", "[^/]+", re.escape(path)))
        for method, call in methods.items():
            whole = {"components": _spec()["components"], "allOf": [call["schema"]]}
            found.append((method.upper(), pattern, Draft202012Validator(whole) if call["schema"] else None))
    return found


def check(method: str, path: str, payload: Any) -> None:
    """A request is one that Discord publishes, with a body as published, and within the rules it does not publish."""
    known = [body for verb, pattern, body in _calls() if verb == method and pattern.fullmatch(path)]
    assert known, f"{method} {path} is not published"
    if known[0] is None:
        assert payload is None, path
        return
    problems = [f"{problem.instance_path}: {problem.message[:300]}" for problem in known[0].iter_errors(payload)]
    assert not problems, problems
    if path.endswith("/commands"):
        check_commands(payload)
    else:
        _check_said(payload.get("data", payload) or {})


def check_commands(commands: list[Json]) -> None:
    """What Discord refuses in a set of commands."""
    assert _differ(command["name"] for command in commands if command["type"] == CHAT)
    for command in commands:
        _check_command(command)
        assert sum(len(text) for text in _texts(command)) <= 8_000


def _check_command(part: Json) -> None:
    is_menu = part["type"] == 3 and "description" not in part
    names = [part["name"], *part.get("name_localizations", {}).values()]
    for name in names if not is_menu else ():
        assert NAME.fullmatch(name), name
        assert name == name.lower(), name
    assert {*part.get("name_localizations", ()), *part.get("description_localizations", ())} <= LOCALES
    for text in (part.get("description", "-"), *part.get("description_localizations", {}).values()):
        assert 1 <= len(text) <= 100, text
    assert not (part.get("choices") and part.get("autocomplete"))
    options = part.get("options", [])
    assert len(options) <= 25
    required = [option.get("required", False) for option in options if option["type"] != SUB_COMMAND]
    assert required == sorted(required, reverse=True), f"{part['name']}: an optional argument before a required one"
    for locale in ("", *LOCALES):
        assert _differ(option.get("name_localizations", {}).get(locale, option["name"]) for option in options)
    for option in options:
        _check_command(option)


def _texts(part: Json) -> Iterator[str]:
    """What counts towards a command's 8,000 characters, with the longest wording of each."""
    for name in ("name", "description"):
        if name in part:
            yield max((part[name], *part.get(f"{name}_localizations", {}).values()), key=len)
    for choice in part.get("choices", ()):
        yield choice["name"] + choice["value"]
    for option in part.get("options", ()):
        yield from _texts(option)


def _check_said(said: Json) -> None:
    """A message, a form or a list."""
    if "embeds" in said or "content" in said:
        assert said["allowed_mentions"] == {"parse": [], "replied_user": False}, "somebody may be pinged"
        assert said.get("embeds") or said.get("content") or said.get("attachments"), "an empty message"
    assert len(said.get("content") or "") <= 2_000
    assert sum(len(text) for embed in said.get("embeds", ()) for text in _embed_texts(embed)) <= 6_000
    ids = [part["custom_id"] for part in _parts(said.get("components", ())) if "custom_id" in part]
    assert _differ(ids), ids
    rows = [row for row in said.get("components", ()) if row["type"] == 1]
    assert len(rows) <= 5
    for row in rows:
        kinds = [part["type"] for part in row["components"]]
        assert kinds == [SELECT] or (set(kinds) == {BUTTON} and len(kinds) <= 5), kinds
    for part in _parts(said.get("components", ())):
        if part["type"] == SELECT:
            assert _differ(option["value"] for option in part["options"])
            assert sum(option.get("default", False) for option in part["options"]) <= 1
    assert all(1 <= len(choice["name"]) <= 100 and len(choice["value"]) <= 100 for choice in said.get("choices", ()))


def _embed_texts(embed: Json) -> Iterator[str]:
    yield from (embed[name] for name in ("title", "description") if name in embed)
    assert set(embed) - {"color"}, "an empty embed"


def _parts(components: Any) -> Iterator[Json]:
    for part in components:
        yield part
        yield from _parts(part.get("components", ()))
        yield from _parts([part["component"]] if "component" in part else ())


def _differ(values: Any) -> bool:
    found = list(values)
    return len(set(found)) == len(found)
