"""Who acts in a text: whether what looks like trouble with a colleague or a boss is a client's doing after all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile

from bot.patterns import late_pattern
from bot.understanding.people import CLIENT
from bot.understanding.phrases import Phrases, Span
from bot.understanding.tokens import Tokens, tokens_of

_QUOTED = late_pattern(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|「[^」]*」?|『[^』]*』?")
_HEADER = late_pattern(r"(?im)^\W*(from|sent|de|enviado|发件人|寄件者|寄件人)\s*[:：].*\S|^\s*>")
_CALLED = late_pattern(r"\s*(?:['‘\"“«「『]|[a-zA-Zà-ü’'-]+(?: [a-zA-Zà-ü’'-]+)?\s*[,:;!?])")
_CLIENT = Phrases([("", CLIENT)])
# "By the client", and "my boss says that the client …": whoever stands first, it is the client who does something.
_ACTING = Phrases(
    [
        ("", f"by/from/por .. {CLIENT}"),
        ("", f"被 .. {CLIENT}"),
        ("", f"that/says/said/que/dice/dijo/说 .. {CLIENT}"),
        ("", f"because/after/porque/因为 .. {CLIENT}"),
    ]
)

# Who opens a text with "my designer" tells of that designer; "the boss" may be the client's, and "boss," is a greeting.
_OWN = frozenset("my our mi mis nuestro nuestra nuestros nuestras".split())
_OPENING = _OWN | frozenset("the el la los las".split())
_FILLERS = frozenset(
    "and so but ok okay well hey hi hello um ugh lol y pero pues bueno oye hola che ay uf mira buenas 那 唉 哈".split()
)
# But not where it goes on "… was told", "… says that", "… and I": then somebody else does it.
_BETWEEN = frozenset(
    "now also just still always has have me us ha han nos le les lo la se ya siempre tambien 也 又 还 都".split()
)
_OF_OTHERS = frozenset(
    """
    was were got gets been had named calls says said thinks asks asked tells told wants and or
    fue fueron dice dijo cree piensa opina pregunta pregunto pide pidio conto advirtio quiere puso llama y o e
    被 说 让 叫 问 觉 想 等 和 跟 与
    """.split()
)
# "Mother of the bride": whoever is named without a word before is not the writer's.
_OF_SOMEBODY = frozenset("of for to holiday holidays de del".split())
# Longer ones tell of more than one person.
_FIRST_IN = 40


def unquoted(text: str) -> Tokens:
    """The tokens of what the writer says; nothing of a pasted e-mail, whose "your boss" is not the team's."""
    return Tokens() if _HEADER.search(text) else tokens_of(_QUOTED.sub(" ", text))


def acts_first(tokens: Tokens, span: Span, *, is_own: bool) -> bool:
    """Whether a short text begins with this one, who does something; `is_own`: only if it is called the writer's.

    Chinese calls nobody so.
    """
    _, start, end = span
    then = next((token for token in tokens[end:] if token not in _BETWEEN), "")
    if not then or then in _OF_OTHERS or len(tokens) > _FIRST_IN:
        return False
    is_led = start <= 1 and tokens[0] in (_OWN if is_own else _OPENING)
    is_bare = start == 0 and then not in _OF_SOMEBODY
    return is_led or (is_bare and not (is_own and tokens[0].isascii()))


def without_fillers(tokens: Tokens) -> Tokens:
    """From where a text begins to tell: `and so my landlord …`."""
    return Tokens(dropwhile(_FILLERS.__contains__, tokens))


def is_begun_by_another(text: str) -> bool:
    """Whether a text begins with what somebody else said, or by calling somebody: `colleagues, …`."""
    return bool(_CALLED.match(text))


def before_a_client_acts(tokens: Tokens) -> int:
    """Where a client comes in: whoever is named before that may be the one complained of, nobody after it."""
    if any(_ACTING.spans(tokens)):
        return 0
    return min(_starts(tokens), default=len(tokens))


def _starts(tokens: Tokens) -> Iterator[int]:
    return (start for _, start, _ in _CLIENT.spans(tokens))
