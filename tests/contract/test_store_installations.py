"""Installs on every database: credentials by key, a browser's install ended once, a workspace erased whole."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

from bot.storage import installations
from tests.contract.teams import Member, everything, flags, notes
from tests.support import START

MANY = 12


async def test_credentials_saved_by_many_at_once_are_kept_once_and_the_last_counts(ana: Member) -> None:
    saving = [partial(installations.save_installation, key="slack:T1", sealed=str(n), now=START) for n in range(MANY)]
    await asyncio.gather(*(ana.database.write(work) for work in saving))
    rows = await ana.database.read(everything)
    assert len(rows["installations"]) == 1
    await ana.database.write(partial(installations.save_installation, key="slack:T1", sealed="new", now=START))
    assert await ana.database.read(partial(installations.sealed_installation, key="slack:T1")) == "new"


async def test_an_install_is_ended_once_and_in_time(ana: Member) -> None:
    await ana.database.write(partial(installations.issue_state, state="one", expires_at=START + timedelta(minutes=5)))
    end = partial(installations.consume_state, state="one", now=START)
    assert sorted(await asyncio.gather(*(ana.database.write(end) for _ in range(MANY)))) == [False] * (MANY - 1) + [
        True
    ]
    await ana.database.write(partial(installations.issue_state, state="two", expires_at=START))
    assert not await ana.database.write(partial(installations.consume_state, state="two", now=START))


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
