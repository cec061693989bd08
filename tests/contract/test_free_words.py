"""Commands in words of one's own, in three languages: done where they are unmistakable, asked about where not."""

from __future__ import annotations

import pytest

from tests.contract.driver import Driver


def last(chat: Driver, user: str = "bob") -> str:
    return chat.sees(user)[-1].text


async def known(chat: Driver, client: str, archetype: str = "mala-paga") -> None:
    await chat.runs("bob", "flag", client=client, archetype=archetype, reason="inv 104")


async def shown(chat: Driver, client: str) -> str:
    await chat.runs("bob", "show", client=client)
    return last(chat)


@pytest.mark.parametrize(
    ("line", "client", "done"),
    [
        ("unflag acme", "acme", "1 flag on acme is resolved"),
        ("remove the flag from acme", "acme", "1 flag on acme is resolved"),
        ("please remove Acme's flag, thanks", "acme", "1 flag on acme is resolved"),
        ("quita la marca de peral", "peral", "1 aviso sobre peral queda resuelto"),
        ("¿Puedes quitarle la marca a Peral, por favor?", "peral", "1 aviso sobre peral queda resuelto"),
        ("取消 acme 的标记", "acme", "我理解为"),
        ("把星河的标记取消掉", "星河", "我理解为"),
    ],
)
async def test_a_flag_is_taken_off_in_plain_words(chat: Driver, line: str, client: str, done: str) -> None:
    await known(chat, client)
    await chat.says("bob", line, thread="t1")
    assert done in last(chat)
    assert f"`/client resolve {client}`" in last(chat)
    assert "No open flags" in await shown(chat, client)


@pytest.mark.parametrize(
    ("line", "client", "text"),
    [
        ("note for acme: they changed accountants", "acme", "they changed accountants"),
        ("nota para acme: cambiaron de contador", "acme", "cambiaron de contador"),
        ("给 acme 记一笔：换了会计，下周再问", "acme", "换了会计，下周再问"),
        ("add a note to Bright Harbor: ask for Sam, please", "Bright Harbor", "ask for Sam, please"),
        ("note for Bright Harbor they moved", "Bright Harbor", "they moved"),
        ("note Bright Harbor they moved", "Bright Harbor", "they moved"),
    ],
)
async def test_a_note_is_taken_in_plain_words(chat: Driver, line: str, client: str, text: str) -> None:
    await known(chat, client)
    await chat.says("bob", line)
    assert client in last(chat)
    assert text in await shown(chat, client)


@pytest.mark.parametrize(
    ("line", "client"),
    [
        ("flag Bright Harbor as a bad payer", "Bright Harbor"),
        ("marca a peral como moroso", "peral"),
        ("marca a Estudio Norte como moroso", "Estudio Norte"),
        ("Marca a La Perla como morosa, por favor", "La Perla"),
        ("把 acme 标记为拖欠款", "acme"),
        ("把星河公司标记为拖欠款", "星河公司"),
        ("flag Bright Harbor mala-paga", "Bright Harbor"),
        ("please flag acme as mala-paga because they owe us two invoices", "acme"),
        ("could you flag “the oak” as a late payer?", "the oak"),
    ],
)
async def test_a_client_is_flagged_in_plain_words(chat: Driver, line: str, client: str) -> None:
    await chat.says("bob", line)
    if "La Perla" in line:
        await chat.presses("bob", "Sí, hazlo")
    assert client in last(chat)
    assert "1 open flag" in await shown(chat, client)
    await chat.runs("bob", "undo")
    await chat.runs("bob", "list")
    assert "No client has open flags" in last(chat)


async def test_what_was_given_as_the_reason_is_kept(chat: Driver) -> None:
    await chat.says("bob", "please flag acme as mala-paga because they owe us two invoices")
    assert "because they owe us two invoices" in await shown(chat, "acme")


