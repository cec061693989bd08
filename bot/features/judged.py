"""Whether what was paid is all that is owed: a sum, or one of several invoices, is a part unless said to be all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.case import BEFORE, CLOSED, PART_PAID, SEVERAL, Case
from bot.advice.ladder import DEBT
from bot.advice.standing import part_payment, payment
from bot.commands import Turn
from bot.features.heard import Heard
from bot.knowledge.intents import Intent
from bot.understanding.corrections import begins_corrected
from bot.understanding.payments import are_several, is_one_of_several
from bot.understanding.rests import Reckoning, covers, reckoned, whole_beside
from bot.understanding.sums import rest_in
from bot.understanding.values import values_in


def judged(intents: Sequence[Intent], heard: Heard, before: Case, turn: Turn) -> tuple[Intent, ...]:
    """What is asked and told, as news of a part that was paid or of the whole; `before`: as it was known till now."""
    part, whole = part_payment(turn.knowledge), payment(turn.knowledge)
    if part is None or whole is None:
        return tuple(intents)
    paid = [intent for intent in intents if intent.closes or intent.part_payment]
    if not paid:
        # Whoever names a rest after "they paid" takes that back.
        is_rest = intents and CLOSED in dict(before.stated) and rest_in(heard.text)
        return (part, *intents) if is_rest else tuple(intents)
    meant = whole if _is_all(intents, heard, before, turn) else part
    return tuple(meant if intent is paid[0] else intent for intent in intents if intent not in paid[1:])


def told_at_once(heard: Heard, case: Case, before: Case, turn: Turn) -> tuple[Intent, ...]:
    """The payment in the very message that tells of the debt: "they owe us 3,000 and paid 1,000", or half of it."""
    news = [intent for intent in heard.news if intent.part_payment or intent.closes]
    is_named = heard.paid.is_sum or bool(heard.paid.at and all(intent.part_payment for intent in news))
    is_told = is_named and news and case.archetypes[:1] == (DEBT,) and not case.danger
    told = judged(news, heard, before, turn) if is_told else ()
    # What came in before they fell silent is no news to thank for: the letter keeps the tone of the ladder.
    return tuple(one if one.closes else one.model_copy(update={"stand": False}) for one in told)


def left_after(told: Sequence[Intent], heard: Heard, before: Case, turn: Turn) -> Reckoning | None:
    """What a part that was paid leaves of what was known till now; None where nothing of that kind is told."""
    if not any(intent.part_payment for intent in told):
        return None
    stated, is_other = dict(before.stated), begins_corrected(heard.text)
    owed = "" if SEVERAL in stated or are_several(heard.text) else _owed(heard, before, turn)
    return reckoned(heard.paid, owed, is_first=is_other or PART_PAID not in stated)


def _owed(heard: Heard, before: Case, turn: Turn) -> str:
    """The sum that was owed till now; where the last payment is put right, till that one."""
    is_put_right = begins_corrected(heard.text) and dict(before.stated).get(BEFORE)
    return is_put_right or before.values(turn).get("amount", "")


def _is_all(intents: Sequence[Intent], heard: Heard, before: Case, turn: Turn) -> bool:
    """A sum is all if it is called so or is what is owed; without one the words decide, and which invoice they name."""
    paid, known = heard.paid, before.values(turn)
    if paid.is_sum:
        return paid.is_whole or covers(paid.written, whole_beside(paid) or _owed(heard, before, turn))
    named = values_in([heard.text], turn.knowledge.placeholders, turn.now.date()).get("invoice", "")
    if any(intent.part_payment for intent in intents):
        return False
    several = SEVERAL in dict(before.stated)
    return not is_one_of_several(heard.text, named, known.get("invoice", ""), several=several)
