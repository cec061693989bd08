"""Finds who "the other client" is: of the two that a thread is about the one that was not talked of last."""

from __future__ import annotations

from bot.commands import Turn
from bot.features.heard import Heard, heard_in
from bot.features.talk import shown
from bot.i18n.messages import N
from bot.names import fold
from bot.patterns import late_pattern
from bot.records import Client
from bot.reply import Reply, Section

OTHER = "the-other"
# Before what they did; elsewhere it may be a comparison: "he says the other client gets it cheaper".
_DID = late_pattern(
    r"(?P<before>(?:(?:no|sorry|and|but|it was|y|pero|digo|perdon|fue|era)\b\W*|不对|不是|是|，)*)"
    r"(?:the other (?:client|customer|company)|(?:el|la) otr[oa] (?:client[ea]|empresa)|"
    r"另外?(?:一|那)(?:个|家|位)客户)(?P<after>.+)"
)


def with_other(heard: Heard, turn: Turn) -> Heard:
    """What is heard when "the other client" is taken for the name of the one that can be meant."""
    others = _others(turn) if OTHER in heard.asked.ids and not heard.clients else []
    if len(others) != 1:
        return heard
    if not heard.asked.is_nearly_all:
        return _what_they_did(heard, others[0], turn)
    fresh = {OTHER, *(intent.id for intent in shown("fresh", heard.asked, turn))}
    asked = heard.asked._replace(ids=tuple(name for name in heard.asked.ids if name not in fresh))
    follow_ups = tuple(intent for intent in heard.follow_ups if intent.id != OTHER)
    return heard._replace(asked=asked, clients=tuple(others), follow_ups=follow_ups, is_name=not follow_ups)


def _what_they_did(heard: Heard, other: Client, turn: Turn) -> Heard:
    """The same with the name in the place of those words."""
    found = _DID.fullmatch(fold(heard.text))
    return heard_in(f"{found['before']}{other.name} {found['after']}", turn) if found else heard


def nobody_else(heard: Heard, turn: Turn) -> Reply | None:
    """That it is not plain who is meant, to what says no more than that it is the other one."""
    if OTHER not in heard.asked.ids or heard.clients or not heard.asked.is_nearly_all or heard.news:
        return None
    names = [client.name for client in _others(turn)]
    text = (
        N("Which client do you mean: {names}?", names=names)
        if names
        else N("I know of no other client in this talk. Tell me its name, and what it does.")
    )
    return Reply(blocks=(Section(turn.speech(text)),))


def _others(turn: Turn) -> list[Client]:
    """The clients that were talked of there, but for the one that was last."""
    if not turn.may_see_clients:
        return []
    last = turn.talked_of().client_id
    ids = (subject.client_id for subject in turn.spoken_of() if subject.client_id not in (None, last))
    return [client for client in map(turn.store.clients.by_id, filter(None, ids)) if client]
