"""What is said about a channel's summary: when it comes, what it covers, and why it does not come."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.i18n.messages import Message, N
from bot.knowledge.schema import Language
from bot.records import Fault, Plan, Sent
from bot.summary.timing import DAY_NAMES, clock
from bot.summary.zones import zone_name

LANGUAGE_NAMES: dict[Language, Message] = {"es": N("Spanish"), "en": N("English"), "zh": N("Chinese")}
FAULTS: dict[str, Message] = {
    Fault.GONE: N(
        "I can't reach the channel: it was archived or deleted, or I was removed from it. Invite me again, then send "
        "`/client summary weekly` there once more."
    ),
    Fault.FORBIDDEN: N(
        "I may not post in the channel. Let me post messages and files there; I try again the week after."
    ),
    Fault.SHARED: N(
        "People from outside the team can read the channel now, and I show no clients there. Send `/client summary "
        "weekly` in a channel of the team alone."
    ),
    Fault.ZONE: N("Its time zone is no longer known. Send `/client summary weekly` there once more."),
}
_ENDS: dict[str, Message] = {
    "sent": N("The last one, of {day}, was posted."),
    "quiet": N("In the week of {day} there was nothing to tell, so I posted nothing."),
    "skipped": N("The last one, of {day}, was skipped: I could not post it for a day."),
    "failed": N("The last one, of {day}, could not be posted."),
    "due": N("The last one, of {day}, waits to be posted."),
    "sending": N("The last one, of {day}, is being posted."),
}


def rhythm(plan: Plan) -> Message:
    """On which day, at what time."""
    return N(
        "every {day} at {time} ({zone})",
        day=DAY_NAMES[plan.weekday],
        time=clock(plan.minute),
        zone=zone_name(plan.zone),
    )


def ending(sent: Sent, zone: str) -> Message:
    """What became of a summary."""
    return _ENDS[sent.state]._replace(values={"day": sent.due_at.astimezone(ZoneInfo(zone))})
