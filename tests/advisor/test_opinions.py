"""What a team gets from a model: a ranking, a paragraph for the case, and the plain answer whenever it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.advisor.opinion import Opinion
from bot.events import Action, Command, Question
from bot.reply import plain_text
from tests.advisor.server import ANA, HOME, KEY, Doubtful, Json, ModelServer, Team, Ticks, opinion, running_team, says
from tests.slack.logs import Logs, assert_ids_only
from tests.support import our_knowledge

KNOWLEDGE = our_knowledge().current()
ASKED = "September, he promised. The tree is up."
STEPS = KNOWLEDGE.playbook("mala-paga", "en").do_now
GOOD = " ".join(STEPS[:2])
ENTRIES = ("mala-paga.do_now.1", "mala-paga.do_now.2")
PLAIN = "Which of these comes closest?"
NONSENSE: tuple[tuple[str, Callable[[Json], web.Response]], ...] = (
    ("no JSON", lambda _: says("I'd be happy to help!")),
    ("half a JSON", lambda _: says('{"archetypes": ["mala-paga"')),
    ("another JSON", lambda _: says({"answer": "mala-paga"})),
    ("wrong types", lambda _: says({"archetypes": "mala-paga", "sentences": 7})),
    ("a number", lambda _: web.json_response({"choices": [{"message": {"content": 42}}]})),
    ("no choice", lambda _: web.json_response({"choices": []})),
    ("a list", lambda _: web.json_response([1, 2])),
    ("a deep list", lambda _: web.Response(body=b"[" * 60_000)),
    ("bytes", lambda _: web.Response(body=b"\xff\xfe\x00")),
    ("nothing", lambda _: web.Response()),
    ("no end", lambda _: web.Response(body=b"x" * 300_000)),
    ("an error", lambda _: web.json_response({"error": "overloaded"}, status=500)),
    ("a refusal", lambda _: web.json_response({"error": "bad key"}, status=401)),
    ("a limit", lambda _: web.Response(status=429)),
    ("another address", lambda _: web.Response(status=307, headers={"Location": "http://127.0.0.1:9/"})),
)


async def test_a_doubtful_question_is_ranked_and_worded_by_the_model_beside_the_playbook(
    team: Team, server: ModelServer
) -> None:
    server.answer = lambda _: says(opinion((GOOD, ENTRIES)))
    reply = await team.asks(ASKED)
    text = plain_text(reply)
    assert reply.title == "late-payment pattern"
    assert f"For this case\n{GOOD}" in text
    assert "Worded by small-model from: mala-paga.do_now.1 mala-paga.do_now.2" in text
    assert text.index(GOOD) < text.index("Do today")
    assert f"1. {STEPS[0]}\n" in text
    assert len(reply.sources) == len(set(reply.sources))
    assert {*ENTRIES} <= {*reply.sources}


async def test_questions_asked_as_commands_are_ranked_too(team: Team, server: ModelServer) -> None:
    assert (await team.runs(f"ask {ASKED}")).title == "late-payment pattern"
    await team.runs("flag acme insaciable")
    assert (await team.runs(f"advice acme {ASKED}")).title == "acme · late-payment pattern"
    assert len(server.bodies) == 2


async def test_two_kinds_are_both_treated_the_more_urgent_first(team: Team, server: ModelServer) -> None:
    server.answer = lambda _: says(opinion(kinds=("insaciable", "mala-paga")))
    text = await team.said(ASKED)
    assert "Two things at once" in text
    assert "mala-paga.do_now.1" in text


async def test_what_the_playbook_says_of_two_kinds_together_may_be_worded_too(team: Team, server: ModelServer) -> None:
    [entry] = [one for one in KNOWLEDGE.principles.combinations if {*one.archetypes} == {"mala-paga", "insaciable"}]
    said, kinds = entry.texts["en"], ("insaciable", "mala-paga")
    server.answer = lambda _: says(opinion((said, (f"combinations.{entry.id}",)), kinds=kinds))
    assert f"For this case\n{said}" in await team.said(ASKED)
    server.answer = lambda _: says(opinion((said, (f"combinations.{entry.id}",)), kinds=kinds[:1]))
    assert "For this case" not in await team.said(ASKED)


def test_an_opinion_on_kinds_that_are_gone_changes_nothing() -> None:
    reading = Doubtful().read(ASKED, KNOWLEDGE)
    assert Opinion(("robber",), (), "m", "v").applied(reading) == reading
    assert Opinion(("robber", "indeciso"), (), "m", "v").applied(reading).archetypes == ("indeciso",)
    assert not reading._replace(ranked=(), abstained=True).is_unsure


async def test_a_narrow_no_is_asked_about_and_a_clear_one_is_not(team: Team, server: ModelServer) -> None:
    team.reader.abstained, team.reader.best = True, 0.05
    assert "not in my notes" in await team.said(ASKED)
    assert server.bodies == []
    team.reader.best = 0.3
    assert "mala-paga.do_now.1" in await team.said(ASKED)


async def test_nothing_is_sent_when_the_reader_is_sure(team: Team, server: ModelServer) -> None:
    team.reader.best = 0.8
    assert "insaciable.do_now.1" in await team.said(ASKED)
    await team.runs(f"ask {ASKED}")
    assert server.bodies == []


@pytest.mark.parametrize(
    "text", ["he says he will come and kill me", "I can't go on, I want to die", "請求書の支払いがまだです"]
)
async def test_danger_distress_and_other_languages_are_not_sent(team: Team, server: ModelServer, text: str) -> None:
    await team.asks(text)
    assert server.bodies == []


async def test_nothing_is_sent_for_what_asks_nothing(team: Team, server: ModelServer) -> None:
    await team.runs("flag acme mala-paga his tree is up")
    await team.runs("note acme the tree is up")
    await team.runs("advice acme")
    await team.runs("show acme")
    assert "40000 characters" in await team.said("x" * 40_000)
    assert "nothing to answer" in await team.said(" ")
    assert server.bodies == []


async def test_a_question_that_comes_again_is_sent_and_answered_once(team: Team, server: ModelServer) -> None:
    question = Question("same", ANA, HOME, ASKED, is_redeliverable=True)
    assert await team.bot.dispatch(question) is not None
    assert await team.bot.dispatch(question) is None
    assert len(server.bodies) == 1


async def test_a_command_that_is_refused_sends_nothing(team: Team, server: ModelServer) -> None:
    await team.bot.dispatch(Command("x", ANA, HOME, "ask", {"question": "x" * 4_000}))
    await team.bot.dispatch(Command("y", ANA, HOME, "no-such", {"question": ASKED}))
    await team.bot.dispatch(Command("z", ANA, HOME, "advice", {"question": ASKED}))
    assert server.bodies == []


async def test_unknown_ids_are_dropped(team: Team, server: ModelServer) -> None:
    server.answer = lambda _: says(opinion((GOOD, ("mala-paga.do_now.99",)), (GOOD, ()), kinds=("robber", "mala-paga")))
    reply = await team.asks(ASKED)
    assert reply.title == "late-payment pattern"
    assert "For this case" not in plain_text(reply)


@pytest.mark.parametrize("kinds", [(), ("robber",)])
async def test_when_no_kind_is_left_the_answer_is_the_plain_one(
    team: Team, server: ModelServer, kinds: tuple[str, ...]
) -> None:
    server.answer = lambda _: says(opinion((GOOD, ENTRIES), kinds=kinds))
    text = await team.said(ASKED)
    assert PLAIN in text
    assert "For this case" not in text


async def test_sentences_about_another_kind_than_the_cards_are_left_out(team: Team, server: ModelServer) -> None:
    server.answer = lambda _: says(opinion((GOOD, ENTRIES), kinds=("insaciable",)))
    assert "For this case" not in await team.said(ASKED)


@pytest.mark.parametrize(("what", "answer"), NONSENSE, ids=[what for what, _ in NONSENSE])
async def test_nonsense_and_errors_give_the_plain_answer(
    team: Team, server: ModelServer, logs: Logs, what: str, answer: Callable[[Json], web.Response]
) -> None:
    server.answer = answer
    assert PLAIN in await team.said(ASKED)
    assert logs.names == ["model_failed"], what
    assert_ids_only(logs.lines, [ASKED, "happy help overloaded"])


async def test_an_answer_in_a_fence_is_read(team: Team, server: ModelServer) -> None:
    server.answer = lambda _: says('Here you are:\n```json\n{"archetypes": ["mala-paga"], "sentences": []}\n```')
    assert (await team.asks(ASKED)).title == "late-payment pattern"


async def test_a_model_that_never_answers_is_not_waited_for(tmp_path: Path, server: ModelServer, logs: Logs) -> None:
    server.waits = asyncio.Event()
    async with running_team(tmp_path / "chao.db", server.url, seconds=0.05) as team:
        await team.runs("settings model on")
        assert PLAIN in await team.said(ASKED)
    assert logs.names == ["model_failed"]


async def test_a_server_that_is_not_there_gives_the_plain_answer(tmp_path: Path, logs: Logs) -> None:
    async with running_team(tmp_path / "chao.db", "http://127.0.0.1:9/v1") as team:
        await team.runs("settings model on")
        assert PLAIN in await team.said(ASKED)
    assert logs.names == ["model_failed"]
    assert_ids_only(logs.lines, [ASKED])


async def test_others_are_answered_and_may_write_while_a_model_thinks(team: Team, server: ModelServer) -> None:
    server.waits = asyncio.Event()
    thinking = asyncio.create_task(team.asks(ASKED))
    await server.asked.wait()
    assert "acme is flagged" in plain_text(await team.runs("flag acme mala-paga"))
    assert "1 open flag" in plain_text(await team.runs("show acme"))
    assert not thinking.done()
    server.waits.set()
    assert (await thinking).title == "late-payment pattern"


async def test_three_failures_in_a_row_leave_the_model_alone_for_a_minute(tmp_path: Path, server: ModelServer) -> None:
    ticks = Ticks()
    async with running_team(tmp_path / "chao.db", server.url, ticks=ticks) as team:
        await team.runs("settings model on")
        works, server.answer = server.answer, lambda _: web.Response(status=500)
        for _ in range(5):
            assert PLAIN in await team.said(ASKED)
        assert len(server.bodies) == 3
        ticks.now = 59
        await team.asks(ASKED)
        assert len(server.bodies) == 3
        ticks.now = 61
        await team.asks(ASKED)
        await team.asks(ASKED)
        assert len(server.bodies) == 4
        ticks.now, server.answer = 122, works
        for _ in range(4):
            assert (await team.asks(ASKED)).title == "late-payment pattern"


async def test_the_request_is_what_such_servers_take(team: Team, server: ModelServer) -> None:
    await team.asks(ASKED)
    [body] = server.bodies
    assert body["model"] == "small-model"
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["response_format"]["type"] == "json_schema"
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert server.data["question"] == ASKED
    assert {one["id"] for one in server.data["archetypes"]} == {*team.bot.services.knowledge.current().archetypes}
    ids = [one["id"] for one in server.data["entries"]]
    allowed = body["response_format"]["json_schema"]["schema"]["properties"]["sentences"]["items"]["properties"]
    assert allowed["entries"]["items"]["enum"] == ids
    assert {"insaciable.do_now.1", "mala-paga.avoid.1"} <= {*ids}


async def test_a_redrawn_card_asks_nobody_and_shows_the_playbook_alone(team: Team, server: ModelServer) -> None:
    server.answer = lambda _: says(opinion((GOOD, ENTRIES)))
    reply = await team.asks(ASKED)
    option = reply.menus[0].options[-1]
    redrawn = await team.bot.dispatch(Action("a", ANA, HOME, option.action, option.value))
    assert redrawn is not None
    assert "For this case" not in plain_text(redrawn)
    assert len(server.bodies) == 1
