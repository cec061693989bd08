"""A message that is only a name that no client bears: said so, rather than answered with what the name sounds like."""

from __future__ import annotations

from bot.commands import Turn
from bot.features.common import no_such_client
from bot.features.heard import Heard
from bot.likeness import Likeness, likeness
from bot.names import fold
from bot.patterns import late_pattern
from bot.understanding.model import model

_WORDS, _LETTERS = 3, 60
_COMPANY = late_pattern(r"[\u3400-\u9fffA-Za-z0-9]{2,}?(?:公司|集团|科技|工作室|传媒|网络|商贸|实业|酒店|餐厅|银行)")
# What our examples call clients: the models know these words, and to a team they are as unknown as any.
_OURS = frozenset("acme globex initech peral orchid lumen 星河 宏达 蓝海".split())
_EDGES = " \t\n?!.¿¡…？！。"


def refuse_stranger(heard: Heard, turn: Turn) -> None:
    """Raise what is said of an unknown client, where a message names one and says nothing else."""
    name = heard.text.strip(_EDGES)
    says_more = heard.clients or heard.asked.ids or heard.states or heard.reading.signs or heard.reading.is_foreign
    if says_more or not turn.may_see_clients or turn.talked_of().archetypes or turn.knowledge.archetype(name):
        return
    if _is_name(name, heard):
        raise no_such_client(turn, name)


def _is_name(name: str, heard: Heard) -> bool:
    words = name.split()
    if fold(name) in _OURS:
        return True
    if not 1 <= len(words) <= _WORDS or len(name) > _LETTERS or heard.reading.language == "zh":
        return bool(len(name) <= _LETTERS and _COMPANY.fullmatch(name))
    if not all(word.isalpha() for word in words) or likeness(name) is not Likeness.YES:
        return False
    if len(words) == 1:
        return name[0].isupper() and not (model("en").knows(name) or model("es").knows(name))
    return all(word[0].isupper() for word in words) and not heard.reading.is_confident
