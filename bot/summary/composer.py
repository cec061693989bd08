"""Composes what the deliveries send, from the rows of the workspace that it is for."""

from __future__ import annotations

from bot.commands import Turn
from bot.events import Command, Place, User
from bot.i18n.locale import choose
from bot.i18n.messages import N
from bot.i18n.speech import Speech
from bot.records import Fault
from bot.reply import Reply, Section
from bot.router import Services
from bot.storage.database import Session
from bot.storage.outbox import Claim
from bot.storage.store import Store
from bot.summary.card import card
from bot.summary.channel import Settings
from bot.summary.details import details
from bot.summary.wording import FAULTS

NOBODY = User("")


class SummaryComposer:
    """The words of every channel's summary, in the channel's language."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def summary(self, session: Session, claim: Claim) -> tuple[Reply, ...]:
        """The message and its details; nothing in a week without news, where that is wanted. Five statements."""
        services = self._services
        store = Store.open(session, claim.workspace, NOBODY.id, services.clock())
        event = Command("", NOBODY, Place(claim.workspace, claim.channel), "summary", is_public=True)
        turn = Turn(
            event,
            store,
            services.knowledge.current(),
            Speech("en"),
            services.reader,
            {},
            store.scope.now,
            is_public=True,
        )
        here = Settings.of(turn, claim.channel)
        turn = turn.speaking(here.language(services.locale))
        week = here.week(turn, claim.due_at)
        if here.is_quiet and not week.is_eventful:
            return ()
        below = details(week, turn)
        return (card(week, turn), below) if below.blocks else (card(week, turn),)

    def notice(self, claim: Claim, fault: Fault) -> Reply:
        """What went wrong with which channel, and what to do."""
        say = Speech(choose(claim.language, self._services.locale))
        title = say(N("I could not post the weekly summary in the channel {channel}.", channel=claim.channel))
        return Reply(title, (Section(say(FAULTS[fault])),), is_error=True)
