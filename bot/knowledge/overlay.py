"""Lays one record over another: a team's words over ours."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal

ADDED_TO = ("aliases", "phrases", "figures")
Way = Literal["keys", "values", "entries", "replaced"]


def lay_over(base: Any, top: Any, key: str = "") -> Any:
    """Keys merge, entries with the same `id` merge, names and phrases add up; all else of `top` replaces ours."""
    match way(base, top, key):
        case "keys":
            return base | {name: lay_over(base.get(name), value, inner(key, name)) for name, value in top.items()}
        case "values":
            return [*base, *(value for value in top if value not in base)]
        case "entries":
            return _by_id(base, top)
        case "replaced":
            return top


def way(base: Any, top: Any, key: str) -> Way:
    """How two values under a key come together."""
    if isinstance(base, dict) and isinstance(top, dict):
        return "keys"
    if isinstance(base, list) and isinstance(top, list):
        if key in ADDED_TO:
            return "values"
        if _have_ids(base) and _have_ids(top):
            return "entries"
    return "replaced"


def inner(key: str, name: str | int) -> str:
    """The key that decides how the values under `name` come together: all under `ADDED_TO` add up."""
    return key if key in ADDED_TO else str(name)


def _have_ids(entries: list[Any]) -> bool:
    return all(isinstance(entry, dict) and isinstance(entry.get("id", []), Hashable) for entry in entries)


def _by_id(base: list[Any], top: list[Any]) -> list[Any]:
    ours = {entry["id"]: entry for entry in base}
    for entry in top:
        ours[entry["id"]] = lay_over(ours.get(entry["id"]), entry)
    return list(ours.values())
