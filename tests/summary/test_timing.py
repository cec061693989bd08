"""Days, times and zones as people write them, to the edges."""

from __future__ import annotations

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Misuse
from bot.i18n.speech import Speech
from bot.summary.timing import clock, time_in, weekday_named
from bot.summary.zones import zone_named

SAY = Speech("en")


TIMES = """
9:00 → 09:00
09:00 → 09:00
9 → 09:00
9am → 09:00
9 AM → 09:00
9 a. m. → 09:00
9h → 09:00
9h30 → 09:30
9.30 → 09:30
9点 → 09:00
9点半 → 09:30
9点一刻 → 09:15
９：００ → 09:00
上午9点 → 09:00
下午3点 → 15:00
晚上8点30分 → 20:30
凌晨12点 → 00:00
中午12点 → 12:00
12am → 00:00
12pm → 12:00
12:30 a.m. → 00:30
0:00 → 00:00
23:59 → 23:59
a las 9 → 09:00
at 9 → 09:00
9 hrs → 09:00
九点 → 09:00
下午两点半 → 14:30
晚上十点 → 22:00
十二点 → 12:00
零点 → 00:00
9 de la mañana → 09:00
a las 5 de la tarde, Madrid → 17:00 Madrid
17:00 de la tarde → 17:00
9 in the morning → 09:00
8 in the evening → 20:00
9 madrid → 09:00 madrid
9:00, Europe/Madrid → 09:00 Europe/Madrid
9 amsterdam → 09:00 amsterdam
9 (UTC) → 09:00 UTC
9点 北京 → 09:00 北京
"""
ZONES = """
europe/madrid → Europe/Madrid
MADRID → Europe/Madrid
Caracas → America/Caracas
new york → America/New_York
New_York → America/New_York
Nueva York → America/New_York
纽约 → America/New_York
北京 → Asia/Shanghai
ciudad de méxico → America/Mexico_City
bogotá → America/Bogota
Londres → Europe/London
america/argentina/buenos_aires → America/Argentina/Buenos_Aires
utc → UTC
UTC-4 → Etc/GMT+4
gmt+8 → Etc/GMT-8
+05:00 → Etc/GMT-5
UTC−4 → Etc/GMT+4
EST → America/New_York
Mst → America/Denver
China → Asia/Shanghai
北京时间 → Asia/Shanghai
España → Europe/Madrid
Venezuela → America/Caracas
印度 → Asia/Kolkata
hora de Madrid → Europe/Madrid
Madrid, Spain → Europe/Madrid
utc+0 → UTC
"""
DAYS = """
Monday mon LUNES lun 周一 星期一 礼拜一
tuesday tue martes 周二
miércoles MIERCOLES wed 星期三
jueves thu thurs 周四
viernes friday fri 星期五
sábado sabado sat 周六
domingo sun sunday 周日 星期天 礼拜天
"""


def rows(table: str) -> list[tuple[str, str]]:
    """What is written and what it means."""
    return [(text, meant) for line in table.strip().splitlines() for text, meant in [line.split(" → ")]]


@pytest.mark.parametrize(("text", "meant"), rows(TIMES))
def test_a_time_is_read_and_the_rest_is_left(text: str, meant: str) -> None:
    minute, rest = time_in(text)
    assert f"{clock(minute)} {rest}".rstrip() == meant


@pytest.mark.parametrize("text", ["", *"nine 24:00 9:60 13pm 0am 900 9:5 -9 9:00:00 25 1e3".split()])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Misuse) as caught:
        time_in(text)
    assert caught.value.hint


@given(st.integers(0, 1439))
def test_every_minute_of_the_day_is_read_as_it_is_shown(minute: int) -> None:
    assert time_in(clock(minute)) == (minute, "")


@pytest.mark.parametrize(("day", "names"), list(enumerate(DAYS.strip().splitlines())))
def test_a_day_has_names_in_three_languages(day: int, names: str) -> None:
    assert {weekday_named(name) for name in names.split()} == {day}


@pytest.mark.parametrize(("text", "meant"), rows("mondya → monday\nlunez → lunes\nmiercole → miércoles"))
def test_a_day_that_is_nearly_one_is_suggested(text: str, meant: str) -> None:
    with pytest.raises(Misuse) as caught:
        weekday_named(text)
    assert caught.value.hint
    assert caught.value.hint.values == {"name": meant}


@pytest.mark.parametrize(("text", "zone"), rows(ZONES))
def test_a_zone_has_many_names(text: str, zone: str) -> None:
    assert zone_named(text, SAY) == zone
    assert ZoneInfo(zone).key == zone


NO_ZONES = [
    "",
    "xyz",
    "..",
    "../../etc/passwd",
    "/etc/localtime",
    "utc+15",
    "utc-13",
    "utc+5:30",
    "factory",
    "cst",
    "x" * 3_000,
]


@pytest.mark.parametrize("text", NO_ZONES, ids=lambda text: text[:10])
def test_what_is_no_zone_is_refused(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(Misuse) as caught:
        zone_named(text, SAY)
    assert caught.value.hint
    assert time.perf_counter() - start < 2


SUGGESTED = """
Madird → `Europe/Madrid` or `Atlantic/Madeira`
UTC+5:30 → `Asia/Kolkata`
+05:30 → `Asia/Kolkata`
CST → `America/Chicago` or `Asia/Shanghai`
Alemania → `Europe/Berlin` or `Europe/Busingen`
"""


@pytest.mark.parametrize(("text", "zones"), rows(SUGGESTED))
def test_the_zones_that_may_be_meant_are_suggested(text: str, zones: str) -> None:
    with pytest.raises(Misuse) as caught:
        zone_named(text, SAY)
    assert caught.value.hint
    assert caught.value.hint.values == {"names": zones}


@pytest.mark.parametrize("text", ["09:00 Madird", "at 9am ( Madird )", "九点，Madird"])
def test_a_zone_is_told_back_as_it_was_typed(text: str) -> None:
    assert time_in(text)[1] == "Madird"
