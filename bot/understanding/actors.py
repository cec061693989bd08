"""Who acts in a text: whether what looks like trouble with a colleague or a boss is a client's doing after all."""

from __future__ import annotations

from collections.abc import Iterator

from bot.patterns import late_pattern
from bot.understanding.people import CLIENT
from bot.understanding.phrases import Phrases
from bot.understanding.tokens import Tokens, tokens_of

_QUOTED = late_pattern(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|「[^」]*」?|『[^』]*』?")
_HEADER = late_pattern(r"(?im)^\W*(from|sent|de|enviado|发件人|寄件者|寄件人)\s*[:：].*\S|^\s*>")
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


def unquoted(text: str) -> Tokens:
    """The tokens of what the writer says; nothing of a pasted e-mail, whose "your boss" is not the team's."""
    return Tokens() if _HEADER.search(text) else tokens_of(_QUOTED.sub(" ", text))


def before_a_client_acts(tokens: Tokens) -> int:
    """Where a client comes in: whoever is named before that may be the one complained of, nobody after it."""
    if any(_ACTING.spans(tokens)):
        return 0
    return min(_starts(tokens), default=len(tokens))


def _starts(tokens: Tokens) -> Iterator[int]:
    return (start for _, start, _ in _CLIENT.spans(tokens))
