"""Two workspaces never see each other: whatever one does, with its own ids or the other's, the other is as it was."""

from __future__ import annotations

import contextlib
import inspect
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import EmulatedDBAPIException, SQLAlchemyError

from bot.delivery.when import Weekly
from bot.errors import TooSoonError
from bot.events import Command, Place, User
from bot.records import Client, Flag, Plan, Status, Subject
from bot.storage.clients import NameTakenError
from bot.storage.flags import Before
from bot.storage.schedules import DELIVERIES
from bot.storage.store import Store
from bot.storage.undo import ChangedSinceError
from bot.storage.weeks import Span
from tests.contract.teams import Member, a_flag, closes, flags, known, merges, notes, renames, sets, undoes
from tests.support import EXAMPLES, START

CANARY = "Xyzzy"
PLACE = Place("", "C1", "T1")
NUMBERS = count()
WEEK = timedelta(days=7)
PLAN = Plan(0, 540, "UTC", "en", "ana", START, START + WEEK)
SENT_TO_C1 = {"platform": "slack", "channel": "C1", "period": "2026-W48", "due_at": START, "state": "failed"}
REFUSALS = (LookupError, NameTakenError, ChangedSinceError, SQLAlchemyError, sqlite3.Error, EmulatedDBAPIException)
SHARED = settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Known:
    """What somebody knows of a workspace: two of its clients, a flag, a held command and a lesson."""

    client: Client
    other: Client
    flag: Flag
    held_id: int
    lesson_id: int


Call = Callable[[Store, Known], object]


def _command(text: str) -> Command:
    return Command("1", User("ana"), PLACE, "flag", {"client": text}, evidence=text)


def _owed(store: Store) -> None:
    store.scope.now += timedelta(hours=1)
    with suppress(TooSoonError):
        store.owes_answer("event 1")


READS: dict[str, Call] = {
    "Clients.find": lambda store, its: store.clients.find(its.client.name),
    "Clients.by_id": lambda store, its: store.clients.by_id(its.client.id),
    "Clients.near": lambda store, its: store.clients.near(its.client.name[:-1]),
    "Clients.mentioned": lambda store, its: store.clients.mentioned(f"{its.client.name} and {its.other.name}"),
    "Clients.every": lambda store, _: store.clients.every(),
    "Clients.names": lambda store, _: store.clients.names(),
    "Clients.starting": lambda store, its: store.clients.starting(its.client.name, 25),
    "Flags.of_client": lambda store, its: store.flags.of_client(its.client.id),
    "Flags.open_of": lambda store, its: store.flags.open_of(its.client.id),
    "Flags.open_one": lambda store, its: store.flags.open_one(its.client.id, its.flag.id),
    "Flags.that_count": lambda store, its: store.flags.that_count(its.client.id, START - timedelta(days=9)),
    "Flags.timeline": lambda store, its: repr(store.flags.timeline(its.client.id, 1)),
    "Flags.before": lambda store, its: repr(store.flags.before(its.client.id, Before(START + WEEK, 0, 1), 1)),
    "Flags.tally": lambda store, its: CANARY if store.flags.tally(its.other.id, CANARY, CANARY, START).open else "none",
    "Flags.standings": lambda store, _: store.flags.standings(),
    "Flags.notes": lambda store, its: store.flags.notes(its.client.id),
    "Schedules.of": lambda store, _: store.schedules.of("C1"),
    "Schedules.last": lambda store, _: store.schedules.last("C1"),
    "Weeks.lines": lambda store, its: store.weeks.lines(Span(START - WEEK, START, its.flag.channel)),
    "Weeks.made": lambda store, its: store.weeks.made([START - WEEK, START], its.flag.channel),
    "TeamLessons.taught": lambda store, _: store.lessons.taught(),
    "Threads.subject": lambda store, _: store.threads.subject(PLACE),
    "Threads.subject_of": lambda store, its: store.threads.subject_of(PLACE, its.client.id),
    "Threads.subjects": lambda store, _: store.threads.subjects(PLACE),
    "Store.was_seen": lambda store, _: store.was_seen("event 1"),
    "Store.settings": lambda store, _: store.settings,
}
ACTS: dict[str, Call] = {
    "Clients.create": lambda store, _: store.clients.find("new") or store.clients.create("new"),
    "Clients.rename": lambda store, its: store.clients.rename(its.client, "renamed"),
    "Clients.merge": lambda store, its: store.clients.merge(its.client, its.other),
    "Clients.forget": lambda store, its: store.clients.forget(its.client),
    "Flags.add": lambda store, its: store.flags.add(a_flag(its.client.id)),
    "Flags.close": lambda store, its: store.flags.close([its.flag], Status.RESOLVED, "closed"),
    "Flags.add_note": lambda store, its: store.flags.add_note(its.client.id, "noted"),
    "Schedules.first": lambda store, _: store.schedules.first("C1", Weekly(0, 540, "UTC")),
    "Schedules.put": lambda store, _: store.schedules.put("C1", "slack", PLAN),
    "Schedules.switch_off": lambda store, _: store.schedules.switch_off("C1"),
    "History.record": lambda store, its: store.history.record("export", [its.client.id]),
    "History.undo_last": lambda store, _: store.history.undo_last(),
    "Threads.remember": lambda store, its: store.threads.remember(PLACE, Subject(its.client.id, ())),
    "TeamLessons.keep": lambda store, its: store.lessons.keep("new", Subject(its.client.id, ())),
    "TeamLessons.teach": lambda store, its: store.lessons.teach(its.lesson_id, ("abusivo",)),
    "HeldCommands.hold": lambda store, _: store.held.hold(_command("new")),
    "HeldCommands.take": lambda store, its: store.held.take(its.held_id),
    "Store.ensure_workspace": lambda store, _: store.ensure_workspace("slack:other"),
    "Store.is_new_event": lambda store, _: store.is_new_event("event 1"),
    "Store.was_seen": lambda store, _: store.was_seen("event 1"),
    "Store.is_new_for": lambda store, _: store.is_new_for("event 1", timedelta(days=1)),
    "Store.forget_event": lambda store, _: store.forget_event("event 1"),
    "Store.owes_answer": lambda store, _: _owed(store),
    "Store.confirm_answer": lambda store, _: store.confirm_answer("event 1"),
    "Store.change_setting": lambda store, _: store.change_setting("country", "CL"),
    "Store.give_feedback": lambda store, _: store.give_feedback("about", "mala-paga", is_helpful=False),
}
KNOWLEDGE = st.tuples(st.booleans(), st.booleans())
OWN = (False, False)


