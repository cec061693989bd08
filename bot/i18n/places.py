"""Countries by the names that people use in the three languages, beside their codes."""

from __future__ import annotations

from functools import cache

from bot.i18n.speech import BABEL_LOCALES
from bot.names import fold
from bot.patterns import late_pattern

# States are no countries to Babel, and it knows one name of each country only.
_ALSO = {
    "uk": "GB", "great britain": "GB", "gran bretana": "GB", "eu": "EU", "ue": "EU",
    "new york": "US-NY", "new york state": "US-NY", "nueva york": "US-NY", "纽约": "US-NY", "纽约州": "US-NY",
    "illinois": "US-IL", "伊利诺伊": "US-IL", "伊利诺伊州": "US-IL",
}  # fmt: skip


# What people say around the name when they are asked where they are.
_AROUND = late_pattern(
    r"^(?:(?:oh|well|ok|pues|bueno|y|and|but)\s+)?"
    r"(?:(?:we|i|they|the client|he|she)(?:['’]?(?:re|m|s)| are| am| is)?\s+)?"
    r"(?:(?:estamos|estoy|somos|soy|esta|es|vivo|vivimos|trabajamos|based|located|working|living)\s+)?"
    r"(?:(?:in|from|at|en|de|desde|for|para)\s+)?(?:(?:the|el|la|los|las)\s+)?|^(?:我们|我|公司|客户)?(?:人)?(?:是|在|住在)?"
)
_LONGEST = 40


def place_named(text: str) -> str:
    """The code of the place that a text names and says nothing else of: "in Germany", "estamos en España", "中国"."""
    plain = fold(text).strip(" .,!?¿¡。，！？")
    if not plain or len(plain) > _LONGEST:
        return ""
    names = {plain, _AROUND.sub("", plain, count=1)}
    return next((code for name in names if (code := _ALSO.get(name) or _countries().get(name, ""))), "")


def country_code(text: str) -> str:
    """The code of the place with this name; a text that names none is taken for a code, `us ny` for `US-NY`."""
    key = fold(text)
    return _ALSO.get(key) or _countries().get(key) or key.upper().replace(" ", "-").replace("_", "-")


@cache
def _countries() -> dict[str, str]:
    # Imported late: it is needed for this one setting only.
    from babel import Locale

    named = (Locale.parse(locale).territories.items() for locale in BABEL_LOCALES.values())
    return {fold(name): code for names in named for code, name in names if len(code) == 2}
