"""What a button makes public is public once: whoever presses it again is asked whether it is to stand there twice."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b

from bot.commands import ActionSpec, Turn
from bot.events import Action
from bot.i18n.messages import N
from bot.reply import Button, Delivery, Reply, Section, plain_text

# Before the value of a button that shares what was shared before. Somebody who comes back after that starts anew.
_AGAIN, _SHARED_FOR = "!", timedelta(days=1)


def without_again(action: Action) -> Action:
    """A press as the button's handler knows it."""
    return action._replace(value=action.value.removeprefix(_AGAIN))


def once(spec: ActionSpec, pressed: Action, reply: Reply, turn: Turn) -> Reply:
    """A reply; instead of one that stands here already a question for who pressed. Another text is another card."""
    if spec.delivery is not Delivery.PUBLIC or reply.is_error:
        return reply
    is_first = turn.store.is_new_for(mark(pressed, reply), _SHARED_FOR)
    return reply if is_first or pressed.value.startswith(_AGAIN) else _asked_back(pressed, turn)


def mark(pressed: Action, reply: Reply) -> str:
    """Under what is kept that this was shared there. A letter is signed by who shares it, and the same for all that."""
    place, text = pressed.place, plain_text(reply)
    text = text.replace(pressed.user.name, "") if pressed.user.name else text
    digest = blake2b(text.encode(), digest_size=8).hexdigest()
    return f"shared {place.channel} {place.thread} {digest}"


def _asked_back(pressed: Action, turn: Turn) -> Reply:
    say = turn.speech
    text = N("That was shared here already, so I did not post it twice. Look further up.")
    again = Button(say(N("Share it again")), pressed.name, f"{_AGAIN}{pressed.value}")
    return Reply(blocks=(Section(say(text)),), buttons=(again,), is_error=True)
