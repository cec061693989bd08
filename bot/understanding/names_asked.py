"""The names that a letter is asked to be signed with and addressed to: "make it from Nina to Rosa", "署名李娜"."""

from __future__ import annotations

import re

from bot.patterns import late_pattern

_WORD = r"[^\W\d_][\w'’.-]*"
_NAME = rf"{_WORD}(?: {_WORD}){{0,2}}?"
_BY, _TO = rf"(?P<sender>{_NAME})", rf"(?P<greeting>{_NAME})"
_HAN = r"[\u3400-\u9fffA-Za-z·]{1,8}?"
_BY_ZH, _TO_ZH = rf"(?P<sender>{_HAN})", rf"(?P<greeting>{_HAN})"
_IT = r"(?:it|this|that|the (?:letter|e?mail|message))"
_LA = r"(?: la carta| el mensaje| el correo)?"
_AS = r"(?: como| de| por| con el nombre de| a nombre de)"
_SET_ZH = r"(?:就)?(?:写上|写|用|改成|改为|换成|是|为|：|:)?\s*"
# Each is all that the message says, but for a word of politeness.
_ASKED = (
    rf"(?:(?:make|put|write|send|sign|have) )?(?:{_IT} )?(?:be |come )?from {_BY} to {_TO}",
    rf"sign(?: off)?(?: {_IT})?(?: off)? (?:as|from|by|with(?: the name)?) {_BY}",
    rf"sign {_IT} {_BY}",
    rf"(?:(?:make|write|send|put) {_IT}|it['’]?s|it is|it comes) from {_BY}",
    rf"(?:address|make|write) {_IT}(?: out)? to {_TO}",
    rf"dear {_TO}",
    rf"(?:put|use|add)(?: in)? my name,? {_BY}",
    rf"(?:pon|ponle|usa|agrega) mi nombre[:,]? {_BY}",
    rf"my name(?:['’]?s| is) {_BY}",
    rf"(?:(?:his|her|their|the) )?(?:(?:contact|client)(?:['’]?s)? )?name(?:['’]?s| is) {_TO}",
    rf"(?:the|my|our) contact(?:['’]?s| is) {_TO}",
    rf"(?:(?:pon|pon[el]?la|hazla|que sea|escr[ií]bela) )?de {_BY} (?:para|a) {_TO}",
    rf"(?:f[ií]rm[ae]l[ao]|f[ií]rmamela|que l[ao] firme|que firme){_LA}{_AS}? {_BY}",
    rf"(?:firma|firmad[ao]){_LA}{_AS} {_BY}",
    rf"(?:de parte|a nombre|en nombre) de {_BY}",
    rf"(?:me llamo|mi nombre es) {_BY}",
    rf"(?:dir[ií]gel[ao]|dirigid[ao]|escr[ií]bel[ao]){_LA} (?:a|para) {_TO}",
    rf"(?:el contacto|la persona de contacto) (?:es|se llama) {_TO}",
    rf"(?:请|把)?(?:署名|落款|签名|发件人){_SET_ZH}{_BY_ZH}",
    rf"(?:请)?(?:收件人|称呼|抬头|联系人){_SET_ZH}{_TO_ZH}",
    rf"(?:以|用)\s*{_BY_ZH}\s*的(?:名义|名字)(?:来)?(?:写|发)?",
    rf"从\s*{_BY_ZH}\s*(?:写|发)?给\s*{_TO_ZH}",
)
_BEFORE = r"(?:(?:please|ok|and|now|but|can you|could you|por favor|porfa|y|ahora|请|那)[, ]*)?"
_AFTER = r"(?:[, ]*(?:please|pls|por favor|porfa|instead|吧|谢谢))?[\s.!。！]*"
_MESSAGES = [late_pattern(f"{_BEFORE}{asked}{_AFTER}", re.IGNORECASE) for asked in _ASKED]
# What stands in the place of a name and is none.
_NO_NAME = frozenset(
    (
        "him her them me us you it the a an my our your his their this that who whom everyone email mail chat "
        "whatsapp slack phone scratch now then here there start today tomorrow yesterday monday tuesday "
        "wednesday thursday friday saturday sunday el la los las lo un una mi su tu ella ellos usted ustedes "
        "nosotros alguien que hoy mañana ayer ya lunes martes miércoles jueves viernes sábado domingo client "
        "clients customer cliente clienta clientes english spanish chinese inglés español chino nobody anyone "
        "nuevo verdad"
    ).split()
)


def names_asked(text: str) -> dict[str, str]:
    """The names by placeholder, if a message asks for nothing but them."""
    found = next((match for each in _MESSAGES if (match := each.fullmatch(text.strip()))), None)
    names = {name: _spelt(value) for name, value in found.groupdict().items()} if found else {}
    return names if all(map(_is_name, names.values())) else {}


def _is_name(name: str) -> bool:
    return _NO_NAME.isdisjoint(name.lower().split())


def _spelt(name: str) -> str:
    return name.title() if name.islower() else name
