"""What a channel reads on Monday morning: its week in its language, one screen, a picture, and nothing of a reason."""

from __future__ import annotations

import io
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from PIL import Image

from bot.events import Action, User
from bot.knowledge.schema import LANGUAGES, Language
from bot.records import Fault
from bot.reply import ChannelLink, Picture, Reply, plain_text
from bot.storage.database import Session
from bot.storage.outbox import Claim, Sender
from bot.summary.composer import SummaryComposer
from tests.summary.office import LAST_MONDAY, Office


async def busy(office: Office, locale: str = "en") -> None:
    """Six weeks of a busy team, and a summary planned for Monday at nine."""
    await office.flags("umbra pichirre", "acme mala-paga", "initech sabelotodo")
    office.clock.advance(days=20)
    await office.flags("acme mala-paga")
    office.clock.advance(days=16)
    await office.does("summary", locale=locale, when="weekly", day="monday", time="09:00", zone="Europe/Madrid")
    await office.flags("acme mala-paga", "globex indeciso", "globex sin-horario", "hooli insaciable", "soylent abusivo")
    await office.does("resolve", client="initech")
    office.clock.now = LAST_MONDAY


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_week_comes_in_the_language_of_who_planned_it_on_one_screen(
    office: Office, language: Language
) -> None:
    await busy(office, language)
    message, below = await office.posts()
    words: dict[Language, tuple[str, ...]] = {
        "en": (
            "The week from 16 November 2026 to 23 November 2026",
            "5 new flags",
            "late-payment pattern again, 3 open",
        ),
        "es": ("La semana del 16 de noviembre de 2026", "5 avisos nuevos", "otra vez Patrón de pagos fuera de plazo"),
        "zh": ("一周汇总：2026年11月16日至2026年11月23日", "5条新标记", "付款反复逾期再次发生"),
    }
    text = plain_text(Reply(message.reply.title, message.reply.blocks[1:]))
    assert all(said in text for said in words[language])
    assert len([line for line in text.splitlines() if line]) <= 15
    assert below.place.thread == message.id
    assert "secret" not in plain_text(message.reply) + plain_text(below.reply)


async def test_the_advice_maps_to_an_entry_of_the_knowledge(office: Office) -> None:
    await busy(office)
    message, _ = await office.posts()
    assert message.reply.sources == ("combinations.sin-horario-with-indeciso",)
    assert "(combinations.sin-horario-with-indeciso)" in plain_text(message.reply)


async def test_eight_weeks_come_as_a_picture_with_the_same_in_words(office: Office) -> None:
    await busy(office)
    message, _ = await office.posts()
    (picture,) = [block for block in message.reply.blocks if isinstance(block, Picture)]
    assert Image.open(io.BytesIO(picture.png)).size[0] == 720
    assert "late-payment pattern: 0 0 1 0 0 1 0 1" in picture.alt


async def test_buttons_in_the_channel_show_cards_and_share_nothing(office: Office) -> None:
    await busy(office)
    message, _ = await office.posts()
    assert {button.action for button in message.reply.buttons} == {"show"}
    press = Action("1", User("bob"), message.place, "show", message.reply.buttons[0].value, is_public=True)
    shown = await office.bot.dispatch(press)
    assert office.bot.is_private(press)
    assert shown is not None
    assert shown.title == message.reply.buttons[0].label


async def test_a_channel_may_see_only_the_clients_that_were_flagged_from_it(office: Office) -> None:
    await office.flags("acme mala-paga", channel="C1")
    await office.flags("globex indeciso", channel="C2")
    for channel in ("C1", "C2"):
        await office.does("summary", channel, when="weekly", day="monday", time="09:00")
    await office.does("settings", "C2", name="summary-scope", value="channel")
    office.clock.advance(days=5)
    messages = {m.place.channel: plain_text(m.reply) for m in await office.posts() if not m.place.thread}
    assert "acme" in messages["C1"]
    assert "globex" in messages["C1"]
    assert "globex" in messages["C2"]
    assert "acme" not in messages["C2"]


