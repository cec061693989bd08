"""`make messages`: brings the catalogues up to date with the messages in the code, keeping what is translated.

People edit the `.po` files; the bot reads the `.mo` files that are made of them, as reading the others takes longer.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.i18n.speech import CATALOGUES
from bot.knowledge.schema import LANGUAGES

ROOT = Path(__file__).parents[2]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {"N": (1,), "NN": (1, 2), "C": ((1, "c"), 2)}


def extracted() -> Catalog:
    """Every message that the code can say."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for folder in ("bot", "adapters"):
        for name, line, message, _, context in extract_from_dir(
            str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message, locations=[(f"{folder}/{name}", line)], context=context)
    return found


def stored(language: str) -> Catalog:
    """A catalogue as it is in the repository."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as the bot reads it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> None:
    """Rewrite every catalogue; in English each message is its own translation."""
    for language in LANGUAGES:
        catalogue = stored(language)
        catalogue.update(extracted(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.header_comment = f"# What Chao says, in {language}. `make messages` keeps the keys up to date."
        catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "chao", "1", ""
        catalogue.last_translator, catalogue.language_team = "Chao", language
        catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 24, tzinfo=UTC)
        if language == "en":
            for message in catalogue:
                if message.id:
                    message.string = message.id
        with (CATALOGUES / f"{language}.po").open("wb") as file:
            write_po(file, catalogue, width=120, include_lineno=False, omit_header=False, sort_output=True)
        (CATALOGUES / f"{language}.mo").write_bytes(compiled(stored(language)))


if __name__ == "__main__":
    main()
