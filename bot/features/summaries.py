"""The summary of the week: shown now, planned for every week, switched off, or how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from bot.arguments import Kind, Param
from bot.commands import ActionSpec, CommandSpec, Turn
from bot.delivery.when import Weekly
from bot.errors import Misuse, UserError
from bot.events import Action, Command
from bot.i18n.messages import C, Message, N
from bot.records import Plan
from bot.reply import Button, Delivery, Note, Reply, Section
from bot.storage.schedules import SKIPPED
from bot.summary.card import card
from bot.summary.channel import UTC_ZONE, ZONE, Settings
from bot.summary.details import details
from bot.summary.phrases import Phrases
from bot.summary.timing import DAY_NAMES, time_in, weekday_named
from bot.summary.wording import FAULTS, LANGUAGE_NAMES, ending, rhythm
from bot.summary.zones import zone_named
from bot.validation import chosen

NOW, WEEKLY, OFF, STATUS = CHOICES = ("now", "weekly", "off", "status")
# Only for the catalogue: what may be chosen is said as `C("choice", …)` of these words.
CHOICE_WORDS = (C("choice", "now"), C("choice", "weekly"), C("choice", "off"), C("choice", "status"))


def summary(command: Command, turn: Turn) -> Reply:
    """What the first word says; the week itself without one."""
    match command.args.get("when", NOW).casefold():
        case "weekly":
            return _weekly(command, turn)
        case "off":
            return _off(turn)
        case "status":
            return _status(turn)
        case _:
            return _now(turn)


def _now(turn: Turn) -> Reply:
    here = Settings.of(turn, turn.event.place.channel)
    say = turn.speech
    buttons = (Button(say(N("Details")), "summary-details"), Button(say(N("Share")), "share-summary"))
    return card(Phrases(turn, here.week(turn, turn.now)), *(() if turn.is_public else buttons))


def share(_action: Action, turn: Turn) -> Reply:
    """The same for all to see, in the language of the place."""
    here = Settings.of(turn, turn.event.place.channel)
    turn = turn.speaking(here.language(turn.language))
    return card(Phrases(turn, here.week(turn, turn.now)))


def show_details(_action: Action, turn: Turn) -> Reply:
    """Every list in full."""
    here = Settings.of(turn, turn.event.place.channel)
    below = details(Phrases(turn, here.week(turn, turn.now)))
    return below if below.blocks else Reply(blocks=(Section(turn.speech(N("There is nothing more to tell."))),))


def _weekly(command: Command, turn: Turn) -> Reply:
    day, time = command.args.get("day"), command.args.get("time")
    if turn.event.place.is_forum:
        hint = N("Plan it in a text channel; `/client summary now` works here too.")
        raise UserError(N("A forum takes no messages besides its posts, so no weekly summary can come here."), hint)
    if not turn.event.place.is_joined:
        hint = N("Invite me first with `/invite @chao`, then send the command again.")
        raise UserError(N("I am not in this channel, so no weekly summary can come here."), hint)
    for param, given in ((_DAY, day), (_TIME, time)):
        if given is None:
            raise Misuse(N("I need {argument}.", argument=param.help), field=param.name)
    here = Settings.of(turn, turn.event.place.channel)
    weekday = weekday_named(day or "")
    minute, rest = time_in(f"{time} {command.args.get('zone', '')}".strip())
    weekly = Weekly(weekday, minute, zone_named(rest, turn.speech) if rest else here.zone)
    return _planned(weekly, here, turn)


def _planned(weekly: Weekly, here: Settings, turn: Turn) -> Reply:
    place, store = turn.event.place, turn.store
    first = store.schedules.first(place.channel, weekly)
    plan = Plan(weekly.weekday, weekly.minute, weekly.zone, turn.language, turn.event.user.id, turn.now, first)
    store.schedules.put(place.channel, place.workspace.partition(":")[0], plan)
    store.history.record("summary")
    say = turn.speech
    lines = [say(N("I post the summary of the week in this channel {rhythm}.", rhythm=rhythm(plan)))]
    lines.append(say(N("The first one comes on {day}.", day=_local_day(plan, turn))))
    return Reply(blocks=(Section("\n".join(lines)), Note("\n".join(map(say, _hints(weekly, here))))))


def _hints(weekly: Weekly, here: Settings) -> Iterator[Message]:
    if weekly.zone == UTC_ZONE and not here.plan and ZONE not in here.team:
        yield N("That is UTC, as you named no zone. Name yours: `/client summary weekly monday 09:00 Europe/Madrid`.")
    yield N("`/client summary off` stops it, `/client summary status` tells how it goes.")


def _off(turn: Turn) -> Reply:
    here = Settings.of(turn, turn.event.place.channel)
    if here.plan is None or here.plan.next_at is None:
        return Reply(blocks=(Section(turn.speech(N("No weekly summary is planned for this channel."))),))
    turn.store.schedules.switch_off(here.channel)
    turn.store.history.record("summary")
    return Reply(blocks=(Section(turn.speech(N("I no longer post the weekly summary in this channel."))),))


def _status(turn: Turn) -> Reply:
    here = Settings.of(turn, turn.event.place.channel)
    say, plan = turn.speech, here.plan
    last = turn.store.schedules.last(here.channel)
    lines = list(_standing(plan, turn))
    is_planned = plan is not None and plan.next_at is not None
    # Who switches off what is waiting knows why it was not posted.
    lines += [say(ending(last, here.zone))] if last and (is_planned or last.state != SKIPPED) else []
    if is_planned:
        whose = N("Clients: those flagged from this channel.") if here.is_local else N("Clients: all of the team's.")
        quiet = N("A week without news is left out.") if here.is_quiet else N("A week without news is posted too.")
        tongue = N("Language: {language}.", language=LANGUAGE_NAMES[here.language(turn.language)])
        lines += [say(tongue), say(whose), say(quiet)]
    hint = N("`/client summary weekly monday 09:00 Europe/Madrid` plans it; `/client settings` has the rest.")
    return Reply(blocks=(Section("\n".join(lines)), Note(say(hint))))


def _standing(plan: Plan | None, turn: Turn) -> Iterator[str]:
    say = turn.speech
    if plan and plan.next_at:
        yield say(N("I post the summary of the week in this channel {rhythm}.", rhythm=rhythm(plan)))
        yield say(N("The next one comes on {day}.", day=_local_day(plan, turn)))
    else:
        yield say(N("No weekly summary is planned for this channel."))
    if plan and plan.fault:
        yield say(FAULTS[plan.fault])


def _local_day(plan: Plan, turn: Turn) -> str:
    return turn.speech.weekday(plan.next_at.astimezone(ZoneInfo(plan.zone))) if plan.next_at else ""


def writes(args: Mapping[str, str]) -> bool:
    """Whether these arguments plan or switch off; in any language."""
    return chosen(_WHEN, args.get("when", NOW)).casefold() not in (NOW, STATUS)


_WHEN = Param("when", Kind.WORD, N("now, weekly, off or status"), False, CHOICES)
_DAY = Param("day", Kind.WORD, N("the day of the week"), is_required=False, offered=DAY_NAMES)
_TIME = Param("time", Kind.WORD, N("the local time, as 09:00"), is_required=False)
_ZONE = Param("zone", Kind.WORD, N("the time zone, as Europe/Madrid"), is_required=False)

COMMANDS = (
    CommandSpec(
        "summary", C("command", "summary"), N("See the week and who needs attention, now or every week."),
        N("summary weekly monday 09:00 Europe/Madrid"), summary, (_WHEN, _DAY, _TIME, _ZONE), writes=writes,
    ),
)  # fmt: skip
ACTIONS = (
    ActionSpec("summary-details", show_details),
    ActionSpec("share-summary", share, Delivery.PUBLIC, writes=True),
)