async def test_a_quiet_channel_hears_only_of_weeks_with_news(office: Office) -> None:
    for channel in ("C1", "C2"):
        await office.does("summary", channel, when="weekly", day="monday", time="09:00")
    await office.does("settings", "C2", name="summary-quiet", value="yes")
    office.clock.advance(days=5)
    assert [message.place.channel for message in await office.posts()] == ["C1"]
    office.clock.advance(hours=1)
    await office.flags("acme mala-paga")
    office.clock.advance(days=7)
    assert {message.place.channel for message in await office.posts()} == {"C1", "C2"}


async def test_a_channels_language_goes_before_the_teams_and_that_before_the_planners(office: Office) -> None:
    titles = []
    office.clock.advance(days=-2)
    await office.does("summary", when="weekly", day="monday", time="09:00")
    for name, value in (("-", "-"), ("language", "es"), ("summary-language", "zh")):
        if value != "-":
            await office.does("settings", name=name, value=value)
        office.clock.advance(days=7)
        titles.append((await office.posts())[0].text)
    assert [title.split()[0][:2] for title in titles] == ["Th", "La", "一周"]


async def test_a_summary_that_comes_late_is_of_the_week_that_it_is_for(office: Office) -> None:
    await busy(office)
    office.clock.advance(hours=20)
    await office.flags("late-comer mala-paga")
    message, _ = await office.posts()
    text = plain_text(message.reply)
    assert "to 23 November 2026" in text
    assert "5 new flags" in text


async def test_who_planned_it_is_told_why_it_does_not_come(office: Office) -> None:
    composer = SummaryComposer(office.bot.services)
    for fault in Fault:
        reply = composer.notice(claim_of("es"), fault)
        assert ChannelLink("C1") in reply.blocks
        assert len(plain_text(reply).splitlines()) >= 3


async def test_channels_of_a_workspace_that_are_due_together_share_what_they_see_alike(office: Office) -> None:
    await busy(office)
    for channel, name, value in (("C3", "summary-language", "zh"), ("C4", "summary-scope", "channel")):
        await office.does("settings", channel, name=name, value=value)
    composer, seen = SummaryComposer(office.bot.services), list[str]()
    claims = [claim_of("en")._replace(channel=channel) for channel in ("C2", "C5", "C3", "C4")]

    def composed(session: Session) -> list[tuple[Reply, ...]]:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(seen.append)
        replies = composer.summaries(session, claims[:2])
        driver.set_trace_callback(None)
        return [*replies, *composer.summaries(session, claims)[1:]]

    first, second, alike, chinese, local = await office.bot.services.database.read(composed)
    assert first is second
    assert len(seen) <= 6
    assert list(map(plain_text, alike)) == list(map(plain_text, first))
    assert chinese[0].title.startswith("一周")
    assert (len(first), len(local)) == (2, 1)


async def lasting(office: Office) -> None:
    """One client, flagged twice: the advice is a step of the ladder."""
    await office.flags("acme mala-paga")
    office.clock.advance(days=20)
    await office.does("summary", when="weekly", day="monday", time="09:00", zone="Europe/Madrid")
    await office.flags("acme mala-paga")
    office.clock.now = LAST_MONDAY


@pytest.mark.parametrize("lived", [busy, lasting])
async def test_it_takes_five_statements_and_few_milliseconds(
    office: Office, lived: Callable[[Office], Awaitable[None]]
) -> None:
    await lived(office)
    composer, seen = SummaryComposer(office.bot.services), list[str]()

    def composed(session: Session) -> float:
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        composer.summaries(session, [claim_of("en")])
        driver.set_trace_callback(seen.append)
        start = time.perf_counter()
        composer.summaries(session, [claim_of("en")])
        driver.set_trace_callback(None)
        return time.perf_counter() - start

    seconds = min([await office.bot.services.database.read(composed) for _ in range(5)])
    assert len(seen) / 5 <= 5
    assert all(statement.startswith("SELECT") for statement in seen)
    assert seconds < 0.02


def claim_of(language: str) -> Claim:
    """A summary that is due in C1 since the last Monday at nine."""
    sender = Sender("me", ("slack",), timedelta(minutes=5))
    return Claim(
        1, "slack:T1", "slack", "C1", "2026-W48", LAST_MONDAY, 1, "", is_doubtful=False, zone="UTC",
        language=language, set_by="ana", fault="", sender=sender,
    )  # fmt: skip
