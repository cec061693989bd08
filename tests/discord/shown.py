"""Markdown as Discord draws it, and a message as a person reads it. Markup that nobody meant fails the test."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]
_TOKEN = re.compile(
    r"\\(?P<literal>[^A-Za-z0-9\s])|(?P<link>https?://[^\s<>`*|]+)|(?P<code>`[^`\n]+`)|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|(?P<markup>[*_~|<\[@`])"
)
_FENCED = re.compile(r"```\n(.*?)\n```", re.DOTALL)
_MARK = re.compile(r"^(-# |- |\d+\. |\s+)?(.*)$")
_AT_START = re.compile(r"[#>+-]|\d+[.)]")


def drawn(text: str) -> str:
    """A text without its markup; fails where a piece of somebody's text would have become markup."""
    parts = _FENCED.split(text)
    return "".join(part if number % 2 else _lines(part) for number, part in enumerate(parts))


def read(payload: Json, files: dict[str, bytes]) -> str:
    """All that a person reads in a message."""
    texts = [drawn(payload["content"])] if payload.get("content") else []
    for embed in payload.get("embeds") or ():
        texts += [drawn(embed[name]) for name in ("title", "description") if name in embed]
    return "\n".join([*texts, *(content.decode("utf-8", "replace") for content in files.values())])


def labels(payload: Json) -> list[tuple[str, Json]]:
    """Everything that can be pressed or chosen, by what stands on it; a choice in force can't be chosen again."""
    found: list[tuple[str, Json]] = []
    for row in payload.get("components") or ():
        for part in row["components"]:
            options = [
                (o["label"], {**part, "values": [o["value"]]}) for o in part.get("options", ()) if "default" not in o
            ]
            found += options if "options" in part else [(part["label"], part)]
    return found


def _lines(text: str) -> str:
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    found = _MARK.match(line)
    assert found
    mark, rest = found[1] or "", found[2]
    assert not _AT_START.match(rest), f"a line begins with markup: {line!r}"
    return f"{'' if mark == '-# ' else mark}{_inline(rest)}"


def _inline(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        assert not found["markup"], f"markup in {text!r}"
        return _inline(found["bold"]) if found["bold"] else found["literal"] or found["link"] or found["code"]

    return _TOKEN.sub(plain, text)
