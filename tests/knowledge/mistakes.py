"""The mistakes that people make in knowledge files, each with where it is and what should be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.knowledge.team import NINTH, NINTH_TEXT

MALA_PAGA, IN_ENGLISH = "archetypes/mala-paga.yaml", "archetypes/mala-paga.en.yaml"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One file with one mistake. `wrong` and `right`: words that the English report must hold."""

    title: str
    file: str
    text: str | bytes
    line: int
    key: str
    wrong: str
    right: str

    def __str__(self) -> str:
        return self.title


UNREADABLE = (
    Mistake("a bracket left open", MALA_PAGA, "aliases: {es: [moroso\npriority: 2\n", 2, "", "not YAML", "indentation"),
    Mistake("a quote left open", MALA_PAGA, '# ours\nid: "mala\npriority: 2\n', 2, "", "not YAML", "quotes"),
    Mistake("a colon in plain text", IN_ENGLISH, "summary: Late: always\n", 1, "", "not YAML", "needs quotes"),
    Mistake("a tab", MALA_PAGA, "aliases:\n\tes: [moroso]\n", 2, "", "not YAML", "indentation"),
    Mistake("two documents", MALA_PAGA, "priority: 3\n---\npriority: 4\n", 2, "", "another document", "check"),
    Mistake("an empty file", MALA_PAGA, "", 1, "", "not a set of keys", "key: value"),
    Mistake("nothing but a comment", MALA_PAGA, "# later\n", 1, "", "not a set of keys", "key: value"),
    Mistake("a list", MALA_PAGA, "- moroso\n", 1, "", "not a set of keys", "key: value"),
    Mistake("a sentence", MALA_PAGA, "no paga\n", 1, "", "not a set of keys", "key: value"),
    Mistake("an object of Python", MALA_PAGA, "id: !!python/name:os.system\n", 1, "", "tag", "check"),
    Mistake("brackets without end", MALA_PAGA, "a: " + "[" * 100_000, 1, "", "nesting", "check"),
    Mistake(
        "text that is not UTF-8", MALA_PAGA, "aliases: {es: [moñoso]}\n".encode("latin-1"), 1, "", "UTF-8", "UTF-8"
    ),
    Mistake("text in UTF-16", MALA_PAGA, "aliases: {es: [moroso]}\n".encode("utf-16"), 1, "", "UTF-8", "UTF-8"),
    Mistake("a control character", MALA_PAGA, "id: mala\x00paga\n", 1, "", "character", ""),
    Mistake("a huge file", MALA_PAGA, "# " + "x" * 2_000_000, 1, "", "2 MB", "smaller"),
)

