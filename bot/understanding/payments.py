"""What a message says was paid: a sum, how much that is, and whether it is called all or one of several.

All texts are folded: no capitals, no accents. `they paid 1,000`, `pago 500`, `付了10000`, `1,000 came in`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.names import fold
from bot.patterns import late_pattern
from bot.understanding.sums import CURRENCY, FIGURE, FIGURE_ZH, WORDS_ZH, number_of

_SYMBOL = r"(?:[€$£¥]|us\$|\b(?:eur|usd|gbp) )\s?"
_WORDS = (
    r"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|a couple of|a few|\d+) )?"
    r"(?:hundred|thousand|grand)\b(?: (?:euros?|dollars|pounds|pesos|bucks|quid))?|"
    r"(?:(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|veinte|treinta|cincuenta|cien|unos|\d+) )?"
    r"(?:mil|cien|ciento|\w{2,6}cient[oa]s|quinient[oa]s)\b(?: (?:euros?|dolares|pesos|soles))?"
)
# A bare figure is money only where nothing that is counted follows it: not `paid 2 invoices`, `sent 300 mails`.
_NOTHING = (
    r"(?=\s*(?:$|[.,;:!?)，。；：！？、]\D|[.,;:!?)，。；：！？、]$|(?:so far|today|yesterday|on|of|out|in|last|this|"
    r"now|but|and|only|"
    r"already|towards?|for|against|to|us|me|from|via|by|with|through|just|then|instead|first|so|not|more|less|what|"
    r"hoy|ayer|complet[oa]s?|todo|de|del|y|pero|el|la|por|ya|nada|solamente|en|con|a|esta|este|que|mas|no)\b|"
    r"[了就到的我们，]))"
)
_SUM = (
    rf"(?:{_SYMBOL}{FIGURE}(?:\s?(?:k\b|m\b|mil\b))?(?:\s?(?:{CURRENCY}))?|{FIGURE_ZH}(?:{CURRENCY})?|"
    rf"{WORDS_ZH}(?:{CURRENCY})?|"
    rf"[一二两兩三四五六七八九十]{{1,3}}[百千万萬](?:{CURRENCY})?|"
    rf"{FIGURE}\s?(?:{CURRENCY}|k\b|%)|{_WORDS}|"
    rf"(?:\d{{1,3}}(?:[.,]\d{{3}})+(?:[.,]\d\d)?|\d{{2,}}(?:[.,]\d\d?)?){_NOTHING})"
)
_PAID_EN = r"paid|payed|sent|transferred|transfered|wired|settled|deposited|received|remitted|got|gave"
_PAID_ES = (
    r"pago|pagaron|pagado|abono|abonaron|abonado|deposito|depositaron|transfirio|transfirieron|ingreso|ingresaron|"
    r"liquido|liquidaron|cancelo|cancelaron|giro|giraron|mando|mandaron|envio|enviaron|dio|dieron|adelanto|adelantaron|"
    r"recibi|recibimos|cobre|cobramos|llego|llegaron|entro|entraron|cayo|cayeron"
)
_PAID_ZH = r"(?:付款?|给|打款?|转账?|还|结|汇款?|交|支付)(?:了|过来了?|来了?)|收到了?|到账了?|进账了?"
_WHOLE = (
    r"(?:full|whole|entire|last|final|ultim[oa]s?|最后的?|total|remaining|outstanding|all|rest(?: of)?|"
    r"complet[oa]s?|todos?|全款|全部|全额|剩下的?|余款)"
)
_FILL = (
    rf"(?:[ ,]*(?:(?P<whole>{_WHOLE})(?![a-z])|us|me|only|just|about|around|roughly|almost|nearly|"
    r"another|over|like|already|exactly|"
    r"the|first|barely|merely|some|at least|nos|me|solo|solamente|apenas|unos|unas|como|casi|"
    r"otros|otras|ya|el|los|las|"
    r"primeros|nada mas|un|abono|anticipo|pago|parcial|de|la cantidad|la suma|our|"
    r"我们?|咱们?|了|大概|大约|差不多|只有|才|首付|定金|预付款?|尾款)(?![a-z])){0,5} *"
)
_PAYS = late_pattern(
    rf"(?P<verb>\b(?:(?P<en>{_PAID_EN})|(?P<es>{_PAID_ES}))\b|{_PAID_ZH})(?P<fill>{_FILL})(?P<sum>{_SUM})"
    rf"(?P<after>[ ,，]*(?:in full|the (?:full|whole) (?:amount|sum|thing)|"
    r"everything|all of it|complet[oa]s?|todo\b|全清|结清|付清))?"
)
# `付10000了`, `1,000 came in`, `10000到账了`.
_COMES = late_pattern(
    rf"(?:(?<![a-z])(?P<verb>付|给|打|转|还|汇))(?P<sum>{_SUM})(?=了)|"
    rf"(?P<came>(?<![\d.,]){_SUM.replace(_NOTHING, '')})(?=\s?(?:(?:has|have|had|just|finally|already) ){{0,2}}"
    r"(?:(?:that )?(?:they|he|she) (?:paid|sent)\b|(?:los |lo )?que (?:pago|pagaron)\b|"
    r"came|come|arrived|landed|is in|was paid|were paid|been paid|got paid|到账|到了|进账|收到))"
)
_NOT = late_pattern(
    r"(?:n['’]t|\b(?:(?:did|do|does|have|has|had|was|were|is|are|wo|ca|would|could)nt|"
    r"not|never|nobody|without|yet to|no|nunca|tampoco|jamas|sin|ni))"
    r" (?:(?:been|yet|even|really|actually|have|has|had|us|me|ever|"
    r"nos|me|se|le|la|lo|ha|han|haber|aun|todavia) ){0,3}$|"
    r"(?:没有?|未|不|别)(?:有|能|肯|给)?$"
)
_OF_INVOICE = late_pattern(r"(?:\b(?:invoice|inv|bill|factura|fra)|发票|账单|单号|#)\W*(?:n\S{0,6} )?$")
_GIVES = late_pattern(r"got|gave|sent|received|mando|mandaron|envio|enviaron|dio|dieron|recibi|recibimos")
_PLAINLY_MONEY = 3
_PART = {"en": " half", "es": " la mitad", "": "一半"}
_HALF = late_pattern(r"\bhalf\b|\bla mitad\b|一半", re.IGNORECASE)
_ONE_OF = late_pattern(
    r"\b(?:one|first|second|1st|2nd|other|smaller|smallest|bigger|biggest|older|oldest|newer) (?:invoice|bill|one)s?\b|"
    r"\bone of\b|\b(?:una|un) de (?:las|los|ellas)\b|\b(?:una|la primera|la segunda|la otra) factura\b|\bla primera\b|"
    r"一[张筆笔份个]|第[一二][张笔份个]|其中"
)
_SEVERAL = late_pattern(
    r"\b(?:two|three|four|five|[2-9]|several|both|some|a few|multiple) (?:\w+ )?(?:invoices|bills)\b|"
    r"\b(?:invoices|bills|facturas) (?:n\S* )?#?[a-z]{0,3}-?\d[\w/-]* ?(?:,|and|&|y|e) ?#?[a-z]{0,3}-?\d|"
    r"\b(?:dos|tres|cuatro|cinco|[2-9]|varias|algunas|ambas) (?:\w+ )?facturas\b|"
    r"(?:[两兩二三四五六几2-9]|好几)[张筆笔份个](?:发票|账单|款|尾款|钱)"
)
_ALL_OF = late_pattern(
    r"\b(?:both|all|every|everything|ambas|todas|todo|las dos)\b|\b(?:invoices|bills|facturas)\b|都|全部?|两[张笔份]"
)


class Payment(NamedTuple):
    """`words`: the text with "half" for a sum that was paid, `at`: where that ends; `sum`: how much, if it is a number.

    Where it says only "half", `at` is where that ends.
    `is_sum`: it names a sum, `written` as it is; `is_whole`: it is called all that there was.
    """

    words: str
    is_sum: bool = False
    sum: float | None = None
    is_whole: bool = False
    written: str = ""
    at: int = 0


def payment_in(text: str) -> Payment:
    """What a text says was paid; its own words where it names no sum."""
    folded = fold(text)
    found = next((one for one in _PAYS.finditer(folded) if _is_payment(one, folded)), None)
    if found:
        language = "en" if found["en"] else "es" if found["es"] else ""
        start = f"{folded[: found.end('verb')]}{_PART[language]}"
        is_whole = bool(found["whole"] or found["after"]) or found["sum"].startswith("100%")
        words = f"{start} {folded[found.end() :]}".strip()
        return Payment(words, True, _money(found["sum"]), is_whole, found["sum"].strip(), len(start))
    found = _COMES.search(folded)
    if found and not _OF_INVOICE.search(folded[: found.start()]):
        named, language = ("sum", "") if found["verb"] else ("came", "en")
        half = "一半" if re.search(r"[\u3400-\u9fff]", folded[found.start() :]) else "half"
        start = f"{folded[: found.start(named)]}{half}"
        words = f"{start}{folded[found.end(named) :]}"
        return Payment(words, True, _money(found[named]), written=found[named].strip(), at=len(start))
    said = _HALF.search(text)
    return Payment(text, at=said.end() if said else 0)


def _is_payment(found: re.Match[str], folded: str) -> bool:
    """It was paid, and is money: `got 63` and `gave 20` may be anything."""
    is_bare = found["sum"].isdecimal() and len(found["sum"]) < _PLAINLY_MONEY
    return not _NOT.search(folded[: found.start()]) and not (is_bare and _GIVES.fullmatch(found["verb"]))


def _money(amount: str) -> float | None:
    return None if amount.endswith("%") else number_of(amount)


def are_several(text: str) -> bool:
    """Whether a text tells of more than one invoice."""
    return bool(_SEVERAL.search(fold(text)))


def is_one_of_several(text: str, invoice: str, known: str, *, several: bool) -> bool:
    """Whether what was paid is one of several invoices: `invoice` is the one that it names, `known` that is owed."""
    folded = fold(text)
    if _ONE_OF.search(folded):
        return True
    return bool(invoice and not _ALL_OF.search(folded) and (several or (known and known != invoice)))
