"""How much some words look like the name of a client that is not known yet."""

from __future__ import annotations

import re
from enum import IntEnum

from bot.grammar import NO_NAMES, NOBODY
from bot.names import fold
from bot.understanding.language import COMMON as COMMON_IN
from bot.understanding.people import CLIENT

# What stands where a client's name would, and is none.
_NOBODY = NO_NAMES | NOBODY | frozenset(CLIENT.split("/")) | frozenset(
    "everyone everybody everything anyone anybody anything someone somebody nobody people these those each any every "
    "invoice invoices message messages email emails meeting meetings project projects today tomorrow now here there "
    "todos todas nadie alguien gente cada esos esas estos estas cualquier cualquiera nuestro nuestra tu tus sus "
    "factura facturas mensaje correo reunion proyecto hoy manana ahora aqui ellos ellas agua "
    # "Mark" is a name too, and a "report" may say something: "Mark sounds like a bad payer".
    "says said sounds sounded looks looked seems seemed acts acted behaves behaved feels felt reads comes came tells "
    "told thinks thought calls called complained complains asks asked wants wrote writes works worked talks replied "
    "went is was does did has had keeps kept gets got goes just really back team".split()
)  # fmt: skip
# A verb rather than a name: "Mark counts as a bad payer".
_VERB = re.compile(r"[a-z]+(?:s|ed)")
_NOBODY_IN_CHINESE = tuple(
    "这 那 他 她 它 我 你 您 谁 哪 什么 怎 所有 每 客户 甲方 对方 大家 别人 自己 老板 领导 同事 "
    "有 为 不 一个 今天 明天 会议".split()
)
_ARTICLES = frozenset("the el la los las".split())
_JOINTS = _ARTICLES | frozenset("de del y e and of & + -".split())
_COMMON = COMMON_IN["en"] | COMMON_IN["es"]
_HAN_AT_MOST = 6


class Likeness(IntEnum):
    """How much some words look like the name of a client that is not known yet."""

    NO = 0
    PERHAPS = 1
    YES = 2


def likeness(name: str) -> Likeness:
    """Whether words without quotes may be a new client's name: "Bright Harbor", rather than "the invoice"."""
    words, first = name.split(), fold(name.split(maxsplit=1)[0])
    if not first.isascii() and first[0] >= "\u3400":
        return Likeness.NO if first.startswith(_NOBODY_IN_CHINESE) else Likeness(1 + (len(name) <= _HAN_AT_MOST))
    others = [word for word in words if fold(word) not in _JOINTS]
    is_said = not others or any(fold(word) in _NOBODY or word.lower() in _COMMON for word in others)
    is_large = words[0][0].isupper() and all(word[0].isupper() or word[0].isdigit() for word in others)
    if first in _ARTICLES:
        return Likeness(int(not is_said))
    if first in _NOBODY:
        return Likeness.NO
    if len(words) == 1:
        return Likeness.PERHAPS if _VERB.fullmatch(name) else Likeness.YES
    return Likeness.YES if is_large else Likeness(int(not is_said))