@pytest.mark.parametrize(
    ("line", "button"),
    [
        ("so flag Bright Harbor as a bad payer?", "Yes, do it"),
        ("ok, mark Bright Harbor as a bad payer?", "Yes, do it"),
        ("mark Bright Harbor as a bad payer if they miss Friday", "Yes, do it"),
        ("y marca a Bright Harbor como moroso?", "Sí, hazlo"),
        ("marca a Bright Harbor como moroso si no paga el viernes", "Sí, hazlo"),
        ("把Bright Harbor标记为拖欠款，如果周五还不付", "对，就这么办"),
    ],
)
async def test_what_is_only_weighed_is_asked_about_first(chat: Driver, line: str, button: str) -> None:
    await chat.says("bob", line)
    assert button in chat.sees("bob")[-1].buttons
    assert "open flag" not in await shown(chat, "Bright Harbor")


@pytest.mark.parametrize(
    ("line", "button"),
    [
        ("unflag acme, but only if they pay", "Yes, do it"),
        ("unflag acme if they pay", "Yes, do it"),
        ("remove the flag from acme when they pay", "Yes, do it"),
        ("quita la marca de acme si paga", "Sí, hazlo"),
        ("取消acme的标记，如果他付了", "对，就这么办"),
        ("quita la marca a acme, cuando pague", "Sí, hazlo"),
        ("取消acme的标记，等他们付款", "对，就这么办"),
    ],
)
async def test_a_flag_that_is_to_go_on_a_condition_is_asked_about_first(chat: Driver, line: str, button: str) -> None:
    await known(chat, "acme")
    await chat.says("bob", line)
    assert button in chat.sees("bob")[-1].buttons
    assert "1 open flag" in await shown(chat, "acme")


@pytest.mark.parametrize(
    "line",
    [
        "list bad payers",
        "show me all flagged clients",
        "who is flagged?",
        "qué clientes están marcados",
        "¿quiénes están marcados?",
        "muéstrame los morosos",
        "谁被标记了",
        "列出所有拖欠款的客户",
    ],
)
async def test_flagged_clients_are_listed_in_plain_words(chat: Driver, line: str) -> None:
    await known(chat, "acme")
    await known(chat, "Orchid")
    await chat.says("bob", line)
    seen = chat.sees("bob")[-1]
    assert "acme" in seen.text
    assert "Orchid" in seen.text
    assert "inv 104" not in seen.text
    assert seen.is_private == ("private answers to mentions" not in chat.lacks)


@pytest.mark.parametrize(
    "line", ["显示 acme", "show me acme's history", "muéstrame las marcas de acme", "what flags does Acme have?"]
)
async def test_a_client_is_shown_in_plain_words(chat: Driver, line: str) -> None:
    await known(chat, "acme")
    await chat.says("bob", line)
    assert "×1" in last(chat)


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("send the summary every monday at 9", "Monday at 09:00"),
        ("weekly summary on fridays at 17:00", "Friday at 17:00"),
        ("resumen cada lunes a las 9", "lunes a las 09:00"),
        ("每周一9点发周报", "每周一 09:00"),
    ],
)
async def test_the_weekly_summary_is_planned_and_stopped_in_plain_words(chat: Driver, line: str, when: str) -> None:
    await chat.says("bob", line)
    assert when in last(chat)
    await chat.says("bob", "stop the weekly summary")
    assert "no longer post" in last(chat)


@pytest.mark.parametrize(
    "line", ["peral ya pagó, quítalo", "Peral paid, remove the flag", "peral 已经付款了，取消标记吧"]
)
async def test_what_may_mean_something_else_is_asked_about_before_it_is_done(chat: Driver, line: str) -> None:
    await known(chat, "peral")
    await chat.says("bob", line)
    assert "`/client resolve peral`" in last(chat)
    (button,) = chat.sees("bob")[-1].buttons
    assert "1 open flag" in await shown(chat, "peral")
    await chat.presses("bob", button)
    assert "No open flags" in await shown(chat, "peral")
    await chat.presses("bob", button)
    assert "no longer open" in last(chat)


async def test_nobody_else_confirms_what_somebody_was_asked(chat: Driver) -> None:
    await chat.says("bob", "flag Orchid as rude?")
    if "private answers to mentions" in chat.lacks:
        await chat.presses("ana", "Yes, do it")
        assert "no longer open" in last(chat, "ana")
    await chat.presses("bob", "Yes, do it")
    assert "Orchid is flagged" in last(chat)


async def test_a_client_that_nobody_knows_is_no_client_to_show(chat: Driver) -> None:
    await chat.says("bob", "show me your invoice")
    assert "I know no client" not in last(chat)
