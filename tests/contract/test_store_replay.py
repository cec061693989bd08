"""The figures of a week are those of a replay: what happened to each flag, event by event, up to a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import Turn
from bot.events import Command, Place, User
from bot.i18n.speech import Speech
from bot.records import Status
from bot.storage.store import Store
from bot.summary.week import Week, week
from tests.contract.teams import Member, a_flag
from tests.support import EXAMPLES, START, Clock, our_knowledge, reader

WEEK, HALF_DAY = timedelta(days=7), timedelta(hours=12)
SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
NUMBERS = count()


@dataclass(frozen=True)
class Life:
    """A flag in half days from the week's end: when it was made, how long it lasts, who ended it how long after."""

    client: str
    kind: str
    made: int
    lasts: int
    ending: Status
    after: int

    @property
    def is_closed(self) -> bool:
        """Whether somebody came to it before it expired."""
        return self.ending is not Status.ACTIVE and self.after < self.lasts

    @property
    def is_mistake(self) -> bool:
        """Whether it was withdrawn, then or later."""
        return self.is_closed and self.ending is Status.WITHDRAWN

    def state(self, at: datetime) -> str:
        """What it was at a moment, had nobody known what follows; empty before it was made."""
        # A disputed flag is open still, and expires.
        is_ended = self.is_closed and self.ending is not Status.DISPUTED
        end = (self.after, self.ending.value) if is_ended else (self.lasts, "expired")
        events = [(0, "open"), end]
        return next((state for when, state in reversed(events) if START + (self.made + when) * HALF_DAY <= at), "")


LIVES = st.lists(
    st.builds(
        Life,
        st.sampled_from(["acme", "globex"]),
        st.sampled_from(["mala-paga", "indeciso"]),
        st.integers(-50, 4),
        st.sampled_from([10, 14, 20, 360]),
        st.sampled_from([s for s in Status if s is not Status.EXPIRED]),
        st.integers(0, 54),
    ),
    max_size=8,
)


def lived(store: Store, lives: Iterable[Life]) -> None:
    """Make these flags, with what became of them."""
    for life in lives:
        client = store.clients.find(life.client) or store.clients.create(life.client)
        made = START + life.made * HALF_DAY
        flag = a_flag(client.id, life.kind, created_at=made, expires_at=made + life.lasts * HALF_DAY)
        ended = flag._replace(stored_status=life.ending, closed_at=made + life.after * HALF_DAY)
        store.flags.add(ended if life.is_closed else flag)


def recounted(lives: Iterable[Life]) -> dict[str, int]:
    """The definition: new and before by when they were made, open as of the end, ended between the two ends."""
    real = [life for life in lives if not life.is_mistake]
    pairs = [(life.state(START - WEEK), life.state(START)) for life in real]
    return {
        "new": sum(then == "" and now != "" for then, now in pairs),
        "before": sum(life.state(START - 2 * WEEK) == "" and life.state(START - WEEK) != "" for life in real),
        "open": sum(now == "open" for _, now in pairs),
        "resolved": sum(then != now == "resolved" for then, now in pairs),
        "expired": sum(then != now == "expired" for then, now in pairs),
    }


def told(found: Week) -> dict[str, int]:
    """The same figures, as the summary has them."""
    return {
        "new": sum(sum(moves.new.values()) for moves in found.moves),
        "before": sum(moves.before for moves in found.moves),
        "open": sum(entry.total for entry in found.ranked),
        "resolved": sum(moves.resolved for moves in found.moves),
        "expired": sum(moves.expired for moves in found.moves),
    }


def the_week(store: Store) -> Week:
    """As a summary that was due at the start sees it."""
    event = Command("1", User("ana"), Place("slack:T1", "C1"), "summary")
    turn = Turn(event, store, our_knowledge().current(), Speech("en"), reader(), {}, store.scope.now)
    return week(turn, START, "UTC")


@SHARED
@given(LIVES)
async def test_the_figures_of_a_week_are_those_of_a_replay_however_late(ana: Member, lives: list[Life]) -> None:
    team = replace(ana.elsewhere(f"slack:{next(NUMBERS)}"), clock=Clock(START + 2 * HALF_DAY))
    await team.does(lambda store: lived(store, lives))
    assert told(await team.sees(the_week)) == recounted(lives)
