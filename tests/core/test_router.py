"""Dispatch: once, private, admitted, and never silent, whatever breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.commands import ActionSpec, CommandSpec, Registry, Turn
from bot.errors import UserError
from bot.events import Action, Command, Event, Place, Question, User
from bot.features.registry import actions, commands
from bot.i18n.messages import C, N
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES
from bot.reply import Delivery, Reply, plain_text
from bot.router import Router
from bot.storage.database import FULL, StorageError

ANA, GUEST = User("ana", is_manager=True), User("guest", is_guest=True)
HOME, SHARED = Place("slack:T1", "C1", "t1"), Place("slack:T1", "C2", is_shared=True)
WHAT_WAS_SAID = "Acme owes 9,999 for project Zeppelin"


def flag(event_id: str = "e1", *, user: User = ANA, place: Place = HOME, client: str = "acme") -> Command:
    args = {"client": client, "archetype": "mala-paga", "reason": WHAT_WAS_SAID}
    return Command(event_id, user, place, "flag", args, is_redeliverable=True)


async def said(bot: Router, event: Event) -> str:
    reply = await bot.dispatch(event)
    assert reply is not None
    return plain_text(reply)


def broken(bot: Router, handler: Callable[[Command, Turn], Reply], name: str = "flag") -> Router:
    spec = replace(bot.commands[name], handler=handler)
    registry = Registry({**bot.commands, name: spec}, bot.actions, lambda _question, _turn: Reply("x"))
    return Router(bot.services, registry)


async def test_an_event_delivered_three_times_has_one_effect_and_one_answer(bot: Router) -> None:
    answers = [await bot.dispatch(flag("same")) for _ in range(3)]
    assert [answer is None for answer in answers] == [False, True, True]
    assert "1 open flag" in await said(bot, Command("e2", ANA, HOME, "show", {"client": "acme"}))


async def test_a_question_delivered_twice_is_answered_once(bot: Router) -> None:
    question = Question("q", ANA, HOME, "the client never pays", is_redeliverable=True)
    assert await bot.dispatch(question) is not None
    assert await bot.dispatch(question) is None


async def test_a_reading_command_that_may_come_again_is_answered_once(bot: Router) -> None:
    command = Command("c", ANA, HOME, "help", is_redeliverable=True)
    assert await bot.dispatch(command) is not None
    assert await bot.dispatch(command) is None


async def test_one_workspace_never_sees_another(bot: Router) -> None:
    await bot.dispatch(flag())
    elsewhere = Place("slack:T2", "C1", "t1")
    assert "I know no client" in await said(bot, Command("e2", ANA, elsewhere, "show", {"client": "acme"}))
    assert "nothing to take back" in await said(bot, Command("e3", ANA, elsewhere, "undo"))


@pytest.mark.parametrize(("user", "place"), [(GUEST, HOME), (ANA, SHARED)])
async def test_guests_and_shared_channels_see_no_flags(bot: Router, user: User, place: Place) -> None:
    await bot.dispatch(flag())
    for name, args in (("show", {"client": "acme"}), ("list", {}), ("flag", {"client": "x", "archetype": "y"})):
        assert "people from outside" in await said(bot, Command(f"{name}-{user.id}", user, place, name, args))
    assert "people from outside" in await said(bot, Action("a", user, place, "show", "1"))
    answer = await said(bot, Question("q", user, place, "Acme has not paid the invoice in two months"))
    assert "open flag" not in answer
    assert "What I can do" in await said(bot, Command("h", user, place, "help"))


async def test_a_bug_shows_a_reference_that_is_in_the_log_and_nothing_of_what_was_said(bot: Router) -> None:
    def crash(command: Command, turn: Turn) -> Reply:
        turn.store.clients.create("half done")
        raise ValueError(command.args["reason"])

    with capture_logs() as logs:
        text = await said(broken(bot, crash), flag())
    reference = logs[-1]["reference"]
    assert len(reference) == 8
    assert reference in text
    assert "Zeppelin" not in text + json.dumps(logs)
    assert "I know no client" in await said(bot, Command("e2", ANA, HOME, "show", {"client": "half done"}))


async def test_a_refusal_after_a_write_takes_the_write_back(bot: Router) -> None:
    def refuse(_command: Command, turn: Turn) -> Reply:
        turn.store.clients.create("half done")
        raise UserError(N("I heard nothing to answer."))

    assert "I heard nothing" in await said(broken(bot, refuse), flag())
    assert "I know no client" in await said(bot, Command("e2", ANA, HOME, "show", {"client": "half done"}))


async def test_a_database_that_refuses_is_explained_in_the_askers_language(bot: Router) -> None:
    def full(_command: Command, _turn: Turn) -> Reply:
        raise StorageError(FULL)

    text = await said(broken(bot, full), flag(user=User("ana", locale="es-ES")))
    assert "disco" in text


async def test_nothing_that_people_say_reaches_the_log(bot: Router) -> None:
    with capture_logs() as logs:
        await bot.dispatch(flag())
        await bot.dispatch(Question("q", ANA, HOME, WHAT_WAS_SAID))
        await bot.dispatch(Command("x", ANA, HOME, "flag", {"client": WHAT_WAS_SAID, "archetype": WHAT_WAS_SAID}))
    assert "Zeppelin" not in json.dumps(logs, default=str)


async def test_an_old_button_says_so(bot: Router) -> None:
    assert "older version" in await said(bot, Action("a", ANA, HOME, "no-such-action"))
    for name in actions():
        text = await said(bot, Action(f"a-{name}", ANA, HOME, name, "999:nope::"))
        assert text
        assert "Something broke" not in text


def test_privacy_is_known_before_the_handler_runs(bot: Router) -> None:
    assert bot.is_private(flag())
    assert not bot.is_private(flag()._replace(is_public=True))
    assert not bot.is_private(Question("q", ANA, HOME, "x"))
    assert bot.is_private(Question("q", ANA, HOME, "x", is_public=False))
    assert bot.is_private(Action("a", ANA, HOME, "more"))
    assert not bot.is_private(Action("a", ANA, HOME, "share"))
    assert bot.is_private(Action("a", ANA, HOME, "advice"))
    assert not bot.is_private(Action("a", ANA, HOME, "advice", is_public=True))
    assert bot.is_private(Action("a", ANA, HOME, "no-such-action"))


async def test_a_command_in_public_leaves_reasons_out(bot: Router) -> None:
    await bot.dispatch(flag())
    for name in ("show", "advice"):
        args = {"client": "acme", "subject": "acme"}
        text = await said(bot, Command(f"p-{name}", ANA, HOME, name, args)._replace(is_public=True))
        assert "Zeppelin" not in text
        assert "9,999" not in text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_example_in_help_does_what_it_says(bot: Router, language: str) -> None:
    user = User("ana", locale=language, is_manager=True)
    speech = Speech(next(known for known in LANGUAGES if known == language))
    merged = Command("m", user, HOME, "flag", {"client": "Acme Studio", "archetype": "indeciso"})
    for number, spec in enumerate(commands().values()):
        if spec.name == "merge":
            await bot.dispatch(Command("n", user, HOME, "rename", {"client": "acme", "name": "acme"}))
        if spec.name == "undo":
            await bot.dispatch(merged)
        name, args = bot.command(speech(spec.example))
        reply = await bot.dispatch(Command(f"x{number}", user, HOME, name, args))
        assert reply is not None
        if spec.name == "undo":
            await bot.dispatch(flag("again", user=user))
        if spec.name == "rename":
            await bot.dispatch(Command("back", user, HOME, "undo"))
            await bot.dispatch(merged._replace(id="m2"))
        assert not reply.is_error, plain_text(reply)


def test_sub_commands_are_understood_in_every_language(bot: Router) -> None:
    for spec in commands().values():
        for name in spec.names:
            assert bot.command(name)[0] == spec.name
            assert bot.command(name.upper())[0] == spec.name


SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
ANY_SPACE = st.text(st.sampled_from(SPACES), min_size=1, max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_SPACE, ANY_SPACE, st.sampled_from(["flag", "FLAG", "标记", "marcar"]), st.sampled_from(["", "/client"]))
def test_any_white_space_ends_a_word_of_a_command(bot: Router, first: str, second: str, name: str, by: str) -> None:
    line = f"{name}{first}环球公司{second}拖欠款{first}發票 104"
    meant = ("flag", {"client": "环球公司", "archetype": "拖欠款", "reason": "發票 104"})
    assert bot.command(f"{second}{line}{second}") == meant
    assert bot.spoken(f"{by}{first}{line}" if by else line) == meant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("flag acme mala-paga", "flag"),
        ("/client show acme", "show"),
        ("client list", "list"),
        ("ayuda", "help"),
        ("help flag", "help"),
        ("show acme", "show"),
        ("help me with a client who never pays", None),
        ("show me what to do when a client shouts at us", None),
        ("list of things?", None),
        ("Acme won't pay", None),
        ("client refuses to pay, says our work is rubbish", None),
        ("client flag acme mala-paga", "flag"),
        ("undo", "undo"),
        ("undo that", "undo"),
        ("undo the last flag", "undo"),
        ("deshaz la última marca", "undo"),
        ("marca acme mala-paga", "flag"),
        ("Marca Blanca no me paga la factura", None),
        ("muéstrame cómo cobrarle a un cliente", None),
        ("muéstrame acme", "show"),
        ("undo the damage he did with his nephew's edits", None),
        ("deshacer el lío que armó el cliente", None),
        ("note acme call on Friday", "note"),
        ("note that the client never signed the last two change orders", None),
        ("nota que el cliente nunca firmó", None),
        ("resolve this for me please: he owes us money", None),
        ("forget it", None),
        ("flag this client as a bad payer", None),
        ("advice on a client who never pays", None),
        ("advice acme they want another project", "advice"),
        ("archetypes of bad clients?", None),
        ("ask him nicely first?", None),
        ("ask Acme hasn't paid, what now?", "ask"),
        ("", None),
    ],
)
def test_a_mention_is_a_command_or_a_question(bot: Router, text: str, name: str | None) -> None:
    found = bot.spoken(text)
    assert (found[0] if found else None) == name


def test_a_spec_says_how_it_is_used_in_each_language() -> None:
    spec = CommandSpec("x", C("command", "show"), N("Erase a client for good."), N("undo"), lambda _c, _t: Reply())
    assert spec.usage(Speech("en")) == "/client x"
    assert ActionSpec("a", lambda _a, _t: Reply()).delivery is Delivery.PRIVATE
