"""Countries by the names that people use in the three languages, beside their codes."""

from __future__ import annotations

from functools import cache

from bot.i18n.speech import BABEL_LOCALES
from bot.names import fold

# States are no countries to Babel, and it knows one name of each country only.
_ALSO = {
    "uk": "GB", "great britain": "GB", "gran bretana": "GB", "eu": "EU", "ue": "EU",
    "new york": "US-NY", "new york state": "US-NY", "nueva york": "US-NY", "纽约": "US-NY", "纽约州": "US-NY",
    "illinois": "US-IL", "伊利诺伊": "US-IL", "伊利诺伊州": "US-IL",
}  # fmt: skip


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
