"""What a store remembers besides flags: threads, held commands, settings, opinions on advice, seen events."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.events import Command, Place, User
from bot.records import Subject, Taught
from bot.storage.store import FEEDBACK, Store
from tests.contract.teams import Member, flags, known, merges, sets, undoes
from tests.support import Clock

HERE = Place("slack:T1", "C1", "1732471200.1")
NOTHING = Subject(None, ())


def _command(client: str, **other: str) -> Command:
    return Command("1", User("ana"), HERE, "flag", {"client": client, **other}, evidence="https://x/1")


async def _remembers(ana: Member, client: str, *archetypes: str) -> None:
    await ana.does(lambda store: store.threads.remember(HERE, Subject(known(store, client).id, archetypes)))


async def test_a_thread_is_about_what_was_last_said_of_it(ana: Member) -> None:
    assert await ana.sees(lambda store: store.threads.subject(HERE)) == NOTHING
    await ana.does(flags("acme"))
    await _remembers(ana, "acme", "mala-paga", "abusivo")
    assert await ana.sees(lambda store: store.threads.subject(HERE)) == Subject(1, ("mala-paga", "abusivo"))
    await ana.does(lambda store: store.threads.remember(HERE, Subject(None, ("indeciso",))))
    assert await ana.called("bob").sees(lambda store: store.threads.subject(HERE)) == Subject(None, ("indeciso",))


async def test_each_client_of_a_thread_keeps_its_own_trouble(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))
    stated = (("amount", "2400 €"), ("promised", "2026-11-27"))
    acme = Subject(1, ("mala-paga",), 60, "violence", "firm", "chat", "es", stated)
    await ana.does(lambda store: store.threads.remember(HERE, acme))
    await _remembers(ana, "globex", "sin-horario")
    assert await ana.sees(lambda store: store.threads.subject(HERE)) == Subject(2, ("sin-horario",))
    assert await ana.sees(lambda store: store.threads.subject_of(HERE, 1)) == acme
    assert await ana.sees(lambda store: store.threads.subject_of(Place("slack:T1", "C1", "2"), 1)) == NOTHING


async def test_all_clients_of_a_thread_are_known_the_last_first_and_merged_ones_once(ana: Member) -> None:
    for client in ("acme", "globex", "initech"):
        await ana.does(flags(client))
    await _remembers(ana, "acme", "mala-paga")
    await _remembers(ana, "globex", "sin-horario")
    await _remembers(ana, "initech", "indeciso")
    told = [Subject(3, ("indeciso",)), Subject(2, ("sin-horario",)), Subject(1, ("mala-paga",))]
    assert await ana.sees(lambda store: store.threads.subjects(HERE)) == told
    assert await ana.sees(lambda store: store.threads.subjects(Place("slack:T1", "C1", "2"))) == []
    await ana.does(merges("acme", "globex"))
    assert await ana.sees(lambda store: store.threads.subjects(HERE)) == told[:2]


async def test_of_two_clients_that_were_merged_the_last_trouble_counts_and_undo_parts_them(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))
    await _remembers(ana, "globex", "sin-horario")
    await _remembers(ana, "acme", "mala-paga")
    await ana.does(merges("acme", "globex"))
    assert await ana.sees(lambda store: store.threads.subject_of(HERE, 2)) == Subject(2, ("mala-paga",))
    await ana.does(undoes)
    assert await ana.sees(lambda store: store.threads.subject_of(HERE, 2)) == Subject(2, ("sin-horario",))
    assert await ana.sees(lambda store: store.threads.subject_of(HERE, 1)) == Subject(1, ("mala-paga",))


async def test_another_thread_and_another_channel_have_subjects_of_their_own(ana: Member) -> None:
    await ana.does(flags("acme"))
    await _remembers(ana, "acme")
    others = (Place("slack:T1", "C1", "2"), Place("slack:T1", "C2", HERE.thread), Place("slack:T1"))
    assert await ana.sees(lambda store: [store.threads.subject(place) for place in others]) == [NOTHING] * 3


async def test_a_thread_about_a_merged_client_is_about_the_one_that_stayed(ana: Member) -> None:
    await ana.does(flags("acme"))
    await ana.does(flags("globex"))
    await _remembers(ana, "acme", "mala-paga")
    await ana.does(merges("acme", "globex"))
    globex = await ana.sees(lambda store: known(store, "globex"))
    assert await ana.sees(lambda store: store.threads.subject(HERE)) == Subject(globex.id, ("mala-paga",))


async def test_a_thread_about_a_client_that_undo_took_back_is_about_none(ana: Member) -> None:
    await ana.does(flags("acme"))
    await _remembers(ana, "acme", "mala-paga")
    assert await ana.does(undoes) == "flag"
    assert await ana.sees(lambda store: store.threads.subject(HERE)) == Subject(None, ("mala-paga",))


async def test_a_held_command_is_taken_once_with_every_word_of_it(ana: Member) -> None:
    text = '“拖欠” ñ "quoted" \'; -- \U0001f600'
    held_id = await ana.does(lambda store: store.held.hold(_command("acme", reason=text)))
    held = await ana.does(lambda store: store.held.take(held_id))
    assert held is not None
    assert (held.name, held.args) == ("flag", {"client": "acme", "reason": text})
    assert held.evidence == "https://x/1"
    assert await ana.does(lambda store: store.held.take(held_id)) is None


async def test_a_held_command_waits_for_a_day_and_no_longer(ana: Member, clock: Clock) -> None:
    early = await ana.does(lambda store: store.held.hold(_command("acme")))
    clock.advance(hours=23)
    late = await ana.does(lambda store: store.held.hold(_command("globex")))
    clock.advance(hours=2)
    assert await ana.does(lambda store: store.held.take(early)) is None
    assert await ana.does(lambda store: store.held.take(late)) is not None


async def test_held_commands_that_nobody_took_are_cleared_away(ana: Member, clock: Clock) -> None:
    await ana.does(lambda store: store.held.hold(_command("acme")))
    clock.advance(hours=25)
    await ana.does(lambda store: store.held.hold(_command("globex")))
    rows = (await ana.stored())["pending_commands"]
    assert ["globex" in str(row) for row in rows] == [True]


async def test_the_button_of_an_answered_question_never_answers_a_later_one(ana: Member) -> None:
    first = await ana.does(lambda store: store.held.hold(_command("acme")))
    await ana.does(lambda store: store.held.take(first))
    await ana.does(lambda store: store.held.hold(_command("globex")))
    assert await ana.does(lambda store: store.held.take(first)) is None


async def test_a_setting_is_set_changed_and_returned_to_its_default(ana: Member) -> None:
    await ana.does(sets("country", "ES"))
    await ana.does(sets("language", "zh"))
    assert await ana.sees(lambda store: store.settings) == {"country": "ES", "language": "zh"}
    await ana.does(sets("country", "CL"))
    await ana.does(sets("language", None))
    await ana.does(sets("expiry", None))
    assert await ana.sees(lambda store: store.settings) == {"country": "CL"}


async def _given(ana: Member) -> list[tuple[str, str, bool]]:
    columns = select(FEEDBACK.c.user_id, FEEDBACK.c.event_key, FEEDBACK.c.is_helpful).order_by(FEEDBACK.c.id)
    return await ana.sees(lambda store: [tuple(row) for row in store.scope.execute(columns, {})])


async def test_a_second_opinion_of_a_person_replaces_the_first(ana: Member) -> None:
    def likes(store: Store, *, is_helpful: bool = True) -> None:
        store.give_feedback("T9:mala-paga", "mala-paga", is_helpful=is_helpful)

    await ana.does(likes)
    await ana.called("bob").does(likes)
    await ana.does(lambda store: likes(store, is_helpful=False))
    await ana.does(lambda store: store.give_feedback("T9:abusivo", "abusivo", is_helpful=True))
    assert await _given(ana) == [
        ("ana", "T9:mala-paga", False),
        ("bob", "T9:mala-paga", True),
        ("ana", "T9:abusivo", True),
    ]


async def test_an_event_is_new_once(ana: Member) -> None:
    assert await ana.does(lambda store: store.is_new_event("Ev1"))
    assert not await ana.does(lambda store: store.is_new_event("Ev1"))
    assert await ana.sees(lambda store: (store.was_seen("Ev1"), store.was_seen("Ev3"))) == (True, False)
    assert not await ana.called("bob").does(lambda store: store.is_new_event("Ev1"))
    assert await ana.does(lambda store: store.is_new_event("ev1"))
    assert await ana.does(lambda store: (store.is_new_event("Ev2"), store.is_new_event("Ev2"))) == (True, False)


async def test_an_event_whose_work_failed_is_still_new(ana: Member) -> None:
    def fails(store: Store) -> None:
        assert store.is_new_event("Ev1")
        store.clients.create("acme")
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await ana.does(fails)
    assert await ana.does(lambda store: store.is_new_event("Ev1"))


async def test_a_kept_question_teaches_once_somebody_says_what_it_is_about(ana: Member) -> None:
    lesson = await ana.does(lambda store: store.lessons.keep("September, he promised. The tree is up.", NOTHING))
    assert await ana.sees(lambda store: store.lessons.taught()) == []
    await ana.does(lambda store: store.lessons.teach(lesson, ("mala-paga",)))
    taught = [Taught("September, he promised. The tree is up.", ("mala-paga",))]
    assert await ana.called("bob").sees(lambda store: store.lessons.taught()) == taught


async def test_another_workspace_neither_sees_nor_teaches_a_question(ana: Member) -> None:
    lesson = await ana.does(lambda store: store.lessons.keep("the tree is up", NOTHING))
    other = ana.elsewhere("slack:T2")
    await other.does(lambda store: store.lessons.teach(lesson, ("abusivo",)))
    assert await other.sees(lambda store: store.lessons.taught()) == []
    assert await ana.sees(lambda store: store.lessons.taught()) == []


async def test_the_newest_two_hundred_questions_teach(ana: Member) -> None:
    def many(store: Store) -> None:
        for number in range(203):
            store.lessons.teach(store.lessons.keep(f"{number}" * 2_000, NOTHING), ("abusivo",))

    await ana.does(many)
    taught = await ana.sees(lambda store: store.lessons.taught())
    assert [len(taught), taught[0].text[:3], len(taught[0].text)] == [200, "202", 1_000]
