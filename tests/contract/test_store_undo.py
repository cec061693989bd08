"""Undo on the store: the actor's last change is taken back exactly, or not at all."""

from __future__ import annotations

import contextlib

import pytest

from bot.records import Status, Subject
from bot.storage.store import Store
from bot.storage.undo import ChangedSinceError
from tests.contract.teams import (
    Deed,
    Member,
    RefusedError,
    closes,
    finds,
    flags,
    forgets,
    known,
    merges,
    notes,
    renames,
    sets,
    undoes,
)
from tests.contract.test_store_memory import HERE

STORIES: dict[str, tuple[list[Deed], Deed]] = {
    "a first flag, with its client": ([], flags("acme")),
    "a second flag": ([flags("acme")], flags("acme", "abusivo")),
    "a note": ([flags("acme")], notes("acme")),
    "resolved flags": ([flags("acme"), flags("acme", "abusivo")], closes("acme")),
    "a disputed flag": ([flags("acme"), closes("acme", Status.DISPUTED, "not so")], closes("acme", Status.WITHDRAWN)),
    "a new name": ([flags("acme")], renames("acme", "Zeta")),
    "another spelling": ([flags("acme")], renames("acme", "ACME, C.A.")),
    "an old name again": ([flags("acme"), renames("acme", "Zeta")], renames("zeta", "Acme")),
    "a merge": ([flags("acme"), notes("acme"), flags("globex"), renames("acme", "Zeta")], merges("acme", "globex")),
    "a first setting": ([], sets("country", "ES")),
    "another value": ([sets("country", "ES")], sets("country", "CL")),
    "a default": ([sets("country", "ES")], sets("country", None)),
}


@pytest.mark.parametrize("story", STORIES)
async def test_all_is_as_it_was_before(ana: Member, story: str) -> None:
    before, last = STORIES[story]
    for deed in before:
        await ana.does(deed)
    dump = await ana.stored()
    await ana.does(last)
    assert await ana.stored() != dump
    assert await ana.does(undoes)
    assert await ana.stored() == dump


async def test_a_choice_is_given_back_though_another_workspace_chose_meanwhile(ana: Member) -> None:
    await ana.does(sets("country", "ES"))
    await ana.does(sets("country", None))
    await ana.elsewhere("slack:T2").does(sets("country", "CL"))
    assert await ana.does(undoes)
    assert await ana.sees(lambda store: store.settings) == {"country": "ES"}


CHANGES: dict[str, tuple[list[Deed], Deed, Deed]] = {
    "a flag on the new client": ([], flags("acme"), flags("acme", "abusivo")),
    "a note on the new client": ([], flags("acme"), notes("acme")),
    "the flag resolved": ([flags("acme", "abusivo")], flags("acme"), closes("acme")),
    "the new client renamed": ([], flags("acme"), renames("acme", "Zeta")),
    "the new name replaced": ([flags("acme")], renames("acme", "Zeta"), renames("acme", "Beta")),
    "the flagged client merged": ([flags("globex"), flags("acme")], flags("acme"), merges("acme", "globex")),
    "the merged ones merged on": (
        [flags("globex"), flags("acme"), flags("initech")],
        merges("acme", "globex"),
        merges("globex", "initech"),
    ),
    "the name taken since": ([flags("globex")], flags("acme"), merges("acme", "globex")),
    "the setting changed": ([sets("country", "ES")], sets("country", "CL"), sets("country", "MX")),
    "the setting removed": ([], sets("country", "CL"), sets("country", None)),
    "the default replaced": ([sets("country", "ES")], sets("country", None), sets("country", "MX")),
    "the closed flag closed again": (
        [flags("acme")],
        closes("acme", Status.DISPUTED),
        closes("acme", Status.RESOLVED, "settled"),
    ),
}


async def _refused(ana: Member, story: str) -> None:
    before, last, since = CHANGES[story]
    for deed in [*before, last]:
        await ana.does(deed)
    await ana.called("bob").does(since)


@pytest.mark.parametrize("story", CHANGES)
async def test_what_a_colleague_changed_since_is_not_lost(ana: Member, story: str) -> None:
    await _refused(ana, story)
    dump = await ana.stored(without=())
    with pytest.raises(ChangedSinceError):
        await ana.does(undoes)
    assert await ana.stored(without=()) == dump


