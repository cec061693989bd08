"""A forgotten client leaves no word in any table, whatever went before; an empty row stays."""

from __future__ import annotations

import contextlib
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.events import Command, Place, User
from bot.records import Status, Subject
from bot.storage.store import Store
from bot.storage.undo import ChangedSinceError
from tests.contract.teams import (
    Deed,
    Member,
    RefusedError,
    closes,
    everything,
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
from tests.support import EXAMPLES, START

CANARY = "xyzzy"
NUMBERS = count()
SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = [f"{CANARY} one", f"{CANARY} two", f"{CANARY.upper()}, 拖欠"]
NAME = st.sampled_from(NAMES)
COMMAND: st.SearchStrategy[Deed] = st.one_of(
    st.builds(flags, NAME, reason=st.just(CANARY)),
    st.builds(notes, NAME, st.just(CANARY)),
    st.builds(closes, NAME, st.sampled_from([Status.DISPUTED, Status.RESOLVED]), st.just(CANARY)),
    st.builds(renames, NAME, NAME),
    st.builds(merges, NAME, NAME),
    st.just(undoes),
)


def _waits(store: Store) -> None:
    args = {"client": NAMES[0], "reason": CANARY}
    store.held.hold(Command("1", User("ana"), Place(""), "flag", args, evidence=CANARY))


LIFE: tuple[Deed, ...] = (
    flags(NAMES[0], reason=CANARY),
    flags(NAMES[0], "abusivo", CANARY),
    notes(NAMES[0], CANARY),
    closes(NAMES[0], Status.DISPUTED, CANARY),
    closes(NAMES[0], Status.RESOLVED, f"{CANARY} paid"),
    renames(NAMES[0], NAMES[1]),
    lambda store: store.threads.remember(HERE, Subject(known(store, NAMES[0]).id, ("mala-paga",))),
    _waits,
    lambda store: store.lessons.teach(
        store.lessons.keep(CANARY, Subject(known(store, NAMES[0]).id, ())), ("pichirre",)
    ),
    flags("globex", reason="inv 7"),
    merges(NAMES[1], "globex"),
    undoes,
)


async def test_no_word_of_a_forgotten_client_is_left_and_others_are_as_they_were(ana: Member) -> None:
    for deed in LIFE:
        await ana.does(deed)
    globex = await ana.sees(lambda store: (known(store, "globex"), store.flags.of_client(known(store, "globex").id)))
    await ana.called("bob").does(forgets(NAMES[1]))
    assert CANARY not in str(await ana.database.read(everything)).casefold()
    again = await ana.sees(lambda store: (known(store, "globex"), store.flags.of_client(known(store, "globex").id)))
    assert again == globex


async def test_a_question_about_another_client_goes_too_when_it_names_the_forgotten_one(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))

    def teach(store: Store) -> None:
        about = Subject(known(store, "globex").id, ())
        for text in ("Globex pays late, as Acme did", "Globex pays late", "Acme owes us"):
            store.lessons.teach(store.lessons.keep(text, about), ("mala-paga",))

    await ana.does(teach)
    await ana.does(forgets("acme"))
    assert [lesson.text for lesson in await ana.sees(lambda store: store.lessons.taught())] == ["Globex pays late"]


async def test_an_empty_row_stays_that_says_when(ana: Member) -> None:
    await ana.does(flags("acme"))
    client = await ana.sees(lambda store: known(store, "acme"))
    await ana.does(forgets("acme"))
    dump = await ana.stored()
    assert dump["clients"] == [(client.id, 1, "", START, START)]
    assert await ana.sees(lambda store: (store.clients.by_id(client.id), store.clients.every())) == (None, [])


async def test_a_forgotten_client_may_come_again_as_another(ana: Member) -> None:
    await ana.does(flags("acme", reason="inv 104"))
    old = await ana.sees(lambda store: known(store, "acme"))
    await ana.does(forgets("acme"))
    await ana.does(flags("ACME", reason="inv 105"))
    new = await ana.sees(lambda store: known(store, "acme"))
    assert new.id != old.id
    assert await ana.sees(lambda store: [f.reason for f in store.flags.of_client(new.id)]) == ["inv 105"]
    assert await ana.sees(lambda store: store.flags.of_client(old.id)) == []


async def test_forgetting_one_of_many_leaves_the_journals_of_the_others(ana: Member) -> None:
    for number in range(1, 13):
        await ana.does(flags(f"client {number}"))
    await ana.does(forgets("client 1"))
    dump = await ana.stored()
    assert await ana.does(undoes) == "flag"
    with pytest.raises(RefusedError):
        await ana.sees(lambda store: known(store, "client 12"))
    assert len((await ana.stored())["clients"]) == len(dump["clients"]) - 1


async def test_a_team_keeps_its_settings_and_the_record_that_a_client_was_forgotten(ana: Member) -> None:
    await ana.does(sets("country", "ES"))
    await ana.does(flags("acme"))
    await ana.does(forgets("acme"))
    assert await ana.sees(lambda store: store.settings) == {"country": "ES"}
    assert [row[3] for row in (await ana.stored(without=()))["audit"]] == ["settings", "flag", "forget"]


async def test_a_client_that_undo_took_back_leaves_no_word_that_nobody_could_forget(ana: Member) -> None:
    for deed in (flags(NAMES[0]), renames(NAMES[0], NAMES[1]), undoes, undoes):
        await ana.does(deed)
    assert CANARY not in str(await ana.stored(without=())).casefold()


@SHARED
@given(st.lists(COMMAND, max_size=12))
@example([flags(NAMES[0]), renames(NAMES[0], NAMES[1]), flags(NAMES[2]), merges(NAMES[0], NAMES[2])])
async def test_whatever_was_renamed_merged_and_undone_before_forget_leaves_no_word(
    ana: Member, history: list[Deed]
) -> None:
    ana = ana.elsewhere(f"slack:F{next(NUMBERS)}")
    await ana.does(_waits)
    for deed in history:
        with contextlib.suppress(RefusedError, ChangedSinceError):
            await ana.does(deed)
    for client in await ana.sees(lambda store: store.clients.every()):
        await ana.does(forgets(client.name))
    left = await ana.stored(without=())
    if await ana.sees(lambda store: len(store.clients.every())):
        assert [name for name, rows in left.items() if CANARY in str(rows).casefold()] == []
