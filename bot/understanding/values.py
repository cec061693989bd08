"""Reads from people's words what scripts have gaps for: invoice, amount, days late, and `label: value` pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.schema import Placeholder
from bot.names import fold

_DURATION = r"(?:days?|weeks?|months?|d[ií]as?|semanas?|mes(?:es)?)\b|天|周|个月"
_INVOICE = re.compile(
    r"(?:\binv(?:oice)?|\bfactura|\bfact(?=\.)|\bfra|发票|账单|单号|單號)\.?"
    r"\s*+(?:n[º°o]\.?|no\.?|#|号|number)?\s*+[:：]?\s*+([a-z]{0,4}[-/]?\d[\w/-]{0,40}+)"
    rf"(?!\s*+(?:{_DURATION}))",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    (0.5, "half a|半"),
    (1, "a|one|un|una|一"),
    (2, "two|dos|两|兩|二"),
    (3, "three|tres|三"),
    (4, "four|cuatro|四"),
    (5, "five|cinco|五"),
    (6, "six|seis|六"),
    (7, "seven|siete|七"),
    (8, "eight|ocho|八"),
    (9, "nine|nueve|九"),
    (10, "ten|diez|十"),
)
_NUMBERS = {word: value for value, words in _NUMBER_WORDS for word in words.split("|")}
_UNIT_WORDS = ((1, "day|dia|天|日"), (7, "week|seman|周|星期|礼拜"), (30, "month|mes|月"))
_UNITS = {word: days for days, words in _UNIT_WORDS for word in words.split("|")}
_COUNT = rf"(?<![a-z\d.,])(\d{{1,4}}|{'|'.join(_NUMBERS)})"
_TIME_EN = _COUNT + r" ?(day|week|month)s?"
_TIME_ES = _COUNT + r" ?(dia|seman|mes)(?:e?s|as?)?"
# These are matched against folded text: lower case, no accents, single spaces.
_LATE = tuple(
    re.compile(pattern)
    for pattern in (
        _TIME_EN + " ?(?:late|overdue|past due|behind)",
        _TIME_ES + " ?(?:de )?(?:retras|atras|tarde|vencid|mora)",
        "(?:逾期|拖了|拖欠|欠了|超期) ?" + _COUNT + " ?个?(天|日|周|星期|礼拜|月)",
        "(?:ha(?:s|ve)n['’]?t|not) paid (?:us )?(?:in|for) ?" + _TIME_EN,
        _TIME_ES + " ?(?:que no pag|sin pag)",
    )
)
_FIGURE = r"\d++(?:[.,]\d++)*+"
_CURRENCY = r"€|£|¥|k?\s?(?:euros?|eur|usd|gbp|d[oó]lares|dollars|pounds|pesos|soles|rmb)\b|万?元|万块|块"
_AMOUNT = re.compile(
    rf"([€$£¥]\s?{_FIGURE}(?:\s?(?:[km]\b|万))?|(?<![\d.,]){_FIGURE}\s?(?:{_CURRENCY}))", re.IGNORECASE
)


def days_late(text: str) -> int | None:
    """The delay that a text states, in days: `20 days late`, `dos meses sin pagar`, `逾期三个月`."""
    folded = fold(text)
    found = next((match for pattern in _LATE if (match := pattern.search(folded))), None)
    if not found:
        return None
    count = float(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]
    return round(count * _UNITS[found[2]])


def values_in(texts: Iterable[str], placeholders: Mapping[str, Placeholder]) -> dict[str, str]:
    """Values for placeholders; later texts override earlier ones, a `label: value` pair what is guessed."""
    found: dict[str, str] = {}
    for text in texts:
        found |= _guessed(text) | _stated(text, placeholders)
    return found


def _guessed(text: str) -> dict[str, str]:
    invoice, amount, days = _INVOICE.search(text), _AMOUNT.search(text), days_late(text)
    found = {"invoice": invoice[1].rstrip("-/") if invoice else "", "amount": amount[1].strip() if amount else ""}
    return {name: value for name, value in {**found, "days": str(days) if days else ""}.items() if value}


def _stated(text: str, placeholders: Mapping[str, Placeholder]) -> dict[str, str]:
    labels = {fold(w.label): p.id for p in placeholders.values() for w in p.texts.values()} | {
        p: p for p in placeholders
    }
    found: dict[str, str] = {}
    for part in re.split(r"[;；\n]", text):
        label, mark, value = part.replace("：", ":").partition(":")
        name = labels.get(fold(label))
        if name and mark and value.strip():
            found[name] = value.strip()[:120]
    return found
