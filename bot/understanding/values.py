"""Reads from people's words what scripts have gaps for: invoice, amount, days late, and `label: value` pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.knowledge.schema import Placeholder
from bot.names import fold
from bot.understanding.delays import delay

_DURATION = r"(?:days?|weeks?|months?|d[ií]as?|semanas?|mes(?:es)?)\b|天|周|个月"
_INVOICE = re.compile(
    r"(?:\binv(?:oice)?|\bfactura|\bfact(?=\.)|\bfra|发票|账单|单号|單號)\.?"
    r"\s*+(?:n[º°o]\.?|no\.?|#|号|number)?\s*+[:：]?\s*+([a-z]{0,4}[-/]?\d[\w/-]{0,40}+)"
    rf"(?!\s*+(?:{_DURATION}))",
    re.IGNORECASE,
)
_FIGURE = r"\d++(?:[.,]\d++)*+"
_CURRENCY = r"€|£|¥|k?\s?(?:euros?|eur|usd|gbp|d[oó]lares|dollars|pounds|pesos|soles|rmb)\b|万?元|万块|块"
_AMOUNT = re.compile(
    rf"([€$£¥]\s?{_FIGURE}(?:\s?(?:[km]\b|万))?|(?<![\d.,]){_FIGURE}\s?(?:{_CURRENCY}))", re.IGNORECASE
)


def days_late(text: str, on: date, *, is_debt: bool = False) -> int | None:
    """The delay that a text of a day states, in days: `20 days late`, `dos meses sin pagar`, `逾期三个月`.

    `is_debt`: it was written of a late payment, so that a bare `30 days`, beside an invoice and an amount, is one too.
    """
    bare = _AMOUNT.sub(",", _INVOICE.sub(",", text)) if is_debt else text
    return delay(fold(bare), on, is_debt=is_debt)


def values_in(texts: Iterable[str], placeholders: Mapping[str, Placeholder], on: date) -> dict[str, str]:
    """Values for placeholders, as of a day; later texts override earlier ones, and `label: value` a guess."""
    found: dict[str, str] = {}
    for text in texts:
        found |= _guessed(text, on) | _stated(text, placeholders)
    return found


def _guessed(text: str, on: date) -> dict[str, str]:
    invoice, amount, days = _INVOICE.search(text), _AMOUNT.search(text), days_late(text, on)
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
