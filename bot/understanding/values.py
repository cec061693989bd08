"""Reads from people's words what scripts have gaps for: invoice, amount, days late, and `label: value` pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.schema import Placeholder
from bot.names import fold

_INVOICE = re.compile(
    r"(?:\binv(?:oice)?|\bfact(?:ura)?|\bfra|发票|账单|單號)\.?"
    r"\s*(?:n[º°o]\.?|no\.?|#|号|number)?\s*:?\s*([a-z]{0,4}[-/]?\d[\w/-]*)",
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
)
_NUMBERS = {word: value for value, words in _NUMBER_WORDS for word in words.split("|")}
_COUNT = r"(\d{1,4}|half a|a|one|two|three|four|five|six|una?|dos|tres|cuatro|cinco|seis|[一二两兩三四五六半])"
_UNITS = {"day": 1, "dia": 1, "天": 1, "日": 1, "week": 7, "seman": 7, "周": 7, "月": 30, "month": 30, "mes": 30}
_LATE_EN = re.compile(_COUNT + r"\s*(day|week|month)s?\s*(?:late|overdue|past due|behind)", re.IGNORECASE)
_LATE_ES = re.compile(
    _COUNT + r"\s*(dia|seman|mes)(?:e?s|as?)?\s*(?:de )?(?:retras|atras|tarde|vencid|mora)", re.IGNORECASE
)
_LATE_ZH = re.compile(r"(?:逾期|拖了|拖欠|欠了|超期)\s*" + _COUNT + r"\s*个?(天|日|周|月)")
_UNPAID_EN = re.compile(
    r"(?:hasn'?t|has not|haven'?t|not) paid (?:us )?(?:in|for)\s*" + _COUNT + r"\s*(day|week|month)s?", re.IGNORECASE
)
_UNPAID_ES = re.compile(
    r"(?:lleva|debe|hace)\w*\s*" + _COUNT + r"\s*(dia|seman|mes)(?:e?s|as?)?\s*(?:que no pag|sin pag)", re.IGNORECASE
)
_LATE = (_LATE_EN, _LATE_ES, _LATE_ZH, _UNPAID_EN, _UNPAID_ES)
_CURRENCY = r"€|£|¥|k?\s?(?:euros?|eur|usd|gbp|d[oó]lares|dollars|pounds|pesos|soles|rmb)\b|万?元|万块|块"
_AMOUNT = re.compile(rf"([€$£¥]\s?\d[\d.,]*\s?[km万]?\b|\d[\d.,]*\s?(?:{_CURRENCY}))", re.IGNORECASE)


def days_late(text: str) -> int | None:
    """The delay that a text states, in days: `20 days late`, `dos meses sin pagar`, `逾期三个月`."""
    folded = fold(text)
    found = next((match for pattern in _LATE if (match := pattern.search(folded))), None)
    if not found:
        return None
    count = float(found[1]) if found[1].isdigit() else _NUMBERS[found[1]]
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
        label, mark, value = re.sub("：", ":", part).partition(":")
        name = labels.get(fold(label))
        if name and mark and value.strip():
            found[name] = value.strip()[:120]
    return found
