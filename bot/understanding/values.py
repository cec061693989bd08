"""Reads from people's words what scripts have gaps for: invoice, amount, days late, and `label: value` pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.knowledge.schema import Language, Placeholder
from bot.names import fold
from bot.patterns import late_pattern
from bot.understanding.delays import delay
from bot.understanding.spans import CHINESE_FIGURE, MONTHS, count, either
from bot.understanding.sums import CURRENCY, amount_in, without_amounts

DECEMBER = 12
# A bare `3 months` of so few letters is an answer; a bare time of more than a year is that of knowing each other.
_ALL, _YEAR = 24, 365
_DURATION = r"(?:days?|weeks?|months?|d[ií]as?|semanas?|mes(?:es)?)\b|天|周|个月"
_INVOICE = late_pattern(
    r"(?:\binv(?:oice)?|\bfactura|\bfact(?=\.)|\bfra|发票|账单|单号|單號)\.?"
    r"\s*+(?:number is|is|es la|es|号?是)?\s*+(?:n[º°o]\.?|no\.?|#|号|number)?\s*+[:：]?"
    r"\s*+(?!\d{1,2}/\d{1,2} ?(?:到期|应付|该付|之?前))([a-z]{0,4}[-/]?\d[\da-z_/-]{0,40}+)"
    rf"(?!\s*+(?:{_DURATION}|{CURRENCY}|月)|[.,]\d)",
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
_HANDED_OVER: dict[Language, re.Pattern[str]] = {
    "es": late_pattern(
        r"\b(?:(?:p[oó]n|m[eé]te|incl[uú]ye|agr[eé]ga|a[ñn][aá]de|suma|escr[ií]be)(?:lo|la|le)?|son|"
        r"falta(?:n|ba|ban)?|quedan?|restan?|"
        r"el resto|resto|lo que|en la carta|en el correo|todav[ií]a|a[uú]n|por pagar|pendientes?|"
        r"el total|es de|la cantidad)\b",
        re.IGNORECASE,
    ),
    "en": late_pattern(
        r"\b(?:it['’]?s|it is|that['’]?s|there['’]?s|(?:put|add|include|write|use|mention)"
        r"(?: (?:it|that|this|them))?(?: in(?:to)?)?|"
        r"the|in the (?:letter|mail|email)|is|still|left|open|to (?:pay|go)|rest|remainder|balance|remaining|"
        r"outstanding|missing|"
        r"amount|sum|total)\b",
        re.IGNORECASE,
    ),
    "zh": late_pattern(
        r"写(?:进去|上|进)|加(?:进去|上|进)|放进去|填(?:进去|上)|补(?:进去|上)|[还仍只]?[差剩欠](?:下|着)?|余款|剩下的?|尾款|金额|总额|一共|总共|把|是"
    ),
}


def days_late(text: str, on: date, *, is_debt: bool = False) -> int | None:
    """The delay that a text of a day states, in days: `20 days late`, `dos meses sin pagar`, `逾期三个月`.

    `is_debt`: it was written of a late payment, so that a bare `30 days`, beside an invoice and an amount, is one too.
    """
    bare = without_amounts(_INVOICE.sub(",", text), ",") if is_debt else text
    return delay(fold(bare), on, is_debt=is_debt)


def told_late(text: str, on: date) -> int | None:
    """The delay in words that tell of a debt: a bare length counts beside a sum or an invoice, or where it is all."""
    said = days_late(text, on)
    if said is None and (amount_in(text) or _INVOICE.search(text) or len(text) <= _ALL):
        bare = days_late(text, on, is_debt=True)
        return bare if bare and bare <= _YEAR else None
    return said


def values_in(texts: Iterable[str], placeholders: Mapping[str, Placeholder], on: date) -> dict[str, str]:
    """Values for placeholders, as of a day; later texts override earlier ones, and `label: value` a guess."""
    found: dict[str, str] = {}
    for text in texts:
        found |= _guessed(text, on) | _stated(text, placeholders)
    return found


def beside_values(text: str) -> str:
    """A text without the sum and the invoice that it names, and the words with which they are handed over."""
    bare = without_amounts(_INVOICE.sub(" ", text), " ")
    for words in _HANDED_OVER.values():
        bare = words.sub(" ", bare)
    return " ".join(bare.split())


def language_of_value(text: str) -> Language | None:
    """The language of the words with which a value is handed over; None where there are none."""
    return next((language for language, words in _HANDED_OVER.items() if words.search(text)), None)


def month_in(invoice: str) -> int | None:
    """The month (from 1) of an invoice that was named by it."""
    return int(invoice.removeprefix(_MONTH)) if re.fullmatch(rf"{_MONTH}\d\d?", invoice) else None


def _of_month(text: str) -> str:
    found = _OF_MONTH.search(fold(text))
    named = next(filter(None, found.groups()), "") if found else ""
    number = MONTHS.get(named) or (int(count(named)) if named else 0)
    return f"{_MONTH}{number}" if 1 <= number <= DECEMBER else ""


def _guessed(text: str, on: date) -> dict[str, str]:
    invoice, days = _INVOICE.search(text), days_late(text, on)
    found = {
        "invoice": invoice[1].rstrip("-/") if invoice else _of_month(text),
        "amount": amount_in(text),
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
