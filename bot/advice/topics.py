"""Which subjects of the law a question names: what a late payer owes on top, terms, contracts, rights in the work."""

from __future__ import annotations

from bot.knowledge.schema import Topic
from bot.names import fold
from bot.patterns import late_pattern

# Matched against folded text: lower case, no accents. Interest *in* something is another matter.
_WORDS: dict[Topic, tuple[str, str, str]] = {
    "interest": (
        r"\binterest\b(?! in\b)|\blate[ -](?:payment )?(?:fee|charge)s?\b|\bpenalt(?:y|ies)|\bdamages|recovery costs",
        r"\binteres(?:es)?\b(?! (?:en|por)\b)|\brecargos?\b|\bpenalizacion|\bindemnizacion|\bgastos de cobro\b",
        "利息|违约金|違約金|滞纳金|滯納金|罚息|罰息|赔偿|賠償",
    ),
    "deadline": (
        r"\bdeadline|\bhow (?:long|many days)\b|\btime limit|\bpayment (?:term|period)s?\b|\bby when\b",
        r"\bplazos?\b|\bcuantos dias\b|\bcuanto tiempo\b|\bfecha (?:limite|tope)\b",
        "期限|账期|賬期|帐期|几天|多少天|多久|多长时间",
    ),
    "contract": (r"\bcontracts?\b|\bagreements?\b", r"\bcontratos?\b", "合同|合约|合約|协议|協議"),
    "rights": (
        r"\bcopyright|\bfiles?\b|\bownership\b|\bintellectual property\b",
        r"\bderechos? de autor\b|\barchivos?\b|\bpropiedad intelectual\b",
        "著作权|著作權|版权|版權|知识产权|源文件|文件",
    ),
}
_PATTERNS = {topic: late_pattern("|".join(words)) for topic, words in _WORDS.items()}


def topics_in(question: str) -> list[Topic]:
    """The subjects that a question names, in the order in which it names them."""
    folded = fold(question)
    found = {topic: match.start() for topic, words in _PATTERNS.items() if (match := words.search(folded))}
    return sorted(found, key=lambda topic: found[topic])
