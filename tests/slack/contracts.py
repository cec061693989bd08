"""Slack's published contracts, and the limits that they lack, as checks of what the bot sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft7Validator

FOLDER = Path(__file__).parents[1] / "payloads" / "slack"
Json = dict[str, Any]
# https://docs.slack.dev/reference/block-kit: characters by the kind of text.
LENGTHS = {"header": 150, "section": 3_000, "context": 3_000, "button": 75, "option": 75}


@cache
def schema(name: str) -> Draft7Validator:
    """A schema by its file's name."""
    return Draft7Validator(json.loads((FOLDER / "schemas" / f"{name}.json").read_text("utf-8")))


def sample(name: str) -> Json:
    """The shape of an inbound payload, with blank values."""
    loaded: Json = json.loads((FOLDER / "samples" / f"{name}.json").read_text("utf-8"))
    return loaded


@cache
def method(name: str) -> Json | None:
    """What is published of a Web API method; None for those that are not."""
    path = FOLDER / "methods" / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def scopes_of(name: str) -> list[str]:
    """The bot's scopes of which a method needs one; the assistant's methods are not in what is published."""
    published = method(name)
    if published is None:
        return ["assistant:write"]
    return list((published.get("scope") or {}).get("bot") or ())


def check_call(name: str, params: Json) -> None:
    """Every argument is known and none that is required is missing."""
    published = method(name)
    if published is None:
        assert name.startswith("assistant.threads."), name
        return
    known, required = published["args"]["properties"], published["args"].get("required", [])
    assert set(params) <= set(known), (name, sorted(set(params) - set(known)))
    assert {one for one in required if one != "token"} <= set(params), (name, required)


def check_blocks(blocks: list[Json], most: int = 50) -> None:
    """Blocks are as published, and within the limits."""
    problems = [problem.message for problem in schema("Blocks").iter_errors(blocks)]
    assert not problems, problems
    assert len(blocks) <= most
    # https://github.com/slackapi/bolt-js/issues/2867: what people measured of `msg_blocks_too_long`.
    assert _characters(blocks) + 72 * len(blocks) <= 13_000
    for block in blocks:
        _check_limits(block)


def check_view(view: Json) -> None:
    """A modal or a home page is as published, and within the limits."""
    problems = [p.message for p in schema("Home" if view["type"] == "home" else "Modal").iter_errors(view)]
    assert not problems, problems
    assert len(view["blocks"]) <= 100
    assert len(view.get("private_metadata", "")) <= 3_000
    for name in ("title", "submit", "close"):
        assert len(view.get(name, {}).get("text", "")) <= 24
    for block in view["blocks"]:
        _check_limits(block)


def _check_limits(block: Json) -> None:
    for kind, text in _texts(block):
        assert 0 < len(text) <= LENGTHS[kind], (kind, len(text))
    for element in block.get("elements", ()) if block["type"] == "actions" else ():
        assert len(element["action_id"]) <= 255
        assert len(element.get("value", "-")) <= 2_000
        assert 0 < len(element.get("options", "-")) <= 100
        assert all(len(option["value"]) <= 150 for option in element.get("options", ()))
    assert len(block.get("elements", ())) <= 25
    assert len(block.get("fields", ())) <= 10


def _characters(part: object) -> int:
    if isinstance(part, dict):
        own = part.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(_characters(value) for value in part.values())
    return sum(map(_characters, part)) if isinstance(part, list) else 0


def _texts(block: Json) -> Iterator[tuple[str, str]]:
    if "text" in block:
        yield block["type"], block["text"]["text"]
    for field in block.get("fields", ()):
        yield "section", field["text"]
    for element in block.get("elements", ()):
        if block["type"] == "context":
            yield "context", element["text"]
        elif block["type"] == "actions":
            yield from ((("button", element["text"]["text"]),) if element["type"] == "button" else ())
            yield from (("option", option["text"]["text"]) for option in element.get("options", ()))
