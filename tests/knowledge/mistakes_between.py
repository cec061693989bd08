"""Mistakes that no single key shows: clashes between files, gaps that nothing fills, steps without words."""

from __future__ import annotations

from tests.knowledge.mistakes import IN_ENGLISH, MALA_PAGA, Mistake
from tests.knowledge.team import NINTH, NINTH_TEXT

_OTHERS = "".join(f"    - word number {n}\n" for n in range(9))
_CHAT = "say:\n  chat:\n    warm: "
_BATCH = "language: en\nexamples:\n  none: [hello]\n"
_STEPS = "escalate:\n  - {step: ask, after_days: 9, tone: warm}\n  - {step: sue, after_days: 3, tone: final}\ntexts:"
_WORDS = "    escalate:\n      counts_from: la fecha\n      steps: {ask: Pregunta., sue: Demanda.}"

NAMES = (
    Mistake("another's alias", MALA_PAGA, "aliases:\n  en: [rude]\n",
            2, "aliases.en.0", "`rude` already", "another name"),
    Mistake("another's alias with accents and capitals", MALA_PAGA, "aliases:\n  es: [GROSERÓ]\n",
            2, "aliases.es.0", "already means `abusivo`", "another name"),
    Mistake("a less urgent one's alias", "archetypes/abusivo.yaml", "aliases:\n  es: [moroso]\n",
            2, "aliases.es.0", "`moroso` already means `mala-paga`", "another name"),
    Mistake("another's alias down the list", MALA_PAGA, f"aliases:\n  en:\n{_OTHERS}    - rude\n",
            12, "aliases.en.9", "`rude` already", "another name"),
    Mistake("another's alias before many of our own", MALA_PAGA, f"aliases:\n  en:\n    - rude\n{_OTHERS}",
            3, "aliases.en.0", "`rude` already", "another name"),
    Mistake("our alias for a new archetype", NINTH, NINTH_TEXT.replace("el de ayer", "moroso"),
            4, "aliases.es.1", "already means `mala-paga`", "another name"),
    Mistake(
        "our alias for a more urgent archetype", NINTH,
        NINTH_TEXT.replace("el de ayer", "moroso").replace(": 9", ": 1"), 4, "aliases.es.1", "`moroso`", "another name",
    ),
    Mistake("our nickname for a new archetype", NINTH,
            NINTH_TEXT.replace("nickname: impaciente", "nickname: mala-paga"),
            8, "texts.es.nickname", "already means `mala-paga`", "another name"),
    Mistake("our name for a new archetype", NINTH, NINTH_TEXT.replace("patrón de prisa permanente", "Mala Paga"),
            7, "texts.es.name", "already means `mala-paga`", "another name"),
    Mistake("our id for a new archetype", NINTH, NINTH_TEXT.replace("id: impaciente", "id: mala-paga"),
            1, "id", "", "impaciente"),
    Mistake("an id that is not the file's name", NINTH, NINTH_TEXT.replace("id: impaciente", "id: urgente"),
            1, "id", "", "impaciente"),
    Mistake("a new id for our archetype", MALA_PAGA, "id: morosos\n", 1, "id", "", "mala-paga"),
)  # fmt: skip

GAPS = (
    Mistake("an unknown placeholder in a message", IN_ENGLISH, f"{_CHAT}pay {{importe}} now\n",
            3, "say.chat.warm", "`importe`", "amount, client"),
    Mistake("a placeholder without a name", IN_ENGLISH, f"{_CHAT}pay {{}} now\n", 3, "say.chat.warm", "``", "amount"),
    Mistake("a placeholder with spaces", IN_ENGLISH, f"{_CHAT}pay {{ amount }} now\n",
            3, "say.chat.warm", "` amount `", "use"),
    Mistake("a placeholder in capitals", IN_ENGLISH, f"{_CHAT}pay {{Amount}} now\n",
            3, "say.chat.warm", "`Amount`", "amount"),
    Mistake("an unknown placeholder in a subject", IN_ENGLISH,
            "say:\n  email:\n    firm:\n      subject: Pay {price}\n",
            4, "say.email.firm.subject", "`price`", "amount"),
    Mistake("an unknown placeholder in a letter", IN_ENGLISH,
            "say:\n  email:\n    firm:\n      body: |-\n        Hi\n        {x}\n",
            4, "say.email.firm.body", "`x`", "amount"),
    Mistake("a placeholder left open", IN_ENGLISH, f"{_CHAT}pay {{amount now\n", 3, "say.chat.warm", "", ""),
    Mistake("a placeholder in two pairs of braces", IN_ENGLISH, f"{_CHAT}pay {{{{amount}}}} now\n",
            3, "say.chat.warm", "", ""),
    Mistake("a placeholder without room for its value", "placeholders.yaml",
            "placeholders:\n  - id: deposit\n    texts: {en: {label: deposit, filled: a sum, blank: a sum}}\n",
            3, "placeholders.0.texts.en", "{value}", "both"),
    Mistake("a placeholder without words for no value", "placeholders.yaml",
            "placeholders:\n  - id: deposit\n    texts: {en: {label: deposit, filled: 'a {value}'}}\n",
            3, "placeholders.0.texts.en", "`blank`", "both"),
    Mistake("a gap in the words for no value", "placeholders.yaml",
            "placeholders:\n  - id: amount\n    texts: {en: {blank: 'the {value}'}}\n",
            3, "placeholders.0.texts.en", "", "blank"),
    Mistake("words for a month without room for it", "placeholders.yaml",
            "placeholders:\n  - id: invoice\n    texts: {en: {month: the bill}}\n",
            3, "placeholders.0.texts.en", "`month`", "leave"),
    Mistake("words on news with an unknown placeholder", "intents.yaml",
            "intents:\n  - id: paid\n    kind: news\n    say: {en: 'Thank you for {sum}.'}\n",
            4, "intents.0.say.en", "`sum`", ""),
    Mistake("a figure of news without a word", "intents.yaml",
            "intents:\n  - id: paid\n    kind: news\n    figures: {en: ['!!']}\n",
            4, "intents.0.figures.en.0", "no word", ""),
    Mistake("our placeholder with a number for text", "placeholders.yaml",
            "placeholders:\n  - id: amount\n    texts: {en: {filled: 5}}\n",
            3, "placeholders.0.texts.en.filled", "not text", "quotes"),
    Mistake("an id that is a list", "placeholders.yaml", "placeholders:\n  - id: [amount]\n    texts: {}\n",
            2, "placeholders.0.id", "not text", ""),
)  # fmt: skip

