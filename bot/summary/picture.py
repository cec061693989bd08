"""The picture of eight weeks by archetype: what is in it, and the same as text for who can't see it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands import Turn
from bot.features.common import label
from bot.i18n.messages import NN, N
from bot.reply import Drawing, Picture
from bot.summary.phrases import Phrases
from bot.summary.week import Week

SHOWN = 8


def picture(week: Week, turn: Turn) -> Iterator[Picture]:
    """One picture, or none when there were no flags in all eight weeks."""
    rows = figures(week, turn)
    if rows:
        head = turn.speech(N("Flags by week, this one last"))
        yield Drawing(lambda: _draw(week, turn), "\n".join([head, *rows]))


def figures(week: Week, turn: Turn) -> list[str]:
    """Each kind with its eight numbers, most flags first."""
    return [turn.speech.pair(label(turn, name), " ".join(map(str, week.made[name]))) for name in _by_count(week)]


def _by_count(week: Week) -> list[str]:
    return sorted(week.made, key=lambda name: (-sum(week.made[name]), name))


def _draw(week: Week, turn: Turn) -> bytes:
    # Imported late: most replies need no picture, and a terminal none at all.
    from bot.summary.chart import OTHERS, Chart, Series, draw

    say, names = turn.speech, _by_count(week)
    shown, rest = (names, []) if len(names) <= SHOWN else (names[: SHOWN - 1], names[SHOWN - 1 :])
    places = {name: place for place, name in enumerate(turn.knowledge.archetypes)}
    series = [
        Series(_name(name, turn), min(places.get(name, OTHERS), OTHERS), tuple(week.made[name]),
            say.number(sum(week.made[name])))
        for name in shown
    ]  # fmt: skip
    if rest:
        sums = tuple(map(sum, zip(*(week.made[name] for name in rest), strict=True)))
        series.append(Series(say(N("others")), OTHERS, sums, say.number(sum(sums))))
    totals = [sum(values) for values in zip(*week.made.values(), strict=True)]
    bars = tuple(map(Phrases(turn, week).short, week.edges[:-1]))
    note = say(NN("The last eight weeks · {total} flag", "The last eight weeks · {total} flags",
        sum(totals), total=say.number(sum(totals))))  # fmt: skip
    return draw(Chart(say(N("Flags by week")), note, bars, tuple(map(say.number, totals)), tuple(series)))


def _name(archetype_id: str, turn: Turn) -> str:
    from bot.summary.chart import can_draw

    name = label(turn, archetype_id)
    return name if can_draw(name) else archetype_id
