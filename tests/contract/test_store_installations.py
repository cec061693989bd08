"""Installs on every database: credentials by key, a browser's install ended once, a workspace erased whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.storage import installations
from bot.storage.database import Session
from tests.contract.teams import Member, everything, flags, notes
from tests.support import START

MANY = 12
SOON = timedelta(minutes=5)


def issued(state: str, now: datetime) -> Callable[[Session], None]:
    """A browser begins an install, and has five minutes for it."""
    return partial(installations.issue_state, state=state, expires_at=now + SOON, now=now)


async def test_credentials_saved_by_many_at_once_are_kept_once_and_the_last_counts(ana: Member) -> None:
    saving = [partial(installations.save_installation, key="slack:T1", sealed=str(n), now=START) for n in range(MANY)]
    await asyncio.gather(*(ana.database.write(work) for work in saving))
    rows = await ana.database.read(everything)
    assert len(rows["installations"]) == 1
    await ana.database.write(partial(installations.save_installation, key="slack:T1", sealed="new", now=START))
    assert await ana.database.read(partial(installations.sealed_installation, key="slack:T1")) == "new"


async def test_an_install_is_ended_once_and_in_time(ana: Member) -> None:
    await ana.database.write(issued("one", START))
    end = partial(installations.consume_state, state="one", now=START)
    assert sorted(await asyncio.gather(*(ana.database.write(end) for _ in range(MANY)))) == [False] * (MANY - 1) + [
        True
    ]
    await ana.database.write(issued("two", START - SOON))
    assert not await ana.database.write(partial(installations.consume_state, state="two", now=START))


async def test_installs_that_nobody_ended_are_not_kept_when_the_next_one_begins(ana: Member) -> None:
    for number in range(MANY):
        await ana.database.write(issued(str(number), START))
    await ana.database.write(issued("next", START + SOON))
    rows = await ana.database.read(everything)
    assert [row[0] for row in rows["install_states"]] == ["next"]


async def test_credentials_of_a_later_install_outlive_the_removal_of_the_one_before(ana: Member) -> None:
    await ana.database.write(partial(installations.save_installation, key="slack:T1", sealed="new", now=START))
    for until, is_removed in ((START - SOON, False), (START, True), (START, True)):
        removing = partial(installations.remove_installation, key="slack:T1", until=until)
        assert await ana.database.write(removing) is is_removed


async def test_a_workspace_whose_time_has_come_is_erased_whole_once_and_no_other(ana: Member) -> None:
    stays = ana.elsewhere("slack:T2")
    for team in (ana, stays):
        await team.does(flags("acme"))
        await team.does(notes("acme"))
        await team.does(lambda store: store.is_new_event("Ev1"))
    before = await stays.stored(without=())
    await ana.database.write(partial(installations.plan_purge, key="slack:T1", at=START))
    purge = partial(installations.purge_due, now=START)
    assert sum(await asyncio.gather(*(ana.database.write(purge) for _ in range(4)))) == 1
    rows = await ana.database.read(everything)
    assert [row[1] for row in rows["workspaces"]] == ["slack:T2"]
    assert await stays.stored(without=()) == before