REFERENCES = (
    Mistake("an unknown archetype in a new combination", "principles.yaml",
            "combinations:\n  - id: late-and-later\n    archetypes: [mala-paga, tardon]\n    texts: {en: Both.}\n",
            3, "combinations.0.archetypes.1", "`tardon`", "mala-paga"),
    Mistake("an unknown archetype in our combination", "principles.yaml",
            "combinations:\n  - id: abusivo-with-mala-paga\n    archetypes: [abusivo, tardon]\n",
            3, "combinations.0.archetypes.1", "`tardon`", "abusivo"),
    Mistake("an unknown archetype of a sign", "signs.yaml",
            "signs:\n  - id: arson\n    kind: danger\n    archetype: tardon\n    texts: {en: [Leave.]}\n",
            4, "signs.0.archetype", "`tardon`", "mala-paga"),
    Mistake("a phrase without a word", "signs.yaml",
            "signs:\n  - id: arson\n    kind: danger\n    phrases:\n      en:\n        - set fire to\n        - '?!'\n"
            "    texts: {en: [Leave.]}\n",
            7, "signs.0.phrases.en.1", "`?!`", "whole word"),
    Mistake("a figure without a word", "signs.yaml",
            "signs:\n  - id: arson\n    kind: danger\n    figures: {zh: ['……']}\n    texts: {en: [Leave.]}\n",
            4, "signs.0.figures.zh.0", "no word", "whole word"),
    Mistake("a slot that there is not", "orders.yaml",
            "orders:\n  - id: own\n    command: note\n    phrases:\n"
            "      en:\n        - free <client>\n        - free <customer>\n",
            7, "orders.0.phrases.en.1", "`<customer>`", "<client>"),
    Mistake("a slot that stands there twice", "orders.yaml",
            "orders:\n  - id: own\n    command: note\n    phrases: {en: [free <client> and <client>]}\n",
            4, "orders.0.phrases.en.0", "`<client>`", "<client>"),
    Mistake("a sentence of slots alone", "orders.yaml",
            "orders:\n  - id: own\n    command: note\n    phrases: {en: [<client> <text>]}\n",
            4, "orders.0.phrases.en.0", "no word", "whole word"),
    Mistake("a sign of no kind", "signs.yaml", "signs:\n  - id: arson\n    kind: fire\n    texts: {en: [Leave.]}\n",
            3, "signs.0.kind", "choices", "danger"),
    Mistake("a sign that belongs to no archetype", "signs.yaml",
            "signs:\n  - id: files\n    kind: pressure\n    belongs_to: [mala-pga]\n    phrases: {en: [files]}\n"
            "    texts: {en: [Wait.]}\n", 4, "signs.0.belongs_to", "`mala-pga`", "mala-paga"),
    Mistake("an unknown archetype in examples", "examples/own.yaml", f"{_BATCH}  mala-pga: [late]\n",
            4, "examples.mala-pga", "`mala-pga`", "mala-paga"),
    Mistake("a step with a misspelt id", IN_ENGLISH, "escalate:\n  steps:\n    frendly: Ask.\n", 2, "escalate.steps",
            "do not match", "friendly, firm, suspend"),
    Mistake("steps that go back in time", NINTH, NINTH_TEXT.replace("texts:", _STEPS) + _WORDS,
            7, "escalate.1.after_days", "", ""),
)  # fmt: skip

_PLACE = "nothing reads a file in this place"
PLACES = tuple(
    Mistake(f"a file at {file}", file, "id: ghost\n", 1, "", _PLACE, right)
    for file, right in (
        ("archetype/ghost.yaml", "`archetypes/`"),
        ("Archetypes/ghost.en.yaml", "`archetypes/`"),
        ("archetypes/sub/x.yaml", "`archetypes/`"),
        ("laws/pe.yml", "`law/`"),
        ("law.yaml", "`law/`"),
        ("sign.yaml", "`signs.yaml`"),
        ("Principles.yaml", "`principles.yaml`"),
        ("ghost.yaml", "archetypes/"),
        ("ghost.en.yaml", "law/"),
        ("our/own/ghost.yaml", "examples/"),
    )
)
