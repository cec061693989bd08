"""The shape of `orders.yaml`: sentences that ask for a command, with the slots from which its arguments come."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from bot.knowledge.schema import Entry, Language, Slug, Utterance

SLOTS = ("client", "into", "archetype", "day", "time", "reason", "note", "text", "name", "rest")
Sure = Literal["plain", "known", "asked"]
SLOT = re.compile(r"<([^<>]*)>")


class Order(Entry):
    """Whole sentences that mean a `command`, with the arguments that they leave unsaid `given`.

    In a phrase `a/b` stands for two, a part that ends in `?` may be left out, `,` is any pause, and a slot such as
    `<client>` is an argument; `<rest>` is a known client and whatever follows. How `sure` it is that they mean it:
    `plain`, whoever is named; `known`, where the client that is named is known; `asked`, there too only after a button.
    """

    id: Slug
    command: Slug
    given: dict[str, str] = Field(default_factory=dict)
    sure: Sure = "known"
    phrases: dict[Language, tuple[Utterance, ...]] = Field(default_factory=dict)


class Orders(Entry):
    """`orders.yaml`; of several that a sentence may be the first one counts.

    `manners` and `requests` may stand around any of them; after requests a question asks for it too.
    """

    manners: dict[Language, tuple[Utterance, ...]] = Field(default_factory=dict)
    requests: dict[Language, tuple[Utterance, ...]] = Field(default_factory=dict)
    orders: tuple[Order, ...] = ()
