"""What is promised when a summary is planned anew in another zone comes true, and no week is lost or told twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.events import Command, Place, User
from bot.reply import plain_text
from tests.summary.office import Office

HOUR = timedelta(hours=1)


async def planned(office: Office, day: str, time: str, zone: str) -> str:
    """The answer to `summary weekly`."""
    place, args = Place("slack:T1", "C1"), {"when": "weekly", "day": day, "time": time, "zone": zone}
    ana = User("ana", locale="en", is_manager=True)
    reply = await office.bot.dispatch(Command(f"{office.clock()}", ana, place, "summary", args))
    assert reply is not None
    return plain_text(reply)


async def posted(office: Office, hours: int) -> list[str]:
    """On which hours (UTC) something is posted, of so many that pass."""
    found = []
    for _ in range(hours):
        office.clock.now += HOUR
        if await office.posts():
            found.append(f"{office.clock():%a %d %b %H}")
    return found


def moment(text: str) -> datetime:
    """An hour (UTC) of 2026, as `Sun 22 Nov 19`."""
    return datetime.strptime(f"{text} 2026 +0000", "%a %d %b %H %Y %z")


@pytest.mark.parametrize(
    ("before", "last", "after", "first"),
    [
        ("monday 08:00 Pacific/Auckland", "Sun 22 Nov 19", "sunday 20:00 UTC", "Sun 29 Nov 20"),
        ("monday 08:00 Pacific/Auckland", "Sun 22 Nov 19", "monday 08:00 UTC", "Mon 30 Nov 08"),
        ("monday 08:00 Pacific/Auckland", "Sun 22 Nov 19", "friday 08:00 UTC", "Fri 04 Dec 08"),
        ("sunday 20:00 UTC", "Sun 22 Nov 20", "monday 10:00 Pacific/Auckland", "Sun 29 Nov 21"),
        ("sunday 18:00 America/Caracas", "Sun 22 Nov 22", "monday 00:00 UTC", "Mon 30 Nov 00"),
        ("monday 09:00 UTC", "Mon 23 Nov 09", "friday 09:00 UTC", "Fri 04 Dec 09"),
        ("friday 09:00 UTC", "Fri 27 Nov 09", "monday 09:00 UTC", "Mon 07 Dec 09"),
        ("monday 09:00 UTC", "Mon 23 Nov 09", "sunday 20:00 UTC", "Sun 06 Dec 20"),
    ],
)
async def test_the_first_one_after_a_change_comes_when_it_is_promised(
    office: Office, before: str, last: str, after: str, first: str
) -> None:
    office.clock.now = datetime(2026, 11, 14, 12, tzinfo=UTC)
    await planned(office, *before.split())
    assert (await posted(office, int((moment(last) - office.clock()) / HOUR)))[-1] == last
    office.clock.now += HOUR / 2
    local = moment(first).astimezone(ZoneInfo(after.rsplit(maxsplit=1)[-1]))
    assert f"The first one comes on {local:%A} {local.day} {local:%B}." in await planned(office, *after.split())
    office.clock.now -= HOUR / 2
    assert (await posted(office, 15 * 24))[0] == first
