"""Messages to be said later: an English key, its plural and its values.

`N` marks a message for the catalogue and delays it until the reader's language is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NONE: Mapping[str, object] = MappingProxyType({})


class Message(NamedTuple):
    """`key` is the English text; `values` fill its `{gaps}`; `number` picks the plural."""

    key: str
    values: Mapping[str, object] = _NONE
    plural: str = ""
    number: int = 1
    context: str = ""


def N(key: str, /, **values: object) -> Message:  # noqa: N802 - the customary name of the gettext marker
    """A message without plural."""
    return Message(key, values)


def NN(key: str, plural: str, count: int, /, **values: object) -> Message:  # noqa: N802
    """A message that depends on a count, which is also its `{count}`."""
    return Message(key, {"count": count, **values}, plural, count)


def C(context: str, key: str, /) -> Message:  # noqa: N802
    """A word whose translation depends on what it is: a command's name, a tone."""
    return Message(key, context=context)
