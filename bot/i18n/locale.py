"""Which of the three languages a tag stands for."""

from __future__ import annotations

from functools import lru_cache

from bot.knowledge.schema import LANGUAGES, Language


@lru_cache(maxsize=256)
def language_of(tag: str) -> Language | None:
    """`es_ES.UTF-8`, `es-419`, `zh-TW`, `en` to a language we speak; None for any other."""
    prefix = tag.replace("_", "-").split("-")[0].split(".")[0].lower()
    return next((language for language in LANGUAGES if language == prefix), None)


@lru_cache(maxsize=1024)
def choose(*tags: str) -> Language:
    """The first tag that names a language we speak; English when none does."""
    return next((language for tag in tags if (language := language_of(tag))), "en")
