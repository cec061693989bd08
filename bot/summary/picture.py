"""The picture of eight weeks by archetype: what is in it, and the same as text for who can't see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.i18n.messages import NN, N
from bot.reply import Drawing, Picture
from bot.summary.phrases import Phrases

SHOWN = 8
# In the order of the colours.
OURS = (
    "abusivo", "mala-paga", "anti-contrato", "insaciable", "pichirre", "sin-horario", "indeciso", "sabelotodo",
)  # fmt: skip


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
    series = [
        Series(_name(name, phrases), colour, tuple(week.made[name]), say.number(sum(week.made[name])))
        for name, colour in _colours(shown).items()
    ]
    if rest:
        sums = tuple(map(sum, zip(*(week.made[name] for name in rest), strict=True)))
        series.append(Series(say(N("others")), OTHERS, sums, say.number(sum(sums))))
    totals = [sum(values) for values in zip(*week.made.values(), strict=True)]
    bars = tuple(map(phrases.short, week.edges[:-1]))
    note = say(NN("The last eight weeks · {total} flag", "The last eight weeks · {total} flags",
        sum(totals), total=say.number(sum(totals))))  # fmt: skip
    return draw(Chart(say(N("Flags by week")), note, bars, tuple(map(say.number, totals)), tuple(series)))


def _colours(shown: Iterable[str]) -> dict[str, int]:
    """Ours keep their own, so that each means the same in every week; a team's kinds get those that are free."""
    own = {name: OURS.index(name) for name in shown if name in OURS}
    free = (place for place in range(SHOWN) if place not in own.values())
    return {name: own[name] if name in own else next(free) for name in shown}


def _name(archetype_id: str, phrases: Phrases) -> str:
    from bot.summary.chart import can_draw

    drawn = "".join(filter(can_draw, phrases.label(archetype_id)))
    return " ".join(drawn.split()) or archetype_id
