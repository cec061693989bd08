"""“Flag client…” in a message's menu: the window, its type-ahead, its mistakes, and the message kept as evidence."""

from __future__ import annotations

import pytest

from adapters.slack import limits
from tests.slack.desk import Desk
from tests.slack.fake import CHANNEL

LATE = "Acme's invoice has not been paid for two months"


async def test_the_window_has_the_likeliest_archetype_chosen(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    _, view = slack.window("ana")
    assert view["blocks"][1]["element"]["initial_option"]["value"] == "mala-paga"
    assert [block["optional"] for block in view["blocks"]] == [False, False, True]


async def test_a_sent_window_flags_with_the_message_as_evidence_and_tells_only_its_sender(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    assert await slack.sends_window("ana", client="acme", reason="inv 104") == {}
    assert "acme is flagged mala-paga" in slack.modal("ana").text
    assert slack.sees("bob") == []
    assert f"https://t.slack.com/archives/{CHANNEL}/p" in await slack.history("ana", "acme")


async def test_known_clients_are_offered_while_typing_and_a_new_one_may_be_typed(slack: Desk) -> None:
    for name in ("acme", "Acme Studio", "globex"):
        await slack.runs("ana", "flag", client=name, archetype="indeciso")
    await slack.uses_shortcut("ana", LATE)
    assert await slack.looks_up("ana", "ac") == [
        ("acme", "acme"), ("Acme Studio", "Acme Studio"), ("“ac” is a new client", "ac"),
    ]  # fmt: skip
    assert await slack.looks_up("ana", "GLOBEX") == [("globex", "globex")]
    assert len(await slack.looks_up("ana", "")) == 3


async def test_the_type_ahead_speaks_the_askers_language_and_takes_endless_text(slack: Desk) -> None:
    slack.slack.people["Ueva"] = {"id": "Ueva", "locale": "es-ES"}
    await slack.uses_shortcut("eva", LATE)
    assert "nuevo" in (await slack.looks_up("eva", "nuevo cliente"))[0][0]
    assert len(await slack.looks_up("eva", "x" * 80)) == 1
    assert len(await slack.looks_up("eva", "x" * 500)) == 1
    assert len(await slack.looks_up("eva", "<!channel> & <@U1>")) == 1


@pytest.mark.parametrize("length", [81, 150, 500])
async def test_a_name_that_is_too_long_says_so_in_the_list_and_on_its_field(slack: Desk, length: int) -> None:
    await slack.uses_shortcut("ana", LATE)
    ((label, value),) = await slack.looks_up("ana", "x" * length)
    assert label == "Too long for a client's name: 80 characters are the most"
    wrong = await slack.sends_window("ana", client=value, archetype="mala-paga")
    assert wrong["client"].startswith(f"That client's name has {min(length, 150)} characters; 80 is the most.")


async def test_more_clients_than_slack_lists_still_leave_room_for_a_new_one(
    slack: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPTIONS", 4)
    for number in range(5):
        await slack.runs("ana", "flag", client=f"client {number}", archetype="indeciso")
    monkeypatch.undo()
    await slack.uses_shortcut("ana", LATE)
    monkeypatch.setattr(limits, "OPTIONS", 4)
    options = await slack.looks_up("ana", "client")
    assert len(options) == 4
    assert options[-1][1] == "client"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"client": "<@U123>", "archetype": "mala-paga"}, "client"),
        ({"client": "x" * 81, "archetype": "mala-paga"}, "client"),
        ({"client": "acme", "archetype": "gone-since"}, "archetype"),
        ({"client": "acme", "archetype": "mala-paga", "reason": "x" * 3_001}, "reason"),
    ],
)
async def test_a_mistake_is_shown_on_its_field_and_the_window_stays(
    slack: Desk, fields: dict[str, str], field: str
) -> None:
    await slack.uses_shortcut("ana", LATE)
    wrong = await slack.sends_window("ana", **fields)
    assert list(wrong) == [field]
    assert await slack.sends_window("ana", client="acme", archetype="mala-paga", reason="x" * 3_000) == {}
    assert "acme is flagged" in slack.modal("ana").text


