"""What is left of a debt after a payment, where that can be known: `3,000 euros` less `1,000` is `2,000 euros`.

Nothing is worked out across currencies, from two debts, or from a half of what is left already.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.patterns import late_pattern
from bot.understanding.payments import Payment
from bot.understanding.sums import AMOUNT, CODES, CURRENCY, FIGURE, FIGURE_ZH, PLAIN, WORDS_ZH, number_of, written

# What a mark or a word may stand for; in Spanish whoever says `dólares` sets them apart from a `$` of pesos.
_CURRENCIES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"us\$|d[oó]lar|美元|美金", frozenset(("usd",))),
    (r"dollar|bucks", frozenset(("usd", "$"))),
    (r"pesos", frozenset(("mxn", "cop", "clp", "ars", "uyu"))),
    (r"soles", frozenset(("pen",))),
    (r"euro|€|欧", frozenset(("eur",))),
    (r"pound|quid|£|英镑", frozenset(("gbp",))),
    (r"港币", frozenset(("hkd",))),
    (r"日元", frozenset(("jpy",))),
    (r"rmb|人民币|元|块", frozenset(("cny",))),
    (r"¥", frozenset(("cny", "jpy"))),
    (r"\$", frozenset(("$",))),
)
_CODE = late_pattern(rf"(?<![a-z])(?:{CODES})(?![a-z])", re.IGNORECASE)
_FIGURES = rf"{FIGURE_ZH}|{WORDS_ZH}|{PLAIN}|{FIGURE}(?=\s?(?:k\b|{CURRENCY}))"
_SUM = rf"(?:[€$£¥]\s?)?(?:{_FIGURES})(?:\s?k\b)?(?:\s?(?:{CURRENCY}))?"
# A bare figure that is the whole of what was paid in part.
_WHOLE = late_pattern(
    r"(?:\bof (?:the|our|an?)(?: total of| invoice of)? |\bde (?:los|un total de) |\bdebt (?:is|was|of) |"
    r"账单|发票|合同)"
    rf" ?(?P<sum>{_SUM})(?! ?(?:and|y|e|plus|&|和) ?[€$£¥]?\d)|"
    rf"(?<![\d.,])(?P<of>[€$£]?(?=[\d.,k]{{3}}){FIGURE}k?(?:\s?(?:{CURRENCY}))?) (?:invoice|bill|debt)\b",
    re.IGNORECASE,
)
_OWES = late_pattern(
    r"(?:ow|invoice|bill|factura|deb|nos deb|son los|total|outstanding|pendiente|欠|总|合|共|一共|金额|款|钱|账|费)",
    re.I,
)
_REST_BEFORE = late_pattern(
    r"(?:\b(?:rest|remainder|balance|faltan?|quedan?|restan?|resto)(?: (?:is|of|es|son|de))? |"
    r"[还仍只]欠(?:我们?|着|下)*|[剩差]下?|余款)\W?$"
)
_STILL = late_pattern(r"(?:\b(?:still|now|only|todavia|aun|siguen|sigue|ahora|solo)(?: nos)?|[还仍只])\W{0,2}$", re.I)
# `paid 1,000 in May and 500 in June`.
_MORE = late_pattern(
    r"[^.;!?。；！？]{0,24}?(?:,(?!\d)|、|\b(?:and|plus|then|y|e|luego|mas)\b|[和又再])\s?"
    r"(?:(?:then|another|later|plus|also|otros|otras|luego|despues|又|再|付了?) ?){0,3}"
    r"(?:[€$£¥]\s?)?\d[\d.,]{2,}"
)
_TWO_SUMS = late_pattern(r"(?<![\d.,])\d[\d.,]{2,20}[^\W\d]? ?(?:and|y|e|plus|\+|&|和) ?[€$£¥]?\d", re.I)
_HALF = late_pattern(r"(?:\bhalf\b|\bla mitad\b|一半)")
_NOT_OF_ALL = late_pattern(r"\b(?:other|another|second|first|otra|segunda|primera)\b|[另第]")
_NUMBER = late_pattern(
    rf"(?P<figure>{FIGURE})(?P<scale>\s?(?:[万萬](?:\d[千百]?)?|[千百]|[km]\b|mil\b))?|"
    r"[一二两兩三四五六七八九十百千万萬零]{2,}",
    re.I,
)
_SCALES = {"万": (10_000, 2), "萬": (10_000, 2), "千": (1000, 1), "k": (1000, 2)}
_CENT, _MOST, _NEAR = 0.005, 1e12, 30


class Reckoning(NamedTuple):
    """`rest` is what is left of `owed` after `paid`; empty where it can't be known, as is what was not named."""

    owed: str = ""
    paid: str = ""
    rest: str = ""


