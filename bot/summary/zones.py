"""Time zones by the names that people use: IANA names in any case, cities in three languages, distances from UTC."""

from __future__ import annotations

import difflib
from functools import cache
from importlib.resources import files

from bot.errors import Misuse
from bot.i18n.messages import Message, N
from bot.i18n.speech import BABEL_LOCALES, Speech
from bot.names import fold
from bot.patterns import late_pattern
from bot.validation import shortened

_AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_CITIES = {
    "beijing": "Asia/Shanghai", "pekin": "Asia/Shanghai", "北京": "Asia/Shanghai", "上海": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai", "深圳": "Asia/Shanghai", "广州": "Asia/Shanghai", "guangzhou": "Asia/Shanghai",
    "barcelona": "Europe/Madrid", "cdmx": "America/Mexico_City", "mexico": "America/Mexico_City",
    "medellin": "America/Bogota", "cali": "America/Bogota", "maracaibo": "America/Caracas",
    "valencia": "Europe/Madrid", "sevilla": "Europe/Madrid", "quito": "America/Guayaquil",
    "nueva york": "America/New_York", "san francisco": "America/Los_Angeles", "miami": "America/New_York",
    "boston": "America/New_York", "seattle": "America/Los_Angeles", "washington": "America/New_York",
    "edinburgh": "Europe/London", "z": "UTC", "china": "Asia/Shanghai", "中国": "Asia/Shanghai",
    "spain": "Europe/Madrid", "espana": "Europe/Madrid", "西班牙": "Europe/Madrid", "argentina": "America/Buenos_Aires",
    "阿根廷": "America/Buenos_Aires", "chile": "America/Santiago", "智利": "America/Santiago",
    "portugal": "Europe/Lisbon", "葡萄牙": "Europe/Lisbon", "ecuador": "America/Guayaquil",
    # What people call the times of a place that changes its clocks; in the database some of them never change.
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "ct": "America/Chicago",
    "cdt": "America/Chicago", "mst": "America/Denver", "mdt": "America/Denver", "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "hst": "Pacific/Honolulu", "bst": "Europe/London",
    "cest": "Europe/Berlin", "brt": "America/Sao_Paulo", "hkt": "Asia/Hong_Kong", "jst": "Asia/Tokyo",
}  # fmt: skip
# Names that mean several, and distances for which the database has no zone of their own.
_MEANT = {
    "cst": ("America/Chicago", "Asia/Shanghai"), "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "+3:30": ("Asia/Tehran",), "+4:30": ("Asia/Kabul",), "+5:30": ("Asia/Kolkata",), "+5:45": ("Asia/Kathmandu",),
    "+6:30": ("Asia/Yangon",), "+9:30": ("Australia/Darwin", "Australia/Adelaide"), "-3:30": ("America/St_Johns",),
}  # fmt: skip
_NO_ZONES = ("Factory",)
NAMED = 3
_ABOUT = late_pattern(r"^(?:hora (?:de|del) )|(?: time|时间)$|,.*$")
_DISTANCE = late_pattern(r"^(?:utc|gmt)? ?([+-])0?(?=\d:)")
_MINUS = str.maketrans("−–", "--")
_OFFSET = late_pattern(r"(?:utc|gmt)? ?([+-])(\d{1,2})(?::?00)?")
_FARTHEST = {"+": 14, "-": 12}
_FIXED, _OTHER_WAY = "Etc/GMT", str.maketrans("+-", "-+")


def zone_in(text: str) -> str | None:
    """The IANA name of the zone that a text names, if it names one."""
    key = _key(text)
    return _found(key) or _found(_ABOUT.sub("", key).strip())


def _found(key: str) -> str | None:
    if known := _CITIES.get(key) or _iana().get(key) or _cities().get(key) or _offset(key) or _localised().get(key):
        return known
    of_country = _countries().get(key, ())
    return of_country[0] if len(of_country) == 1 else None


def zone_named(text: str, say: Speech) -> str:
    """The IANA name of a zone, or a `Misuse` with the nearest ones."""
    if zone := zone_in(text):
        return zone
    raise Misuse(N("I know no time zone “{name}”.", name=shortened(text)), _hint(_key(text), say), "zone")


def _hint(key: str, say: Speech) -> Message:
    known = {**_localised(), **_cities(), **_iana(), **_CITIES}
    near = [known[name] for name in difflib.get_close_matches(key, known, 4, 0.7)]
    meant = _MEANT.get(_DISTANCE.sub(r"\1", key)) or _countries().get(key) or near
    names = [f"`{zone}`" for zone in list(dict.fromkeys(meant))[:NAMED]]
    if names:
        return N("Did you mean {names}?", names=say.either(names))
    return N("Name a large city of the zone, or its IANA name, such as `Europe/Madrid` or `America/Caracas`.")


def _key(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").translate(_MINUS).split())


def _offset(key: str) -> str | None:
    """`UTC-4` as the zone that stands for it, whose sign is the other way round."""
    match = _OFFSET.fullmatch(key)
    if match is None or int(match[2]) > _FARTHEST[match[1]]:
        return None
    return f"{_FIXED}{'-' if match[1] == '+' else '+'}{int(match[2])}" if int(match[2]) else "UTC"


def zone_name(zone: str) -> str:
    """A zone as people write it: the tz database counts the hours of a fixed one the other way round."""
    if not zone.startswith(_FIXED):
        return zone
    return zone.replace(_FIXED, "UTC").translate(_OTHER_WAY)


@cache
def _iana() -> dict[str, str]:
    """Every name of the database that is installed with the bot, so that all its processes know the same ones."""
    names = (files("tzdata") / "zones").read_text("utf-8").split()
    return {_key(name): name for name in names if name not in _NO_ZONES}


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """The zones of countries that have a few at most, as the three languages call them."""
    from babel import Locale
    from babel.core import get_global

    zones = {country: tuple(names) for country, names in get_global("territory_zones").items() if len(names) <= NAMED}
    called = [Locale.parse(locale).territories for locale in BABEL_LOCALES.values()]
    return {_key(names[country]): own for names in called for country, own in zones.items() if country in names}


@cache
def _cities() -> dict[str, str]:
    """The last part of each name; of several, the shortest one's."""
    names = [name for name in _iana().values() if name.split("/")[0] in _AREAS]
    return {_key(name.rsplit("/", 1)[1]): name for name in sorted(names, key=len, reverse=True)}


@cache
def _localised() -> dict[str, str]:
    """Cities as Spanish and Chinese call them."""
    from babel import Locale

    found: dict[str, str] = {}
    for locale in (BABEL_LOCALES["zh"], BABEL_LOCALES["es"]):
        zones = Locale.parse(locale).time_zones
        found |= {_key(city): zone for zone, names in zones.items() if (city := names.get("city"))}
    return {city: zone for city, zone in found.items() if _key(zone) in _iana()}
