"""Whether what was paid is all that is owed: a sum, or one of several invoices, is a part unless said to be all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.case import CLOSED, SEVERAL, Case
from bot.advice.standing import part_payment, payment
from bot.commands import Turn
from bot.features.heard import Heard
from bot.knowledge.intents import Intent
from bot.understanding.payments import is_one_of_several
from bot.understanding.sums import number_of, rest_in
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


def _is_all(intents: Sequence[Intent], heard: Heard, before: Case, turn: Turn) -> bool:
    """A sum is all if it is called so or is what is owed; without one the words decide, and which invoice they name."""
    paid, known = heard.paid, before.values(turn)
    if paid.is_sum:
        owed = number_of(known.get("amount", ""))
        return paid.is_whole or bool(paid.sum and owed and paid.sum >= owed)
    named = values_in([heard.text], turn.knowledge.placeholders, turn.now.date()).get("invoice", "")
    if any(intent.part_payment for intent in intents):
        return False
    several = SEVERAL in dict(before.stated)
    return not is_one_of_several(heard.text, named, known.get("invoice", ""), several=several)