def mixed(own: Known, foreign: Known, whose: tuple[bool, bool]) -> Known:
    """Own knowledge, with a client (and flag and held command), or the other client, of the other workspace."""
    base = foreign if whose[0] else own
    return replace(base, other=(foreign if whose[1] else own).other)


def words(store: Store, text: str) -> Known:
    """Give a workspace every kind of row, with this word in all its text."""
    for deed in (flags(f"{text} one", reason=text), flags(f"{text} two", text, text), notes(f"{text} one", text)):
        deed(store)
    closes(f"{text} two", Status.DISPUTED, text)(store)
    renames(f"{text} two", f"{text} three")(store)
    sets("country", text)(store)
    store.change_setting("summary-language", text, "C1")
    store.schedules.put("C1", "slack", replace(PLAN, zone=text, language=text, set_by=text))
    store.scope.add(DELIVERIES, **SENT_TO_C1, ready_at=START, fault=text, message_id=text)
    client, other = known(store, f"{text} one"), known(store, f"{text} three")
    store.threads.remember(PLACE, Subject(client.id, (text,)))
    store.give_feedback("about", text, is_helpful=True)
    store.is_new_event("event 1")
    lesson = store.lessons.keep(text, Subject(client.id, ()))
    store.lessons.teach(lesson, (text,))
    return Known(client, other, store.flags.of_client(other.id)[0], store.held.hold(_command(text)), lesson)


async def test_every_public_method_of_the_store_is_tried(ana: Member) -> None:
    parts = await ana.sees(lambda store: [store, *(part for part in vars(store).values() if part is not store.scope)])
    methods = {
        f"{type(part).__name__}.{name}"
        for part in parts
        for name, _ in inspect.getmembers(part, inspect.ismethod)
        if not name.startswith("_")
    }
    assert methods - {"Store.open"} == (READS.keys() | ACTS.keys()) - {"Store.settings"}


def _with(call: Call, its: Known) -> Callable[[Store], object]:
    return lambda store: call(store, its)


