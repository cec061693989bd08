"""The summary as a message of one screen. Names, kinds and counts; never reasons or notes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.i18n.messages import NN, N
from bot.i18n.speech import Speech
from bot.reply import Block, Button, Note, Reply, Section
from bot.summary.advising import Advice, advise
from bot.summary.phrases import Listed, Phrases
from bot.summary.picture import picture

SHOWN, SHOWN_BY_NEED, SHOWN_OLDEST = 3, 3, 2


def card(phrases: Phrases, *buttons: Button) -> Reply:
    """What happened, who needs attention, one piece of advice; with a button for each client in need."""
    week, say, advice = phrases.week, phrases.say, advise(phrases.week, phrases.turn)
    first, last = phrases.local(week.span.since), phrases.local(week.span.until)
    happened = Section(_totals(phrases), items=tuple(_news(phrases)))
    blocks = (*picture(phrases), happened, _attention(phrases), *_advice(advice, say))
    shows = tuple(Button(entry.client, "show", str(entry.client_id)) for entry in week.ranked[:SHOWN_BY_NEED])
    title = say(N("The week from {first} to {last}", first=first, last=last))
    return Reply(title, blocks, (*buttons, *shows), sources=(advice.entry,) if advice else ())


def _advice(advice: Advice | None, say: Speech) -> Iterator[Block]:
    if advice:
        yield Section(advice.text, title=say(N("One thing for this week")))
        yield Note(say.aside(say(advice.why), advice.entry))


def _totals(phrases: Phrases) -> str:
    week = phrases.week
    new = sum(sum(moves.new.values()) for moves in week.moves)
    resolved, expired = (sum(getattr(moves, name) for moves in week.moves) for name in ("resolved", "expired"))
    still = sum(entry.total for entry in week.ranked)
    messages = [NN("{count} new flag", "{count} new flags", new) if new else N("No new flags")]
    messages += [NN("{count} flag resolved", "{count} flags resolved", resolved)] if resolved else []
    messages += [NN("{count} expired", "{count} expired", expired)] if expired else []
    if still:
        messages.append(NN("{count} open flag", "{count} open flags", still))
        messages.append(NN("{count} client", "{count} clients", len(week.ranked)))
    return " · ".join(map(phrases.say, messages))


def _news(phrases: Phrases) -> Iterator[str]:
    say = phrases.say
    lists = (
        (N("New"), phrases.fresh),
        (N("Worse"), phrases.worse),
        (N("Better"), phrases.better),
        (N("To review"), phrases.to_review),
        (N("Open longest"), Listed(phrases.oldest[:SHOWN_OLDEST], SHOWN_OLDEST)),
    )
    return (say.pair(say(title), _some(listed, say)) for title, listed in lists if listed.first)


def _some(listed: Listed, say: Speech) -> str:
    """The first few in one line, and how many more there are."""
    shown, more = listed.first[:SHOWN], listed.count - SHOWN
    return " · ".join([*shown, say(NN("{count} more", "{count} more", more))] if more > 0 else shown)


def _attention(phrases: Phrases) -> Block:
    say, lines = phrases.say, phrases.by_need.first[:SHOWN_BY_NEED]
    if not lines:
        return Section(say(N("No client has open flags. Enjoy the quiet.")))
    return Section(title=say(N("In most need of attention")), items=lines, is_ordered=True)
