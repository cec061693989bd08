"""Lays one record over another: a team's words over ours."""

from __future__ import annotations

from typing import Any

ADDED_TO = "aliases"


def lay_over(base: Any, top: Any, key: str = "") -> Any:
    """Keys merge, entries with the same `id` merge, aliases add up; every other value of `top` replaces ours."""
    if isinstance(base, dict) and isinstance(top, dict):
        inner = ADDED_TO if key == ADDED_TO else ""
        return base | {name: lay_over(base.get(name), value, inner or str(name)) for name, value in top.items()}
    if isinstance(base, list) and isinstance(top, list):
        if key == ADDED_TO:
            return [*base, *(value for value in top if value not in base)]
        if _have_ids(base) and _have_ids(top):
            return _by_id(base, top)
    return top


def _have_ids(entries: list[Any]) -> bool:
    return all(isinstance(entry, dict) and "id" in entry for entry in entries)


def _by_id(base: list[Any], top: list[Any]) -> list[Any]:
    ours = {entry["id"]: entry for entry in base}
    for entry in top:
        ours[entry["id"]] = lay_over(ours.get(entry["id"]), entry)
    return list(ours.values())
