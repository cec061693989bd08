"""Which of the three languages a text is written in."""

from __future__ import annotations

from bot.knowledge.schema import Language
from bot.patterns import late_pattern

_HAN = late_pattern(r"[\u3400-\u9fff]")
_KANA = late_pattern(r"[\u3041-\u30fa]")
_LETTER = late_pattern(r"[^\W\d_]")
_WORD = late_pattern(r"[a-záéíóúüñ']+")
_SPANISH = late_pattern(r"[ñ¿¡áéíóú]")
COMMON: dict[Language, frozenset[str]] = {
    "es": frozenset(
        (
            "el la los las un una unos de del que y a en por con para no me se le lo te mi su ya es está "
            "esta este eso son muy pero como cuando qué quien hay tiene hace más dice quiere nos si sin al "
            "pago factura cliente hoy ayer otra vez todo nada dos mes meses paga cada porque desde hasta "
            "ahora fue ha han he estoy quién cómo hago nunca siempre pagan"
        ).split()
    ),
    "en": frozenset(
        (
            "the a an of and to in is it that i we he she they you for on with my our his her their this was "
            "are be have has had not no but what when who how do does did at by from so just hasn't doesn't "
            "don't can't won't i'm it's they're him them us me if or as about after again every still says "
            "said wants client all out up"
        ).split()
    ),
}


def detect(text: str) -> Language | None:
    """The language of a text, or None when it gives no clue (or is none of the three)."""
    han, kana = (0, 0) if text.isascii() else (len(pattern.findall(text)) for pattern in (_HAN, _KANA))
    if han + kana and (han + kana) * 3 >= len(_LETTER.findall(text)):
        return None if _is_japanese(han, kana) else "zh"
    lower = text.lower()
    words = _WORD.findall(lower)
    scores = {language: sum(map(common.__contains__, words)) for language, common in COMMON.items()}
    scores["es"] += 2 * len(_SPANISH.findall(lower))
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] and scores["es"] != scores["en"] else None


def _is_japanese(han: int, kana: int) -> bool:
    # Chinese may quote a word in kana; a Japanese sentence has nearly as many kana as Chinese characters.
    return kana * 4 > han
