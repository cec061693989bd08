"""The summary: what is new, what needs attention, and one piece of advice. Names and counts, never reasons."""

from __future__ import annotations

from datetime import timedelta

from bot.arguments import Kind, Param
from bot.commands import CommandSpec, Turn
from bot.errors import UserError
from bot.events import Command
from bot.features.ranking import Ranked, counted, ranked_by_need
from bot.i18n.messages import NN, C, N
from bot.records import Status
from bot.reply import Block, Note, Reply, Section

WEEK = timedelta(days=7)
SHOWN = 5


def summary(command: Command, turn: Turn) -> Reply:
    """The summary of the last seven days, now."""
    if command.args.get("when", "now").casefold() != "now":
        raise UserError(
            N("I can't post by myself in this place yet."), N("`/client summary now` shows the summary here.")
        )
    since = turn.now - WEEK
    ranked = ranked_by_need(turn)
    title = turn.speech(N("The week from {first} to {last}", first=since, last=turn.now))
    blocks = (*_changes(turn), *_attention(ranked, turn), *_suggestion(ranked, turn))
    return Reply(title, blocks)


def _changes(turn: Turn) -> tuple[Block, ...]:
    since, say = turn.now - WEEK, turn.speech
    new = turn.store.flags.since(since)
    settled = [f for f in turn.store.flags.closed_since(since) if f.stored_status == Status.RESOLVED]
    lines = [say(NN("{count} new flag", "{count} new flags", len(new))) if new else say(N("No new flags"))]
    lines += [say(NN("{count} flag resolved", "{count} flags resolved", len(settled)))] if settled else []
    return (Section(items=tuple(lines)),)


def _attention(ranked: list[Ranked], turn: Turn) -> tuple[Block, ...]:
    say = turn.speech
    if not ranked:
        return (Section(say(N("No client has open flags. Enjoy the quiet."))),)
    lines = tuple(say.pair(entry.client, counted(entry, turn)) for entry in ranked[:SHOWN])
    return (Section(title=say(N("In most need of attention")), items=lines, is_ordered=True),)


def _suggestion(ranked: list[Ranked], turn: Turn) -> tuple[Block, ...]:
    if not ranked:
        return ()
    first = ranked[0]
    lead = next((name for name in first.counts if name in turn.knowledge.archetypes), None)
    if lead is None:
        return ()
    playbook = turn.knowledge.playbook(lead, turn.language)
    why = N("Chosen because {client} stands first: {kind}.", client=first.client, kind=playbook.name)
    say = turn.speech
    return (
        Section(playbook.do_now[0], title=say(N("One thing for this week"))),
        Note(say.aside(say(why), f"{lead}.do_now.1")),
    )


_WHEN = Param("when", Kind.WORD, N("now, weekly, off or status"), False, ("now", "weekly", "off", "status"))
_DAY = Param("day", Kind.WORD, N("the day of the week"), is_required=False)
_TIME = Param("time", Kind.WORD, N("the local time, as 09:00"), is_required=False)
_ZONE = Param("zone", Kind.WORD, N("the time zone, as Europe/Madrid"), is_required=False)

COMMANDS = (
    CommandSpec(
        "summary", C("command", "summary"), N("See the week: what is new and who needs attention."),
        N("summary now"), summary, (_WHEN, _DAY, _TIME, _ZONE),
    ),
)  # fmt: skip
