"""Sums of money as people write them: `2,400 euros`, `$1.200.000 CLP`, `4.5万`, `三万二`; and what number each is."""

from __future__ import annotations

import re

from bot.names import fold
from bot.patterns import late_pattern
from bot.understanding.spans import COUNTS, count, either

FIGURE = r"\d++(?:[.,]\d++)*+"
CODES = r"eur|usd|gbp|mxn|cop|clp|ars|pen|cny|rmb|brl|uyu|pyg|chf|cad|aud|hkd|twd"
_UNIT_ZH = r"(?:元|块钱?|欧元?|美元|美金|英镑|人民币|港币|日元)"
CURRENCY = (
    rf"€|£|¥|k?\s?(?:euros?|{CODES}|d[oó]lares|dollars|pounds|pesos|soles|bucks|quid)\b|"
    rf"[万千百]?{_UNIT_ZH}"
)
_HAN, _DIGIT_HAN = "[零一二两兩三四五六七八九十百千万萬]", "[一二两兩三四五六七八九十百]"
# `2万5`, `4.5万`, `三万二` are sums without a currency only where they are all that is counted: not `3万字`.
FIGURE_ZH = r"\d[\d.,]*\s?[万萬千](?:\d[千百]?(?!\d))?"
WORDS_ZH = rf"{_DIGIT_HAN}{{1,3}}[千万萬]{_HAN}{{0,5}}"
_ENDS_ZH = (
    r"(?=(?:多|左右|出头)?\s*(?:$|[，。,.;；:：!！?？)）\s]|没|未|还|只|才|先|拖|欠|一直|了|不|到|给|写|加|就|也|都|"
    r"[\d一二两三四五六七八九十半]+个?(?:月|天|周|星期|年)|"
    r"的?(?:尾款|货款|欠款|余款|款|钱|账)))"
)
_OWED_ZH = r"(?:款|钱|账|费|一共|总共|总额|合计|共计|共|[还仍]?欠(?:着|了|我们?)?|[还仅只]?差|[还只]?剩下?|金额|总价)"
_OWED = (
    rf"{_OWED_ZH}(?:是|为|有|了|的|还|仍|欠|差|剩|，|,|:|：|大概|大约|约|\s)*|"
    r"\b(?:(?:rest|remainder|balance|remaining(?: amount| sum)?|left|outstanding(?: amount| sum)?|missing|total)"
    r"(?: is|:| of| to pay is|'s| comes to)?|owe[sd]?(?: (?:us|me))?|"
    r"(?:invoice|bill)(?: [\w#-]{1,12})?(?:(?: is| was)? (?:for|of)| is| was)|"
    r"factura(?: [\w#-]{1,12})?(?: es| era)? (?:de|por)|still due:?|falta(?:n|ba|ban)?|quedan?|restan?|"
    r"resto(?: es| son|:)?(?: de)?|deb(?:e|en|ia|ian|ía|ían)|son los|pendientes?:?)\s"
)
PLAIN = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d\d)?|\d{3,}(?:[.,]\d\d)?)(?![\d.,]*\d)"
# Of two sums (`4,800 and 2,300`) neither is what is owed; a figure before a noun counts something else.
_ALONE = (
    r"(?!\s?(?:and|y|e|plus|\+|&|和)\s*[€$£¥]?\d)(?=\s*(?:$|[.,;:!?)，。；：！？、]|(?:since|from|of|on|for|now|in|to|put|and|but|"
    r"still|after|left|by|with|please|desde|de|del|por|y|ya|pon|ponlo|en|hace|aun|todavia|todavía|aún|pero|con)\b|"
    r"[没未还拖欠一写加就也都的了]))"
)
_LEFT = r"(?=\s(?:left|to go|remaining|outstanding|still (?:open|missing|due)|pendientes?|por pagar)\b)"
AMOUNT = late_pattern(
    rf"(?<![\d.,])(?P<left>(?:[€$£]\s?)?{PLAIN}(?:\s?(?:{CURRENCY}))?){_LEFT}|(?P<sum>(?:[€$£¥]|\b(?:{CODES}|us\$))\s?{FIGURE}(?:\s?(?:[km]\b|万))?(?:\s?(?:{CODES}|pesos|d[oó]lares|dollars)\b)?|"
    rf"(?<![\d.,]){FIGURE_ZH}{_UNIT_ZH}|(?<![\d.,]){FIGURE}\s?(?:{CURRENCY})|"
    rf"(?<!{_HAN})(?<![几多]){_HAN}{{1,8}}(?<=[百千万萬]){_UNIT_ZH}|(?<!{_HAN}){WORDS_ZH}{_UNIT_ZH}|"
    rf"(?<![\d.,]){FIGURE_ZH}{_ENDS_ZH})|(?:{_OWED})(?P<owed>{WORDS_ZH}{_ENDS_ZH}|\d{{1,3}}(?:[.,]\d)?k\b|{PLAIN}(?:\s?(?:{CURRENCY})|{_ALONE}))",
    re.IGNORECASE,
)
_THOUSANDS = 3
_HUNDREDS = {"dos": 2, "tre": 3, "cua": 4, "qui": 5, "sei": 6, "set": 7, "nov": 9}
_WORDED = late_pattern(
    rf"(?:(?P<count>{either(COUNTS)}) )?(?P<times>thousand|grand|mil|hundred|cien(?:to)?|"
    r"(?:dos|tres|cuatro|seis|sete|nove)cient[oa]s|quinient[oa]s)\b(?! \d)"
)
_WORDED_TIMES = ((r"thousand|grand|mil", 1000), (r"", 100))
_IS_NUMBER = late_pattern(
    r"(?=.)(?:(?:[一二两三四五六七八九]千)?(?:[一二两三四五六七八九]百)?(?:[一二两三四五六七八九]?十)?[一二两三四五六七八九]?万)?"
    r"(?:[一二两三四五六七八九]千)?(?:[一二两三四五六七八九]百)?(?:[一二两三四五六七八九]?十)?[一二两三四五六七八九]?"
)
_LARGE = {"万": 10_000, "萬": 10_000, "千": 1000, "百": 100, "m": 1_000_000}


