"""A plan that is changed: what is promised comes, once, whatever the zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery.when import Weekly
from bot.records import Plan
from bot.storage.store import Store
from tests.delivery.fakes import FakePlatform, Team
from tests.support import EXAMPLES, START, Clock

ZONES = ["UTC", "Europe/Madrid", "Pacific/Auckland", "Pacific/Kiritimati", "Etc/GMT+12", "America/Caracas"]
WEEKLY = st.builds(Weekly, st.sampled_from([0, 0, 3, 6, 6]), st.integers(0, 1439), st.sampled_from(ZONES))
NUMBERS = count()


async def planned(team: Team, weekly: Weekly) -> Plan:
    """`summary weekly` in C1."""

    def put(store: Store) -> Plan:
        first = store.schedules.first("C1", weekly)
        plan = Plan(weekly.weekday, weekly.minute, weekly.zone, "en", "ana", store.scope.now, first)
        store.schedules.put("C1", "slack", plan)
        return plan

    return await team.member(team.workspace).does(put)


def markers(team: Team) -> list[str]:
    """Of all that was posted in the workspace."""
    return [message.marker for message in team.platform.messages if message.place.workspace == team.workspace]


async def passes(team: Team, plan: Plan) -> None:
    """The time comes for which a plan is, and the sender looks."""
    assert plan.next_at
    team.clock.now = plan.next_at
    await team.sender().once()


@settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WEEKLY, st.lists(st.tuples(WEEKLY, st.integers(1, 160)), min_size=1, max_size=4))
async def test_every_promise_after_a_change_comes_true(
    team: Team, first: Weekly, changes: list[tuple[Weekly, int]]
) -> None:
    team = replace(team, workspace=f"slack:{next(NUMBERS)}", clock=Clock(START), platform=FakePlatform())
    plan = await planned(team, first)
    await passes(team, plan)
    for sent, (weekly, hours) in enumerate(changes, 1):
        assert len(markers(team)) == 2 * sent
        last = team.clock()
        team.clock.now += timedelta(hours=hours)
        plan = await planned(team, weekly)
        assert plan.next_at
        assert timedelta(days=6) <= plan.next_at - last < timedelta(days=14, hours=2)
        await passes(team, plan)
    assert len(set(markers(team))) == len(markers(team)) == 2 * len(changes) + 2
