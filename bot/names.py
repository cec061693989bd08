"""Client names: how they are cleaned, compared and recognised. Pure functions on text."""

from __future__ import annotations

import re
import unicodedata

from bot.errors import UserError
from bot.i18n.messages import N
from bot.patterns import late_pattern

MAX_NAME = 80
_MENTION = late_pattern(r"^<@[!&]?\w+(\|[^>]*)?>$")
_MAY_COMBINE = late_pattern(r"[^\x00-\x7f\u3400-\u9fff]+")
_SPACES = late_pattern(r"\s+")
_DROPPED = late_pattern(r"[.'’`´·]")
_PUNCTUATION = late_pattern(r"[^\w]+|_+")
_POSSESSIVE = late_pattern(r"['’]s\b", re.IGNORECASE)
_HAN_OR_REST = late_pattern(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # Hangul fillers and the empty Braille cell
MAX_RUN, MAX_HAN = 12, 12
LEGAL_WORDS = frozenset(
    "ca sa sl slu sll sab sapi srl sas sac saic spa scrl ltda ltd limited inc incorporated llc llp lp plc corp "
    "corporation co company gmbh ag kg bv nv pty oy ab as aps eirl cia compania sociedad anonima".split()
)
_LEGAL_PHRASES = r"sa(?:b|pi)? de cv|s de rl(?: de cv)?|srl de cv|y cia|and co"
_LEGAL_TAIL = late_pattern(rf"(?: (?:{_LEGAL_PHRASES}|{'|'.join(sorted(LEGAL_WORDS))}))+$")
_LEGAL_CHINESE = late_pattern(r"(股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|公司)$")


def clean(text: str) -> str:
    """Without control and invisible direction characters, spaces folded, composed (NFC)."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = _SPACES.sub(" ", text)
    visible = "".join(
        c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") or c == "\u200d"
    )
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible).strip(" \u200d"))


def fold(text: str) -> str:
    """Without case, accents, full-width forms and repeated spaces: the form in which words are compared."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = _MAY_COMBINE.sub(_without_marks, _caseless(text))
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", bare)).strip()


def _without_marks(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.combining(c))


def _caseless(text: str) -> str:
    # Twice, as Unicode's compatibility caseless match (D146) has it: `ℌ` is a capital only once it is decomposed.
    once = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKD", once.casefold())


def key_of(name: str) -> str:
    """What two spellings of one client share: `ACME, C.A.`, `acmé` and `Acme` give `acme`."""
    words = " ".join(key_words(name))
    if not words:
        return fold(name) or name
    return _without_legal_form(words)


def _without_legal_form(words: str) -> str:
    bare = _LEGAL_TAIL.sub("", words)
    chinese = _LEGAL_CHINESE.sub("", bare).strip()
    return chinese if len(chinese) > 1 else bare


def client_name(text: str) -> str:
    """A name fit to store, or a `UserError` that says why not."""
    if _MENTION.match(text.strip()):
        raise UserError(
            N("That is a person, and Chao keeps no records about people."),
            N("Name the company: a flag is about what a client does, never about a member of a chat."),
        )
    name = clean(text)
    if not any(map(_is_seen, name)):
        raise UserError(N("The client's name is empty."), N("Write the company's name as you would say it: `acme`."))
    if len(name) > MAX_NAME:
        raise UserError(
            N("That client's name has {count} characters; {limit} is the most.", count=len(name), limit=MAX_NAME),
            N('If a part of it is the reason, put the name in quotes: `"Acme Corp" mala-paga reason`.'),
            in_form=N("Shorten it: what happened has a field of its own."),
        )
    return name


def _is_seen(character: str) -> bool:
    kind = unicodedata.category(character)[0]
    return kind in "LNPS" and character not in _BLANK_LETTERS


def keys_in(text: str) -> list[str]:
    """Every key that a client's name within a text could have: runs of words, and runs of Chinese characters."""
    found: dict[str, None] = {}
    for words in (key_words(text), key_words(_POSSESSIVE.sub("", text))):
        found |= _runs(words, MAX_RUN, " ")
    for word in key_words(text):
        found |= dict.fromkeys(key for key in _runs(_HAN_OR_REST.findall(word), MAX_HAN, "") if len(key) > 1)
    return list(found)


def _runs(parts: list[str], most: int, joint: str) -> dict[str, None]:
    ends = range(1, most + 1)
    return dict.fromkeys(joint.join(parts[i : i + n]) for i in range(len(parts)) for n in ends if i + n <= len(parts))


def key_words(text: str) -> list[str]:
    """A text's words in the form in which keys are made."""
    return _PUNCTUATION.sub(" ", _DROPPED.sub("", fold(text))).split()