@pytest.mark.parametrize("story", CHANGES)
async def test_an_undo_that_is_refused_with_a_reply_leaves_all_as_it_is(ana: Member, story: str) -> None:
    await _refused(ana, story)
    dump = await ana.stored()

    def answered(store: Store) -> None:
        with contextlib.suppress(ChangedSinceError):
            store.history.undo_last()

    await ana.does(answered)
    assert await ana.stored() == dump


async def test_undo_twice_goes_further_back_and_then_there_is_nothing_left(ana: Member) -> None:
    dumps = []
    for deed in (flags("acme"), notes("acme"), renames("acme", "Zeta")):
        dumps.append(await ana.stored())
        await ana.does(deed)
    for name in ("rename", "note", "flag"):
        assert await ana.does(undoes) == name
        assert await ana.stored() == dumps.pop()
    assert await ana.does(undoes) is None
    assert await ana.does(undoes) is None


async def test_undo_takes_back_ones_own_change_and_passes_by_a_colleagues(ana: Member) -> None:
    bob = ana.called("bob")
    await ana.does(flags("acme", reason="hers"))
    await bob.does(flags("acme", reason="his"))
    await ana.does(flags("acme", reason="hers again"))
    assert await bob.does(undoes) == "flag"
    reasons = await ana.sees(lambda store: [f.reason for f in store.flags.of_client(known(store, "acme").id)])
    assert reasons == ["hers", "hers again"]
    assert await bob.does(undoes) is None


async def test_a_command_that_changed_nothing_is_passed_by(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(lambda store: store.history.record("export", [known(store, "acme").id]))
    await ana.does(closes("acme"))
    await ana.does(closes("acme"))
    assert await ana.does(undoes) == "resolve"
    assert await ana.does(undoes) == "flag"


async def test_undo_after_forget_brings_nothing_of_the_client_back(ana: Member) -> None:
    await ana.does(flags("globex"))
    await ana.does(flags("acme", reason="inv 104"))
    await ana.does(renames("acme", "Zeta"))
    await ana.does(forgets("acme"))
    assert await ana.does(undoes) == "flag"
    assert await ana.does(undoes) is None
    assert "acme" not in str(await ana.stored(without=()))
    assert await ana.sees(lambda store: store.clients.every()) == []


async def test_a_client_that_came_later_is_no_hindrance(ana: Member) -> None:
    await ana.does(flags("globex"))
    await ana.does(flags("acme", reason="inv 104"))
    await ana.does(merges("acme", "globex"))
    await ana.called("bob").does(flags("initech"))
    assert await ana.does(undoes) == "merge"
    assert await ana.sees(lambda store: known(store, "acme").name) == "acme"


async def test_a_merge_is_taken_back_though_its_threads_went_on_to_speak_of_others(ana: Member) -> None:
    for name in ("globex", "acme", "initech"):
        await ana.does(flags(name))
    await ana.does(lambda store: store.threads.remember(HERE, Subject(known(store, "acme").id, ())))
    await ana.does(merges("acme", "globex"))
    await ana.does(lambda store: store.threads.remember(HERE, Subject(known(store, "initech").id, ())))
    assert await ana.does(undoes) == "merge"
    initech = await ana.sees(lambda store: known(store, "initech").id)
    assert await ana.sees(lambda store: store.threads.subject(HERE).client_id) == initech


async def test_no_two_clients_go_by_one_name_after_an_undo(ana: Member) -> None:
    await ana.does(flags("globex"))
    await ana.does(flags("acme"))
    await ana.does(merges("acme", "globex"))
    await ana.called("bob").does(renames("globex", "Acme"))
    with contextlib.suppress(ChangedSinceError):
        await ana.does(undoes)
    for client in await ana.sees(lambda store: store.clients.every()):
        assert await ana.sees(finds(client.name)) == client


async def test_a_merge_of_more_flags_than_go_into_one_statement_is_taken_back_whole(
    ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.undo.CHUNK", 3)
    await ana.does(flags("globex"))
    for number in range(10):
        await ana.does(flags("acme", reason=f"inv {number}"))
    dump = await ana.stored()
    await ana.does(merges("acme", "globex"))
    assert await ana.does(undoes) == "merge"
    assert await ana.stored() == dump


async def test_the_audit_keeps_what_was_done_and_that_it_was_taken_back(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(undoes)
    audit = (await ana.stored(without=()))["audit"]
    assert [row[3] for row in audit] == ["flag", "undo"]
    assert audit[1][6] == audit[0][0]
    with pytest.raises(RefusedError):
        await ana.sees(lambda store: known(store, "acme"))
