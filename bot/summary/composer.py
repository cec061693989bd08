"""Composes what the deliveries send, from the rows of the workspace that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.commands import Turn
from bot.delivery.composing import Replies
from bot.events import Command, Place, User
from bot.i18n.locale import choose
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.knowledge.schema import Language
from bot.records import Fault
from bot.reply import ChannelLink, Reply, Section
from bot.router import Services
from bot.storage.database import Session
from bot.storage.outbox import Claim
from bot.storage.store import Store
from bot.summary.card import card
from bot.summary.channel import Settings
from bot.summary.details import details
from bot.summary.phrases import Phrases
from bot.summary.week import Week
from bot.summary.wording import FAULTS

NOBODY = User("")
# When a week ends, the zone of its calendar, the channel whose clients count.
_View = tuple[datetime, str, str]


class SummaryComposer:
    """The words of every channel's summary, in the channel's language."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def summaries(self, session: Session, claims: Sequence[Claim]) -> list[Replies]:
        """For each channel of one workspace, the message and its details; nothing in a week without wanted news."""
        desk = _Desk(self._services, self._turn(session, claims[0].workspace))
        return [desk.summary(claim) for claim in claims]

    def _turn(self, session: Session, workspace: str) -> Turn:
        services = self._services
        store = Store.open(session, workspace, NOBODY.id, services.clock())
        event = Command("", NOBODY, Place(workspace, ""), "summary", is_public=True)
        knowledge, now = services.knowledge.current(), store.scope.now
        return Turn(event, store, knowledge, Speech("en"), services.reader, {}, now, is_public=True)

    def notice(self, claim: Claim, fault: Fault) -> Reply:
        """What went wrong with which channel, and what to do."""
        say = Speech(choose(claim.language, self._services.locale))
        title = say(N("I could not post the weekly summary in this channel:"))
        return Reply(title, (ChannelLink(claim.channel), Section(say(FAULTS[fault]))), is_error=True)


class _Desk:
    """One unit of work: channels that see the same week share it, and its words where they share a language.

    Five statements for the first channel, one for another that shares all.
    """

    def __init__(self, services: Services, turn: Turn) -> None:
        self._locale, self._turn = services.locale, turn
        self._weeks: dict[_View, Week] = {}
        self._said: dict[tuple[_View, Language], Replies] = {}

    def summary(self, claim: Claim) -> Replies:
        here = Settings.of(self._turn, claim.channel)
        view = claim.due_at, here.zone, here.scope
        if view not in self._weeks:
            self._weeks[view] = here.week(self._turn, claim.due_at)
        if here.is_quiet and not self._weeks[view].is_eventful:
            return ()
        return self._words(view, here.language(self._locale))

    def _words(self, view: _View, language: Language) -> Replies:
        if (view, language) not in self._said:
            self._said[view, language] = _composed(self._weeks[view], self._turn.speaking(language))
        return self._said[view, language]


def _composed(week: Week, turn: Turn) -> Replies:
    phrases = Phrases(turn, week)
    return tuple(reply for reply in (card(phrases), details(phrases)) if reply.blocks)
