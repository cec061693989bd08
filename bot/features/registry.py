"""Every command and button, in the order in which help shows them."""

from __future__ import annotations

from bot.commands import ActionSpec, CommandSpec, Registry
from bot.features import (
    advice,
    clients,
    confirm,
    flags,
    forms,
    home,
    numbers,
    privacy,
    questions,
    reference,
    settings,
    summaries,
)
from bot.router import Router, Services

_FEATURES = (flags, clients, advice, questions, reference, summaries, settings, privacy)
_ORDER = (
    "flag resolve undo note show list advice ask archetypes rename merge summary settings export forget help"
).split()


def commands() -> dict[str, CommandSpec]:
    """All commands by name."""
    specs = {spec.name: spec for feature in _FEATURES for spec in feature.COMMANDS}
    return {name: specs[name] for name in _ORDER}


def actions() -> dict[str, ActionSpec]:
    """All buttons by name."""
    features = (flags, clients, advice, questions, reference, summaries, privacy, forms, home, numbers, confirm)
    specs = [spec for feature in features for spec in feature.ACTIONS]
    return {spec.name: spec for spec in specs}


def router(services: Services) -> Router:
    """A router with every feature."""
    return Router(services, Registry(commands(), actions(), questions.answer_question))