def _recorded(name: str, its: Known) -> Callable[[Store], None]:
    def act(store: Store) -> None:
        ACTS[name](store, its)
        if store.scope.changes:
            store.history.record(name)

    return act


def _leaks(store: Store, its: Known) -> list[str]:
    """The methods that tell anything of the other workspace."""
    return [name for name, read in READS.items() if CANARY in repr(read(store, its))]


@SHARED
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), KNOWLEDGE), min_size=1, max_size=5))
@example([("Flags.add", (True, True))])
@example([("Clients.merge", (False, True))])
@example([("Threads.remember", OWN), ("HeldCommands.hold", OWN), ("Store.give_feedback", OWN), ("Flags.close", OWN)])
@example([("Threads.remember", (True, True)), ("Clients.rename", (True, True)), ("Clients.forget", (True, False))])
async def test_nothing_of_another_workspace_is_seen_or_changed(
    ana: Member, acts: list[tuple[str, tuple[bool, bool]]]
) -> None:
    number = next(NUMBERS)
    theirs, ours = ana.elsewhere(f"slack:T{number}"), ana.elsewhere(f"discord:T{number}")
    own = await ours.does(lambda store: words(store, "plain"))
    foreign = await theirs.does(lambda store: words(store, CANARY))
    before = await theirs.stored(without=())
    for name, whose in acts:
        with contextlib.suppress(*REFUSALS):
            await ours.does(_recorded(name, mixed(own, foreign, whose)))
    assert await theirs.stored(without=()) == before
    for its in (own, foreign):
        assert await ours.sees(_with(_leaks, its)) == []
    assert CANARY not in repr(await ours.stored(without=()))


def _told(store: Store) -> list[object]:
    """All that the store tells of acme, by each of its ways."""
    client = known(store, "acme")
    listed = [store.clients.near("acmee"), store.clients.mentioned("so acme is late"), store.clients.every()]
    reasons = [flag.reason for flag in store.flags.of_client(client.id)]
    return [client.name, *([one.name for one in found] for found in listed), reasons, store.settings]


async def test_the_same_names_and_events_in_two_workspaces_are_two(ana: Member) -> None:
    there = ana.elsewhere("discord:G1")
    for team in (ana, there):
        await team.does(flags("acme", reason=team.workspace))
        await team.does(sets("language", team.workspace))
        assert not await team.sees(lambda store: store.was_seen("event 1"))
        assert await team.does(lambda store: store.is_new_event("event 1"))
    await there.does(merges_into_new)
    for team, name in ((ana, "acme"), (there, "globex")):
        told = [name, [name], [name], [name], [team.workspace], {"language": team.workspace}]
        assert await team.sees(_told) == told


async def test_a_person_takes_back_what_was_done_here_and_not_what_was_done_elsewhere(ana: Member) -> None:
    there = ana.elsewhere("discord:G1")
    await ana.does(flags("acme"))
    await there.does(flags("globex"))
    before = await there.stored(without=())
    assert await ana.does(undoes) == "flag"
    assert await ana.does(undoes) is None
    assert await ana.sees(lambda store: store.clients.every()) == []
    assert await there.stored(without=()) == before


def merges_into_new(store: Store) -> None:
    store.clients.create("globex")
    merges("acme", "globex")(store)


async def test_a_workspace_that_wrote_nothing_is_empty_and_leaves_no_row(ana: Member) -> None:
    await ana.does(flags("acme"))
    stranger = ana.elsewhere("slack:T2")
    assert await stranger.sees(lambda store: store.clients.every()) == []
    assert await stranger.sees(lambda store: store.settings) == {}
    assert await stranger.sees(lambda store: len(store.clients.every())) == 0
    assert all(rows == [] for rows in (await stranger.stored(without=())).values())


async def test_nobody_takes_back_or_takes_up_what_a_colleague_began(ana: Member) -> None:
    await ana.does(flags("acme"))
    held_id = await ana.does(lambda store: store.held.hold(_command("acme")))
    bob = ana.called("bob")
    assert await bob.does(lambda store: store.history.undo_last()) is None
    assert await bob.does(lambda store: store.held.take(held_id)) is None
    held = await ana.does(lambda store: store.held.take(held_id))
    assert held is not None
    assert (held.name, held.args, held.evidence) == ("flag", {"client": "acme"}, "acme")
