"""Last words that doubt the order before them, or take it back: "or not?", "¿o mejor no?", "好不好", "just kidding"."""

from __future__ import annotations

from bot.patterns import late_pattern
from bot.understanding.order_phrases import flat

_AT_MOST = 60
_DOUBTS = (
    "or (?:not|no|what|maybe not)|yes or no|maybe|perhaps|not sure|(?:what )?do you think|"
    "(?:is that|would that be) (?:right|fair|ok|okay|too much)|(?:(?:lol|haha) )?jk|(?:just )?(?:kidding|joking)|"
    "(?:no )?wait|(?:no )?don't|never ?mind|nvm|scratch that|forget it|"
    "o no|o que|(?:o )?mejor no|si o no|quizas?|tal vez|a lo mejor|no se|que opinas|(?:que )?te parece|"
    "(?:right|correct|ok|okay|vale|verdad|cierto)(?= *\\?)|(?:es |era )?broma|(?:no )?espera|olvidalo|dejalo|"
    "好不好|行不行|可不可以|对不对|是不是|要不要|合不合适|(?:好|行|可以|对|合适)吗|合适|怎么样|如何|你(?:觉得|说)呢|"
    "还是不(?:要|标记)?|(?:还是)?算了吧?|开玩笑的?|逗你的|等等|等一下"
)
_IS_DOUBT = late_pattern(rf"[\s¿(,.\-\u2013\u2014]*(?:{_DOUBTS})[\s.!?…)。]*")
_OTHER = late_pattern(r"[\s¿(,]*(?:or|o|u|还是|或者|或是)(?: |(?<=[\u3400-\u9fff]))\s*(.*?)[\s.!?)。]*")
ASKS = ("?", "？", "吗")


def is_doubt(text: str) -> bool:
    """Whether a text is nothing but second thoughts."""
    return len(text) <= _AT_MOST and bool(_IS_DOUBT.fullmatch(flat(text)))


def other_kind(text: str) -> str:
    """What a text names as another choice: "or stingy?"; empty if it doesn't begin so."""
    found = _OTHER.fullmatch(flat(text)) if len(text) <= _AT_MOST else None
    return found[1] if found else ""
