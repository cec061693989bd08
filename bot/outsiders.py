"""Questions where people from outside the team read along, or ask: the answer knows nothing of the team's clients."""

from __future__ import annotations

from bot.commands import Turn
from bot.i18n.messages import N
from bot.reply import Note, Reply

WHY = N("People from outside the team may read this, so I use nothing that the team knows of its clients.")


def without_history(reply: Reply, turn: Turn) -> Reply:
    """Advice with the reason why it tells nothing of the client, for outsiders; any other as it stands.

    Nothing was looked up for it, so it is the same whether the client is known or not.
    """
    if not turn.is_outsiders:
        return reply
    return reply._replace(blocks=(*reply.blocks, Note(turn.speech(WHY))))
