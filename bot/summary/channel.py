"""What is set for the summary of one channel: its zone, its language, whose clients, and whether it may be silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.commands import YES, Turn
from bot.i18n.locale import choose
from bot.knowledge.schema import Language
from bot.records import Plan
from bot.summary.week import Week, week

LANGUAGE, SCOPE, QUIET, ZONE = "summary-language", "summary-scope", "summary-quiet", "zone"
EVERYONE, FROM_HERE = "all", "channel"
UTC_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices in force in a channel; `plan` is None where no summary was ever set up."""

    channel: str
    plan: Plan | None
    own: dict[str, str]
    team: dict[str, str]

    @classmethod
    def of(cls, turn: Turn, channel: str) -> Settings:
        """Read with one statement."""
        here = turn.store.schedules.of(channel)
        return cls(channel, here.plan, here.settings, turn.store.settings)

    @property
    def zone(self) -> str:
        """The plan's zone, else the team's; UTC for one that is no longer known."""
        named = self.plan.zone if self.plan else self.team.get(ZONE, UTC_ZONE)
        try:
            return ZoneInfo(named).key
        except (ZoneInfoNotFoundError, ValueError):
            return UTC_ZONE

    @property
    def is_quiet(self) -> bool:
        """Whether a week without news is left out."""
        return self.own.get(QUIET) == YES

    @property
    def is_local(self) -> bool:
        """Whether only clients flagged from this channel count."""
        return self.own.get(SCOPE) == FROM_HERE

    @property
    def scope(self) -> str:
        """The channel whose clients count; empty when all of the team's do."""
        return self.channel if self.is_local else ""

    def language(self, default: str) -> Language:
        """The channel's own, else the team's, else that of who set it up."""
        own, team = self.own.get(LANGUAGE, ""), self.team.get("language", "")
        return choose(own, team, self.plan.language if self.plan else "", default)

    def week(self, turn: Turn, until: datetime) -> Week:
        """The week before a moment (UTC), as this channel sees it."""
        return week(turn, until, self.zone, self.scope)
