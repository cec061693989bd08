"""What goes under the summary: every list in full, within reason, and the picture's figures as text."""

from __future__ import annotations

from collections.abc import Iterator

from bot.i18n.messages import NN, Message, N
from bot.reply import Block, Reply, Section
from bot.summary.phrases import Listed, Phrases


def details(phrases: Phrases) -> Reply:
    """The lists of a week; without blocks when there is nothing to list."""
    return Reply(phrases.say(N("The week in detail")), tuple(_lists(phrases)))


def _lists(phrases: Phrases) -> Iterator[Block]:
    say = phrases.say
    yield from _list(N("New flags"), phrases.new, phrases)
    yield from _list(N("Got worse"), phrases.worse, phrases)
    yield from _list(N("Got better"), phrases.better, phrases)
    yield from _list(N("To review"), phrases.to_review, phrases)
    if phrases.oldest:
        yield Section(title=say(N("Open longest")), items=phrases.oldest)
    yield from _list(N("By need"), phrases.by_need, phrases, is_ordered=True)
    if phrases.figures:
        yield Section(title=say(N("Flags by week, this one last")), items=phrases.figures)


def _list(title: Message, listed: Listed, phrases: Phrases, *, is_ordered: bool = False) -> Iterator[Block]:
    if listed.first:
        yield Section(title=phrases.say(title), items=listed.first, is_ordered=is_ordered)
    if more := listed.count - len(listed.first):
        yield Section(phrases.say(NN("And {count} more.", "And {count} more.", more)))