def amount_in(text: str) -> str:
    """The first sum that a text names, as it is written; empty when it names none."""
    found = AMOUNT.search(text)
    return written(found) if found else ""


def rest_in(text: str) -> str:
    """The sum that a text says is left to pay, as it is written."""
    return next((written(found) for found in AMOUNT.finditer(text) if not found["sum"]), "")


def without_amounts(text: str, new: str) -> str:
    """The text with something else in the place of each sum."""
    return AMOUNT.sub(lambda found: found[0].removesuffix(written(found)) + new, text)


def written(found: re.Match[str]) -> str:
    """The sum that was found, as it is written."""
    return (found["left"] or found["sum"] or found["owed"]).strip()


def number_of(amount: str) -> float | None:
    """What number a sum is: `2.400 €`, `4.5万`, `三万二`, `1.2k`; None when it is none."""
    han = re.search(rf"{_HAN}{{2,}}", amount.replace("兩", "两").replace("萬", "万"))
    if han:
        return _han_number(han[0]) if _IS_NUMBER.fullmatch(han[0].replace("零", "")) else None
    found = re.search(rf"({FIGURE})\s?([万萬千百]|[km]\b|mil\b)?(\d)?", amount, re.IGNORECASE)
    if found is None:
        return _worded_number(amount)
    times = _LARGE.get((found[2] or "").lower(), 1000 if found[2] else 1)
    return _plain_number(found[1]) * times + int(found[3] or 0) * times / 10


def _worded_number(amount: str) -> float | None:
    """`two thousand`, `dos mil`, `quinientos`; None for any other words."""
    found = _WORDED.match(fold(amount))
    if found is None:
        return None
    times = next((number for words, number in _WORDED_TIMES if re.match(words, found["times"])), 0)
    return (count(found["count"]) if found["count"] else _HUNDREDS.get(found["times"][:3], 1)) * times


def _plain_number(figure: str) -> float:
    """Three digits after a mark are thousands, one or two are cents."""
    parts = re.split(r"[.,]", figure)
    if len(parts) > 1 and len(parts[-1]) < _THOUSANDS:
        return float(f"{''.join(parts[:-1])}.{parts[-1]}")
    return float("".join(parts))


def _han_number(text: str) -> float:
    """`三万二` is 32,000: a last digit counts in tenths of what stands before it."""
    total, rest = 0.0, text.replace("零", "")
    for mark in "万千百":
        head, found, tail = rest.partition(mark)
        if found:
            total += (_small(head) or 1) * _LARGE[mark]
            rest = tail
            if len(tail) == 1 and "零" not in text and tail != "十":
                return total + count(tail) * _LARGE[mark] / 10
    return total + _small(rest)


def _small(text: str) -> float:
    if "千" in text or "百" in text:
        return _han_number(text)
    return count(text) if text else 0