async def test_a_near_miss_is_asked_about_in_the_window_and_keeps_evidence_and_place(slack: Desk) -> None:
    await slack.runs("ana", "flag", client="Banco Norte", archetype="mala-paga")
    await slack.uses_shortcut("ana", LATE)
    await slack.sends_window("ana", client="Banco Nrote", reason="second")
    assert "Did you mean “Banco Norte”?" in slack.modal("ana").text
    await slack.presses("ana", "Banco Norte")
    assert "open flag number 2" in slack.modal("ana").text
    history = await slack.history("ana", "Banco Norte")
    assert f"https://t.slack.com/archives/{CHANNEL}/p" in history


async def test_the_button_in_the_window_leads_on_to_advice_in_the_window(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    await slack.sends_window("ana", client="acme")
    await slack.presses("ana", "What do I do?")
    assert "Do today" in slack.modal("ana").text
    await slack.presses("ana", "final")
    assert "mala-paga.say.email.final" in slack.modal("ana").text
    assert slack.sees("bob") == []


async def test_advice_in_a_window_can_be_shared_to_the_channel_it_was_opened_in(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    await slack.sends_window("ana", client="acme", reason="secret")
    await slack.presses("ana", "What do I do?")
    await slack.presses("ana", "Share")
    assert slack.modal("ana").text == "Shared."
    seen = slack.sees("bob")[-1]
    assert "Do today" in seen.text
    assert "secret" not in seen.text


async def test_sharing_from_a_window_where_the_bot_may_not_post_says_so(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    await slack.sends_window("ana", client="acme")
    await slack.presses("ana", "What do I do?")
    slack.slack.refuse("chat.postMessage", "not_in_channel")
    await slack.presses("ana", "Share")
    assert "I could not post that" in slack.modal("ana").text
    assert slack.sees("bob") == []


async def test_a_message_that_is_gone_is_flagged_without_a_link_and_said_to_be(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    slack.slack.deleted.add(slack.origin("ana").message)
    await slack.sends_window("ana", client="acme")
    assert "The message is no longer there" in slack.modal("ana").text
    assert "https://" not in await slack.history("ana", "acme")


@pytest.mark.parametrize("thread", ["", "1795543100.000100"])
async def test_a_message_where_the_bot_has_not_joined_keeps_its_link(slack: Desk, thread: str) -> None:
    slack.slack.unjoined.add(CHANNEL)
    message = {"type": "message", "ts": "1795543100.000200", "text": LATE, **({"thread_ts": thread} if thread else {})}
    await slack.uses_shortcut("ana", LATE, message=message)
    await slack.sends_window("ana", client="acme")
    assert "no longer there" not in slack.modal("ana").text
    link = f"https://t.slack.com/archives/{CHANNEL}/p1795543100000200" + (f"?thread_ts={thread}" if thread else "")
    assert link in await slack.history("ana", "acme")


async def test_the_link_is_not_waited_for_when_slack_is_silent(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE)
    slack.slack.is_down = True
    await slack.sends_window("ana", client="acme")
    assert "acme is flagged" in slack.modal("ana").text


async def test_guests_and_shared_channels_get_no_form_but_the_reason(slack: Desk) -> None:
    slack.slack.people["Ugus"] = {"id": "Ugus", "is_ultra_restricted": True}
    await slack.uses_shortcut("gus", LATE)
    assert "no clients or flags to people from outside the team" in slack.modal("gus").text
    slack.slack.channels["C9"] = {"id": "C9", "is_ext_shared": True}
    slack.channel = "C9"
    await slack.uses_shortcut("ana", LATE)
    assert "I show no clients or flags" in slack.modal("ana").text


async def test_a_window_that_slack_let_go_is_said_to_who_pressed(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE, trigger_id="1.1.used")
    seen = slack.sees("ana")[-1]
    assert (seen.is_private, "Press it again" in seen.text) == (True, True)


async def test_an_entry_of_an_older_version_says_that_it_is_one(slack: Desk) -> None:
    await slack.uses_shortcut("ana", LATE, callback_id="old_entry")
    assert "older version of me" in slack.modal("ana").text
