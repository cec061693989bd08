"""Reads from people's words what scripts have gaps for: invoice, amount, days late, and `label: value` pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.knowledge.schema import Placeholder
from bot.names import fold
from bot.patterns import late_pattern
from bot.understanding.delays import delay
from bot.understanding.spans import CHINESE_FIGURE, MONTHS, count, either

DECEMBER = 12
_DURATION = r"(?:days?|weeks?|months?|d[ií]as?|semanas?|mes(?:es)?)\b|天|周|个月"
_FIGURE = r"\d++(?:[.,]\d++)*+"
_CODE = r"eur|usd|gbp|mxn|cop|clp|ars|pen|cny|rmb"
_UNIT_ZH = r"(?:元|块|欧元?|美元|美金|英镑|人民币|港币|日元)"
_CURRENCY = (
    rf"€|£|¥|k?\s?(?:euros?|{_CODE}|d[oó]lares|dollars|pounds|pesos|soles)\b|"
    rf"万?{_UNIT_ZH}"
)
_INVOICE = late_pattern(
    r"(?:\binv(?:oice)?|\bfactura|\bfact(?=\.)|\bfra|发票|账单|单号|單號)\.?"
    r"\s*+(?:number is|is|es la|es|号?是)?\s*+(?:n[º°o]\.?|no\.?|#|号|number)?\s*+[:：]?"
    r"\s*+([a-z]{0,4}[-/]?\d[\da-z_/-]{0,40}+)"
    rf"(?!\s*+(?:{_DURATION}|{_CURRENCY}|月)|[.,]\d)",
    re.IGNORECASE,
)
_AMOUNT = late_pattern(
    rf"((?:[€$£¥]|\b(?:{_CODE}|us\$))\s?{_FIGURE}(?:\s?(?:[km]\b|万))?|(?<![\d.,]){_FIGURE}\s?(?:{_CURRENCY})|"
    rf"[一二两三四五六七八九十百千万]{{1,8}}(?<=[百千万]){_UNIT_ZH})",
    re.IGNORECASE,
)
# The month that stands for the number of an invoice, in a folded text.
_BILL_ZH = r"(?:发票|發票|账单|帳單|尾款|货款|款|服务费|月费)"
_MODAL = r"(?:(?<=\b(?:he|it|we) )|(?<=\bi )|(?<=she )|(?<=you )|(?<=they ))may"
_OF_MONTH = late_pattern(
    rf"\b(?<!and )(?!{_MODAL})(?P<before>{either(MONTHS)})(?:['’]?s)? (?:invoice|bill)\b|"
    rf"\b(?:invoice|bill) (?:for|from|of) (?P<after>{either(MONTHS)})\b(?! (?:and|to)\b| ?\d)|"
    rf"\bfactura (?:de|del mes de|correspondiente a) (?P<de>{either(MONTHS)})\b(?! (?:y|a)\b)|"
    rf"(?<![\d和、到至])(?P<yue>1?\d|{CHINESE_FIGURE})月份?(?:的|那笔)?{_BILL_ZH}"
)
_MONTH = "@"


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


def beside_values(text: str) -> str:
    """A text without the sum and the invoice that it names."""
    return " ".join(_AMOUNT.sub(" ", _INVOICE.sub(" ", text)).split())


def month_in(invoice: str) -> int | None:
    """The month (from 1) of an invoice that was named by it."""
    return int(invoice.removeprefix(_MONTH)) if re.fullmatch(rf"{_MONTH}\d\d?", invoice) else None


def _of_month(text: str) -> str:
    found = _OF_MONTH.search(fold(text))
    named = next(filter(None, found.groups()), "") if found else ""
    number = MONTHS.get(named) or (int(count(named)) if named else 0)
    return f"{_MONTH}{number}" if 1 <= number <= DECEMBER else ""


def _guessed(text: str, on: date) -> dict[str, str]:
    invoice, amount, days = _INVOICE.search(text), _AMOUNT.search(text), days_late(text, on)
    found = {
        "invoice": invoice[1].rstrip("-/") if invoice else _of_month(text),
        "amount": amount[1].strip() if amount else "",
    }
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
