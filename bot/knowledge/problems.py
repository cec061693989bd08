"""A mistake in a knowledge file: where it is, what is wrong and what would be right."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.i18n.messages import Message, N

Path_ = tuple[str | int, ...]


class Problem(NamedTuple):
    """`line` counts from 1; `key` is the path inside the file, as `say.email.warm.subject`."""

    file: Path
    line: int
    key: str
    wrong: Message
    right: Message


class KnowledgeError(Exception):
    """The files can't be used; every mistake that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


_WORDS: dict[str, tuple[Message, Message]] = {
    "missing": (N("the key is missing"), N("add it")),
    "string_type": (N("this is not text"), N("write text, in quotes if it looks like a number or a date")),
    "dict_type": (N("this is not a set of keys"), N("indent `key: value` lines under it")),
    "tuple_type": (N("this is not a list"), N("start each entry on a line of its own with `- `")),
    "bool_type": (N("this is neither true nor false"), N("write true or false")),
    "bool_parsing": (N("this is neither true nor false"), N("write true or false")),
    "int_parsing": (N("this is not a whole number"), N("write a whole number")),
    "int_type": (N("this is not a whole number"), N("write a whole number")),
    "int_from_float": (N("this is not a whole number"), N("write a whole number")),
    "int_parsing_size": (N("this is not a whole number"), N("write a whole number")),
    "finite_number": (N("this is not a whole number"), N("write a whole number")),
    "value_error": (N("this is empty"), N("write at least one entry")),
    "model_type": (N("this is not a set of keys"), N("indent `key: value` lines under it")),
}
_LIMITS: dict[str, tuple[Message, Message, str]] = {
    "string_too_long": (N("the text is too long"), N("keep it to {limit} characters"), "max_length"),
    "string_too_short": (N("the text is too short"), N("its least length in characters is {limit}"), "min_length"),
    "too_short": (N("there are too few entries"), N("write at least {limit} entries"), "min_length"),
    "greater_than_equal": (N("the number is too small"), N("write {limit} or more"), "ge"),
    "less_than_equal": (N("the number is too large"), N("write {limit} or less"), "le"),
}


def from_pydantic(error: ErrorDetails, model: type[BaseModel]) -> tuple[Message, Message]:
    """What is wrong and what would be right, for one complaint of pydantic."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return N("no such key"), _closest(str(error["loc"][-1]), _siblings(model, error["loc"]))
    if kind in _LIMITS:
        return _beyond_limit(kind, context)
    if kind == "string_pattern_mismatch":
        return N("this does not have the form it needs"), N("it must match {pattern}", pattern=context["pattern"])
    if kind in ("literal_error", "enum"):
        return N("this is not one of the choices"), N(
            "choose from {choices}", choices=re.findall(r"'([^']+)'", context["expected"])
        )
    if kind.startswith("date"):
        return N("this is not a date"), N("write it as 2026-11-24")
    return _WORDS.get(
        kind, (N("this can't be read: {reason}", reason=error["msg"]), N("compare it with our own files"))
    )


def _beyond_limit(kind: str, context: dict[str, Any]) -> tuple[Message, Message]:
    wrong, right, name = _LIMITS[kind]
    if kind == "too_short" and context[name] == 1:
        return _WORDS["value_error"]
    return wrong, right._replace(values={"limit": context[name]})


def _closest(key: str, known: list[str]) -> Message:
    near = difflib.get_close_matches(key, known, 1, 0.6)
    return N("did you mean `{name}`?", name=near[0]) if near else N("use one of {names}", names=known)


def _siblings(model: type[BaseModel], loc: Path_) -> list[str]:
    schema: dict[str, Any] = model.model_json_schema()
    here = schema
    for part in loc[:-1]:
        here = _step(schema, here, part)
    return list(_resolved(schema, here).get("properties", {}))


def _step(root: dict[str, Any], here: dict[str, Any], part: str | int) -> dict[str, Any]:
    here = _resolved(root, here)
    if isinstance(part, int):
        return dict(here.get("items", {}))
    return dict(here.get("properties", {}).get(part) or here.get("additionalProperties") or {})


def _resolved(root: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    for option in here.get("anyOf", []):
        if "$ref" in option:
            here = option
    if "$ref" in here:
        return dict(root["$defs"][here["$ref"].rsplit("/", 1)[1]])
    return here