_SIGNALS = "signals:\n  - It is late.\n  - "
SHAPES = (
    Mistake("a misspelt key", IN_ENGLISH, "\nsumary: Late.\n", 2, "sumary", "no such key", "`summary`"),
    Mistake(
        "a misspelt key far inside", IN_ENGLISH, "say:\n  email:\n    warm:\n      subjet: Late\n",
        4, "say.email.warm.subjet", "no such key", "`subject`",
    ),
    Mistake("a misspelt key in a list", MALA_PAGA, "sources:\n  - titel: x\n    title: Law\n    checked: 2026-11-24\n",
            2, "sources.0.titel", "no such key", "`title`"),
    Mistake("a misspelt key of a ladder", IN_ENGLISH, "escalate:\n  count_from: Today.\n",
            2, "escalate.count_from", "no such key", "`counts_from`"),
    Mistake("a key from nowhere", MALA_PAGA, "colour: red\n", 1, "colour", "no such key", "id, priority, aliases"),
    Mistake("a missing key", NINTH, NINTH_TEXT.replace("priority: 9\n", ""), 1, "priority", "missing", "add it"),
    Mistake(
        "a missing key far inside", NINTH, NINTH_TEXT.replace("    summary: Todo lo quiere para ayer.\n", ""),
        6, "texts.es.summary", "missing", "add it",
    ),
    Mistake("a missing key in a list that replaces ours", MALA_PAGA, "sources:\n  - checked: 2026-11-24\n",
            2, "sources.0.title", "missing", "add it"),
    Mistake("a number for text", IN_ENGLISH, f"{_SIGNALS}3\n", 3, "signals.1", "not text", "in quotes"),
    Mistake("yes for text", IN_ENGLISH, f"{_SIGNALS}no\n", 3, "signals.1", "not text", "in quotes"),
    Mistake("a set of keys for text", IN_ENGLISH, f"{_SIGNALS}late: much\n", 3, "signals.1", "not text", "in quotes"),
    Mistake("text for a list", IN_ENGLISH, "signals: It is late.\n", 1, "signals", "not a list", "`- `"),
    Mistake("text for a set of keys", IN_ENGLISH, "say: Pay now.\n", 1, "say", "not a set of keys", "indent"),
    Mistake("text for a letter", IN_ENGLISH, "say:\n  email:\n    warm: Pay.\n",
            3, "say.email.warm", "set of keys", "indent"),
    Mistake("a list for a set of keys", MALA_PAGA, "aliases:\n  - moroso\n",
            1, "aliases", "not a set of keys", "indent"),
    Mistake("a word for a number", MALA_PAGA, "priority: high\n", 1, "priority", "not a whole number", "whole number"),
    Mistake("half a number", MALA_PAGA, "priority: 1.5\n", 1, "priority", "whole number", "whole number"),
    Mistake("a number out of bounds", MALA_PAGA, "priority: 100\n", 1, "priority", "", "99"),
    Mistake("neither true nor false", "law/es.yaml", "verified: maybe\n",
            1, "verified", "neither true nor false", "true"),
    Mistake("a word for a date", MALA_PAGA, "sources:\n  - title: Law\n    checked: soon\n",
            3, "sources.0.checked", "not a date", "2026-11-24"),
    Mistake("a date with a time", MALA_PAGA, "sources:\n  - title: Law\n    checked: 2026-11-24 10:00:00\n",
            3, "sources.0.checked", "not a date", "2026-11-24"),
    Mistake("a day that does not exist", MALA_PAGA, "sources:\n  - title: Law\n    checked: 2026-02-30\n",
            3, "sources.0.checked", "not a date", "2026-11-24"),
    Mistake("an address without https", MALA_PAGA, "sources:\n  - {title: Law, checked: 2026-11-24, url: 'ftp://x'}\n",
            2, "sources.0.url", "form", "https"),
    Mistake("an unknown tone", IN_ENGLISH, "say:\n  chat:\n    angry: Pay.\n",
            3, "say.chat.angry", "choices", "warm, firm"),
    Mistake("an unknown language", MALA_PAGA, "aliases:\n  fr: [radin]\n", 2, "aliases.fr", "choices", "es, en and zh"),
    Mistake("a language of examples", "examples/more.yaml", "examples: {}\nlanguage: fr\n",
            2, "language", "choices", "es, en"),
    Mistake("an empty list", IN_ENGLISH, "signals: []\n", 1, "signals", "empty", "at least one"),
    Mistake("text of one letter", IN_ENGLISH, "summary: x\n", 1, "summary", "", "2"),
    Mistake("text that is too long", IN_ENGLISH, f"summary: {'x' * 401}\n", 1, "summary", "too long", "400"),
    Mistake("a step's id with a space", IN_ENGLISH, "escalate:\n  steps:\n    big step: Sue.\n",
            3, "escalate.steps.big step", "form", "match"),
    Mistake("a combination of one", "principles.yaml",
            "combinations:\n  - {id: one, archetypes: [mala-paga], texts: {en: One.}}\n",
            2, "combinations.0.archetypes", "", "2"),
    Mistake("nothing in any language", NINTH, NINTH_TEXT.split("texts:", maxsplit=1)[0] + "texts: {}",
            5, "texts", "empty", "at least"),
    Mistake("law without a source", "law/pe.yaml",
            "id: pe\ncountry: PE\nverified: true\nsources: []\ntexts: {es: [Ley.]}\n",
            4, "sources", "empty", "at least one"),
    Mistake("an alias without a letter", MALA_PAGA, "aliases:\n  en: ['--']\n", 2, "aliases.en.0", "", ""),
    Mistake("a key that is a number", IN_ENGLISH, "7: late\n", 1, "7", "", ""),
)  # fmt: skip
