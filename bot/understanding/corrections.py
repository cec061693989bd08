"""What says that something said before was wrong: "no, sorry, it was", "me equivoqué", "搞错了"."""

from __future__ import annotations

from bot.names import fold
from bot.patterns import late_pattern

# What is left of a text is in tokens, which are single characters in Chinese.
_BETWEEN_HAN = late_pattern(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_CORRECTS = late_pattern(
    r"\b(?:my (?:mistake|bad)|i (?:was wrong|meant|mean|made a mistake|mixed \w+ up|"
    r"got (?:it|that) wrong)|wrong client|"
    r"oops|correction|sorry|no|wait|actually|it was|that was|not|the one (?:who|that)|who|"
    r"me equivoque|me confundi|perdon|error mio|digo|corrijo|mejor dicho|fue|fueron|era|eran|"
    r"(?:la|el|los|las) que|quien)\b|"
    r"不对|不是|[搞弄记說说写看]错了?|错了|更正|抱歉|才是|刚才|是|我"
)
_BEGINS = late_pattern(
    r"(?:(?:my (?:mistake|bad)|oops|correction|sorry|no|wait|actually|i meant|me equivoque|perdon|"
    r"error mio|digo|corrijo|mejor dicho)\b|不对|[搞弄记說说写看]错了?|错了|更正|抱歉)"
)


def beside_correction(text: str) -> str:
    """What a text says besides that something said before was wrong."""
    joined = _BETWEEN_HAN.sub("", fold(text))
    return " ".join(_CORRECTS.sub(" ", joined).split())


def corrects(text: str) -> bool:
    """Whether a text says that something said before was wrong."""
    return bool(_CORRECTS.search(fold(text)))


def begins_corrected(text: str) -> bool:
    """Whether a text begins by saying so, so that what follows stands in the place of what was said."""
    return bool(_BEGINS.match(fold(text)))
