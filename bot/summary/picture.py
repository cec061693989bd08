"""The picture of eight weeks by archetype: what is in it, and the same as text for who can't see it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.i18n.messages import NN, N
from bot.reply import Drawing, Picture
from bot.summary.phrases import Phrases

SHOWN = 8


def picture(phrases: Phrases) -> Iterator[Picture]:
    """One picture, or none when there were no flags in all eight weeks."""
    if phrases.figures:
        head = phrases.say(N("Flags by week, this one last"))
        yield Drawing(lambda: _draw(phrases), "\n".join([head, *phrases.figures]))


def _draw(phrases: Phrases) -> bytes:
    # Imported late: most replies need no picture, and a terminal none at all.
    from bot.summary.chart import OTHERS, Chart, Series, draw

    week, say, names = phrases.week, phrases.say, phrases.week.kinds
    shown, rest = (names, []) if len(names) <= SHOWN else (names[: SHOWN - 1], names[SHOWN - 1 :])
    places = phrases.turn.knowledge.places
    series = [
        Series(_name(name, phrases), min(places.get(name, OTHERS), OTHERS), tuple(week.made[name]),
            say.number(sum(week.made[name])))
        for name in shown
    ]  # fmt: skip
    if rest:
        sums = tuple(map(sum, zip(*(week.made[name] for name in rest), strict=True)))
        series.append(Series(say(N("others")), OTHERS, sums, say.number(sum(sums))))
    totals = [sum(values) for values in zip(*week.made.values(), strict=True)]
    bars = tuple(map(phrases.short, week.edges[:-1]))
    note = say(NN("The last eight weeks · {total} flag", "The last eight weeks · {total} flags",
        sum(totals), total=say.number(sum(totals))))  # fmt: skip
    return draw(Chart(say(N("Flags by week")), note, bars, tuple(map(say.number, totals)), tuple(series)))


def _name(archetype_id: str, phrases: Phrases) -> str:
    from bot.summary.chart import can_draw

    name = phrases.label(archetype_id)
    return name if can_draw(name) else archetype_id
