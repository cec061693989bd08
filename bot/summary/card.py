"""The summary as a message of one screen. Names, kinds and counts; never reasons or notes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands import Turn
from bot.features.ranking import counted
from bot.i18n.messages import NN, N
from bot.reply import Block, Button, Note, Reply, Section
from bot.summary.advising import Advice, advise
from bot.summary.phrases import Phrases
from bot.summary.picture import picture
from bot.summary.week import Week

SHOWN, SHOWN_BY_NEED = 3, 3


def card(week: Week, turn: Turn, *buttons: Button) -> Reply:
    """What happened, who needs attention, one piece of advice; with a button for each client in need."""
    phrases, advice = Phrases(turn, week), advise(week, turn)
    first, last = phrases.local(week.span.since), phrases.local(week.span.until)
    blocks = (*picture(week, turn), *_happened(week, phrases), *_attention(week, turn))
    shows = tuple(Button(entry.client, "show", str(entry.client_id)) for entry in week.ranked[:SHOWN_BY_NEED])
    title = turn.speech(N("The week from {first} to {last}", first=first, last=last))
    sources = (advice.entry,) if advice else ()
    return Reply(title, (*blocks, *_advice(advice, turn)), (*buttons, *shows), sources=sources)


def _advice(advice: Advice | None, turn: Turn) -> Iterator[Block]:
    if advice:
        yield Section(advice.text, title=turn.speech(N("One thing for this week")))
        yield Note(turn.speech.aside(turn.speech(advice.why), advice.entry))


def _happened(week: Week, phrases: Phrases) -> Iterator[Block]:
    yield Section(_totals(week, phrases), items=tuple(_news(week, phrases)))


def _totals(week: Week, phrases: Phrases) -> str:
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


def _news(week: Week, phrases: Phrases) -> Iterator[str]:
    say, some = phrases.say, phrases.some
    if week.fresh:
        yield say.pair(say(N("New")), some(week.fresh, SHOWN, phrases.new))
    if week.worse:
        yield say.pair(say(N("Worse")), some(week.worse, SHOWN, phrases.worse))
    if week.better:
        yield say.pair(say(N("Better")), some(week.better, SHOWN, phrases.better))
    reviews = to_review(week, phrases)
    if reviews:
        yield say.pair(say(N("To review")), some(reviews, SHOWN, str))
    if week.oldest:
        yield say.pair(say(N("Open longest")), some(week.oldest[:2], 2, phrases.oldest))


def to_review(week: Week, phrases: Phrases) -> list[str]:
    """What somebody should look at again: disputed flags, and those that expire soon."""
    disputed = [phrases.disputed(moves) for moves in week.disputed]
    return [*disputed, *(phrases.expiring(line) for line in week.expiring)]


def _attention(week: Week, turn: Turn) -> Iterator[Block]:
    say = turn.speech
    if not week.ranked:
        yield Section(say(N("No client has open flags. Enjoy the quiet.")))
        return
    lines = tuple(say.pair(entry.client, counted(entry, turn)) for entry in week.ranked[:SHOWN_BY_NEED])
    yield Section(title=say(N("In most need of attention")), items=lines, is_ordered=True)
