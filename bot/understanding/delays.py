"""How late a payment is by people's words: a length of time or a date, and words of delay right beside it.

Terms (`we pay at 60 days`), projects and ages have lengths too, so that without such words none is read; only in the
reason of a flag for late payment a bare `30 days` is a delay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.patterns import late_pattern
from bot.understanding.spans import Span, spans

# Whoever means a delay names it before the hundredth length of time; a longer text is not to hold up the others.
_NEAR, _LOOKED_AT = 80, 100
_FILL = (
    r"(?:(?:for|by|of|since|now|already|about|around|over|more than|almost|nearly|at least|some|the last|going on|it s|"
    r"ya|casi|mas de|unos|unas|como|desde|hace|por|de|durante|al menos|cerca de|va|van|lleva|llevan|llevamos|son|"
    r"[:：]|\+|>|已经?|都|快|将近|近|超过|整整|了|有|达|大概|大约|约|差不多|足足|至少|长达|共|累计) ?){0,5}"
)
_OF_DATE = (
    r"(?:(?:since|from|on|in|the|early|mid|late|end of|last|desde|el|en|de|del|finales|principios|mediados) |自从?|从)"
    r"{0,4}"
)
_GAP_EN = r"(?: (?!terms?\b|within\b|agreed\b|usual\b)\S+){0,4}?"
_GAP_ES = r"(?: (?!plazos?\b|a\b)\S+){0,4}?"
_NOT_EN = (
    r"(?:\b(?:not|never|no|nothing|without|yet to be|stopped)|n['’]?t)(?: been| had| received| seen| got| any| a){0,3}"
)
_PAID_EN = r"(?:paid|paying|payments?|settled|received|money|cash|a (?:cent|penny))"
_NOT_ES = r"\bno (?:(?:nos|me|se|le|la|lo|ha|han|he|hemos|esta|estan) ){0,3}"
_PAID_ES = r"(?:pag|cobr|abon|liquid|ingres)\w*"
_UNPAID_ES = r"(?:sin|por) (?:pagar|cobrar|abonar|liquidar)"
_MONEY_EN = r"(?:payment|money|transfer|invoice|deposit)\b"
_MONEY_ES = r"(?:pago|cobro|dinero|transferencia|factura|deposito|ingreso)\b"
_MONEY_ZH = r"(?:尾款|货款|款项?|钱|账|发票|账单|欠款)"
_SUM_ZH = r"(?:\d[\d.]*[百千万]?|[一二两三四五六七八九十百千万几]+)(?:多?块钱?|元|美金|刀)?(?:的)?"
_NOT_ZH = (
    rf"(?:还|都|也|仍然?|依然|一直|至今|到现在|就|了|过去|已经?|，|,| |的)*{_MONEY_ZH}?(?:还|都|仍|一直|也)*"
    r"(?:没有?|未|不|拒不|不肯|拒绝)(?:能|给我们|给我|见|把)?(?:付(?!出)|给(?:钱|款)|结(?!果|束|论|构)|打(?:款|钱)|"
    r"收到?(?:款|钱|付款|尾款|货款|回款)|回款|到账|支付|汇款|还(?:款|钱)|见到?(?:钱|款)|拿到?(?:钱|款))"
)
_LATE_ZH = (
    r"(?:逾期|超期|过期|拖欠|拖延?|延(?:迟|误)(?:付款|支付)?|欠(?!条)|晚(?=了|付)付?|压|(?:没|未)(?:付|给|结|打))"
)
# `30 days late payment terms` are terms.
_LATE_EN = (
    r"late\b(?![ -](?:fee|charge|interest|policy|clause|notice|"
    r"payments? ?(?:terms?|fee|polic|clause|charge|interest|law|penalt)))"
)
# What stands right before a length of time or a date that is a delay.
_LATE_BEFORE = (
    r"\b(?:overdue|past due|late|unpaid|outstanding|in arrears|delinquent|behind(?: on (?:\w+ )?payments?)?)",
    r"\b(?:unpaid|outstanding) after",
    rf"{_NOT_EN} {_PAID_EN}{_GAP_EN} (?:for|in|since|over|after)",
    rf"\b(?:waiting|waited|chasing|chased)(?: \S+){{0,4}}? {_MONEY_EN}(?: \S+){{0,2}}? (?:for|since|over)",
    r"\b(?:has|have|been|is|are) owed(?: \S+){0,4}? (?:for|since)|\bow(?:es?|ing)(?: \S+){0,4}? since",
    r"\b(?:venci[oa]|vencieron|vencian|vencid[oa]s?|caduco|impagad[oa]s?|impagos?|atrasad[oa]s?|retrasad[oa]s?)",
    r"\b(?:retraso|atraso|mora|demora|moros[oa]s?|pendientes? de (?:pago|cobro))",
    r"\b(?:facturas?|pagos?|saldos?|cobros?)(?: \S+){0,3}? pendientes?",
    rf"\b{_UNPAID_ES}(?: \S+){{0,4}}? (?:desde|hace)",
    rf"{_NOT_ES}{_PAID_ES}{_GAP_ES} (?:desde|hace|en|por|durante)|{_NOT_ES}{_PAID_ES}|\b{_UNPAID_ES}",
    r"\b(?:deben?|debiendo|adeudan?)(?: \S+){0,4}? (?:desde|hace)",
    rf"\b(?:esperando|reclamando|persiguiendo)(?: \S+){{0,3}}? {_MONEY_ES}(?: \S+){{0,3}}? (?:desde|hace|durante)",
    rf"{_LATE_ZH}(?:了|着)?(?:我们?)?(?:的)?(?:{_SUM_ZH})?{_MONEY_ZH}?",
)
# What stands right after one.
_UNPAID_AFTER = (
    rf"(?: now| ago)? (?:that )?(?:they |he |she |it |we |the client )?(?:ha(?:s|ve) ?)?{_NOT_EN} {_PAID_EN}",
    rf"(?: ya)? (?:{_UNPAID_ES}|sin (?:ver un|recibir (?:el |un |ningun )?pago|que (?:nos |me )?{_PAID_ES}))",
    rf" (?:que )?{_NOT_ES}{_PAID_ES}",
    rf" (?:esperando|aguardando|reclamando|persiguiendo|detras de)(?: \S+){{0,3}} {_MONEY_ES}| debiendo",
)
_LATE_AFTER = (
    *_UNPAID_AFTER,
    rf"(?: now| already)? ?(?:{_LATE_EN}|overdue\b|past (?:its |the |our )?due\b|in arrears|outstanding\b|unpaid\b)",
    r"(?: now| already)? ?(?:behind\b(?! schedule)|of delay\b|of non-?payment)",
    rf"(?: now)? (?:without|with no)(?: \S+)? {_PAID_EN}|(?: now)? (?:waiting for|chasing)(?: \S+){{0,2}} {_MONEY_EN}",
    r" ?(?:ya )?(?:de |con |en )?(?:retras|atras|mora\b|demora|impago|impagad|vencid|tarde\b)",
    rf"{_NOT_ZH}|的?(?:逾期|拖欠|欠款)",
)
_BOTH = (
    (r"\b(?:(?:was|were|fell|became|came) due|due date (?:was|passed)|should have (?:been )?paid(?: us)?)", r" ago"),
    (r"\b(?:waiting|waited|chasing)", rf"(?: now)? (?:for|to get)(?: \S+){{0,2}} {_MONEY_EN}"),
    (r"\bbeen", rf",? (?:and|but)(?: \S+){{0,3}}? ?(?:ha(?:s|ve) ?)?(?:still )?{_NOT_EN}(?: \S+)? {_PAID_EN}"),
    (r"\b(?:hace|van|llevamos|llevan?)(?: ya)?", rf",? (?:y|pero)(?: \S+){{0,3}}? {_NOT_ES}{_PAID_ES}"),
)
_DUE_ON = r"\b(?:was|were|fell|became|came) due(?: for payment)?"
_DATED_AFTER = (
    rf"(?:份)?(?:的)?{_MONEY_ZH}?(?:起|开始|以来|一直|就|至今|到现在)+(?:就|一直|都|还|再)*(?:{_NOT_ZH}|没付|拖|欠|逾期)",
    rf"(?:份)?(?:的)?{_MONEY_ZH}?(?:一直)?(?:拖|欠)到(?:现在|今天)|(?:就|已经?|早就?)到期|到期(?:了|后?一?直?没|未)",
)
# Our own work is late, not their money.
_OUR_WORK = late_pattern(
    r"(?:\b(?:we|i)(?: \S+){0,2} (?:delivered|shipped|finished|launched|handed (?:it|them) over)(?: \S+){0,2}|"
    r"\b(?:project|delivery|launch|design|website|site|proyecto|entrega|lanzamiento|web)\w*"
    r"(?: (?:is|was|are|were|runs|ran|came|va|iba|lleva|llego|esta))?|"
    r"\b(?:entregamos|entregue|terminamos)(?: \S+){0,2}|(?:项目|交付|交稿|上线|进度)\S{0,4})\W*$"
)
# A term, a rate or a rule, whatever stands beside it.
_TERM_BEFORE = late_pattern(
    r"(?:\b(?:net|within|terms?(?: of| are| is)?|agreed(?: on| to)?|per|each|every|cada|a(?: los)?|"
    r"plazos?(?: \w+)?(?: de)?|condiciones(?: de pago)?|payment|pago)\W*|%\W*|"
    r"(?:账期|帐期|付款(?:期限|周期|条件|期)?|月结|结算(?:周期)?|期限|工期|交期|周期|合同期|约定)"
    r"(?:是|为|约定|定的?|改成?|了|\W)*|"
    r"每(?:逾期|延迟|拖欠|超期)?|(?:如果?|一旦|凡|若)逾期(?:超过)?)$"
)
_TERM_AFTER = late_pattern(
    r"(?:(?: of| worth of| de) (?:work|fees?|trabajo|servicios?|contrato|proyecto|credito|plazo)\b|"
    r"[ -](?:terms?|net|credit|payment)\b| ?账期| ?帐期|,? (?:as agreed|segun contrato)|"
    r"才?(?:交付|交稿|交货|上线|完工))"
)
_BARE_BEFORE = late_pattern(rf"(?:^|[,;:.(!?，；：。、—–-])\s*{_FILL}$")
_BARE_DATE = late_pattern(rf"(?:^|[,;:.(!?，；：。、—–-])\s*(?:since|from|desde|自从?|从) ?{_OF_DATE}$")
# Of a debt with its sum: the date on which it was due, if that is not rather the next such day.
_DUE_DATE = late_pattern(
    r"(?:\b(?:due(?: date)?|payable|venc(?:e|ia|imiento)|fecha (?:de pago|limite))|到期日?|应付日?|付款日)"
    rf"[:：]? ?{_OF_DATE}$"
)
_DUE_AFTER = late_pattern(r" ?(?:到期|该付|应付|截止)")
_HALF_A_YEAR = 183
_BARE_AFTER = late_pattern(r" ?(?:now|already|ago|ya|or so|and counting|了|起|至今)? ?(?:$|[,;:.)!?，；：。、—–-])")
_BEFORE = late_pattern(rf"(?:{'|'.join(_LATE_BEFORE)})[,:]? ?{_FILL}$")
_DATE_BEFORE = late_pattern(rf"(?:{'|'.join((*_LATE_BEFORE, _DUE_ON))})[,:]? ?{_FILL}{_OF_DATE}$")
_AFTER = late_pattern("|".join(_LATE_AFTER))
_DATE_AFTER = late_pattern("|".join((*_UNPAID_AFTER, *_DATED_AFTER)))
_PAIRS = tuple((late_pattern(rf"{before} ?{_FILL}{_OF_DATE}$"), late_pattern(after)) for before, after in _BOTH)


class _Beside(NamedTuple):
    """What stands next to a span, at most so many characters of it."""

    before: str
    after: str
    is_date: bool
    days: int


def delay(folded: str, on: date, *, is_debt: bool = False) -> int | None:
    """The first delay that a folded text of a day states, in days; `is_debt`: it is written of a late payment."""
    looked_at = spans(folded, on)[:_LOOKED_AT]
    return next((span.days for span in looked_at if _is_delay(_beside(folded, span), is_debt=is_debt)), None)


def _beside(text: str, span: Span) -> _Beside:
    before, after = text[max(span.start - _NEAR, 0) : span.start], text[span.end : span.end + _NEAR]
    return _Beside(before, after, span.is_date, span.days)


def _is_delay(near: _Beside, *, is_debt: bool) -> bool:
    if _OUR_WORK.search(near.before) or _TERM_BEFORE.search(near.before) or _TERM_AFTER.match(near.after):
        return False
    return _is_said_late(near) or (is_debt and (_is_bare(near) or _is_due(near)))


def _is_said_late(near: _Beside) -> bool:
    before, after = (_DATE_BEFORE, _DATE_AFTER) if near.is_date else (_BEFORE, _AFTER)
    pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]] = _PAIRS
    return bool(
        after.match(near.after)
        or before.search(near.before)
        or any(first.search(near.before) and second.match(near.after) for first, second in pairs)
    )


def _is_bare(near: _Beside) -> bool:
    """It is all that is said between two commas."""
    before = _BARE_DATE if near.is_date else _BARE_BEFORE
    return bool(before.search(near.before) and _BARE_AFTER.match(near.after))


def _is_due(near: _Beside) -> bool:
    """It is the day on which the money was due."""
    is_said = _DUE_DATE.search(near.before) or _DUE_AFTER.match(near.after)
    return bool(near.is_date and near.days <= _HALF_A_YEAR and is_said)