def reckoned(payment: Payment, known: str, *, is_first: bool) -> Reckoning:
    """What is left after a payment where a sum was `known` before; a rest that its text names is taken as it is.

    `is_first`: nothing was paid before, so that half is half of the whole.
    """
    if rest := _rest_beside(payment):
        return Reckoning(rest=rest)
    owed = whole_beside(payment) or known
    paid = _part_of(owed, payment, is_first=is_first)
    is_unclear = _MORE.match(payment.words, payment.at) or _TWO_SUMS.search(payment.words)
    return Reckoning(owed, paid, "" if is_unclear else left_of(owed, paid))


def whole_beside(payment: Payment) -> str:
    """The sum that a text names as the whole beside what was paid; empty when it names none, or several."""
    named = [found["sum"] or found["of"] for found in _WHOLE.finditer(payment.words)]
    named += [written(found) for found in AMOUNT.finditer(payment.words, 0, payment.at) if not _is_rest(found, payment)]
    sums = {number_of(one): one.strip() for one in named}
    return next(iter(sums.values())) if len(sums) == 1 else ""


def covers(paid: str, owed: str) -> bool:
    """Whether one sum is all of another, in the same currency."""
    numbers = number_of(paid), number_of(owed)
    return bool(numbers[0] and numbers[1] and numbers[0] >= numbers[1] and _are_alike(paid, owed))


def left_of(owed: str, paid: str) -> str:
    """What one sum less another is, written as the first one is; empty where they are of two currencies."""
    whole, part = number_of(owed), number_of(paid)
    if not whole or not part or not part + _CENT < whole < _MOST or not _are_alike(owed, paid):
        return ""
    # Who names the currency only of what was paid means the debt by it too.
    unit = "" if _currency(owed) else "".join(re.findall(rf"(?: ?{CURRENCY})$", paid, re.I)[:1])
    return _like(owed, round(whole - part, 2)) + unit


def _rest_beside(payment: Payment) -> str:
    found = next((one for one in AMOUNT.finditer(payment.words) if _is_rest(one, payment)), None)
    return written(found) if found else ""


def _is_rest(found: re.Match[str], payment: Payment) -> bool:
    """It is said to be left: not that they owe it, unless that comes after the payment, or is said to be so still."""
    before = payment.words[max(found.start() - _NEAR, 0) : found.start()]
    if found["sum"]:
        return bool(_REST_BEFORE.search(before))
    return not _OWES.match(found[0]) or found.start() > payment.at or bool(_STILL.search(before))


def _part_of(owed: str, payment: Payment, *, is_first: bool) -> str:
    """What was paid as a sum; a half or so many per cent of the whole are one, and of what is left already none."""
    if payment.written and not payment.written.endswith("%"):
        return payment.written
    number, share = number_of(owed), _share(payment) if is_first else 0.0
    return _like(owed, round(number * share, 2)) if number and number < _MOST and share else ""


def _share(payment: Payment) -> float:
    if payment.written:
        return (number_of(payment.written.rstrip("% ")) or 0) / 100
    found = _HALF.search(payment.words)
    return (
        0.5
        if found and not _NOT_OF_ALL.search(payment.words, max(found.start() - _NEAR // 2, 0), found.start())
        else 0.0
    )


def _are_alike(one: str, other: str) -> bool:
    currencies = _currency(one), _currency(other)
    return not all(currencies) or bool(currencies[0] & currencies[1])


def _currency(amount: str) -> frozenset[str]:
    """The currencies that a sum may be in; empty where it names none."""
    if found := _CODE.search(amount):
        code = found[0].lower()
        return frozenset(("cny",)) if code == "rmb" else frozenset((code,))
    return next((codes for words, codes in _CURRENCIES if re.search(words, amount, re.I)), frozenset())


def _like(model: str, number: float) -> str:
    """A number as a sum is written: `2,000 €` like `3,000 €`, `2万` like `3万`."""
    found = _NUMBER.search(model)
    if found is None:
        return ""
    scale = (found["scale"] or "").strip()[:1]
    times, places = _SCALES.get(scale.lower(), (1, 0))
    scaled = round(number / times, places)
    is_short = places and scaled * times == number
    figure = f"{scaled:.2f}".rstrip("0").rstrip(".") + scale if is_short else _figure(number, found["figure"] or "")
    return f"{model[: found.start()]}{figure}{model[found.end() :]}"


def _figure(number: float, model: str) -> str:
    """A number in figures, with the marks of another one."""
    thousands, cents = re.search(r"[.,](?=\d{3}(?!\d))", model), re.search(r"[.,](?=\d\d?$)", model)
    mark = thousands[0] if thousands else ""
    whole = f"{int(number):,}".replace(",", mark)
    rest = round(number % 1 * 100)
    point = cents[0] if cents else "," if mark == "." else "."
    return f"{whole}{point}{rest:02}" if rest else whole
