"""`chao knowledge`: validate knowledge files, read a playbook, print the schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import BaseModel

from adapters.failure import CommandFailedError
from adapters.wiring import problem_line
from bot.advice.playbook import playbook_card
from bot.i18n.speech import Speech
from bot.knowledge.checks import BUILT_IN, gaps
from bot.knowledge.intents import Intents
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from bot.knowledge.orders import Orders
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.schema import LANGUAGES, Archetype, Examples, LawFact, Placeholders, Playbook, Principles, Signs
from bot.reply import plain_text

KINDS: dict[str, type[BaseModel]] = {
    "archetype": Archetype,
    "playbook": Playbook,
    "principles": Principles,
    "law": LawFact,
    "placeholders": Placeholders,
    "examples": Examples,
    "signs": Signs,
    "intents": Intents,
    "orders": Orders,
}


def check(team: Path | None, speech: Speech) -> int:
    """Validate, count and look for gaps; 1 when anything is wrong."""
    try:
        knowledge = load(team)
    except KnowledgeError as error:
        sys.stderr.write("".join(f"{problem_line(problem, speech)}\n" for problem in error.problems))
        return 1
    complete = sum(language in knowledge.archetypes[name].texts for name in BUILT_IN for language in LANGUAGES)
    own = [name for name in knowledge.archetypes if name not in BUILT_IN]
    missing = gaps(knowledge)
    rules = knowledge.principles
    lines = [
        f"playbooks     {len(BUILT_IN)} x {len(LANGUAGES)}: {complete} of {len(BUILT_IN) * len(LANGUAGES)}",
        f"team's own    {len(own)}{': ' + ', '.join(own) if own else ''}",
        f"principles    {len(rules.principles)}",
        f"combinations  {len(rules.combinations)}",
        f"exit steps    {len(rules.exit_checklist)}",
        f"law           {len(knowledge.law)} places",
        f"signs         {len(knowledge.signs)}",
        f"intents       {len(knowledge.intents)}",
        f"orders        {len(knowledge.orders.orders)}",
        f"examples      {sum(len(texts) for batch in knowledge.examples for texts in batch.examples.values())}",
        f"gaps          {len(missing)}",
    ]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stderr.write("".join(f"gap: {gap}: write it\n" for gap in missing))
    return 1 if missing else 0


def show(archetype_id: str | None, knowledge: Knowledge, speech: Speech) -> int:
    """Print one playbook whole, or the list of archetypes."""
    if archetype_id is None:
        for name in knowledge.archetypes:
            sys.stdout.write(f"{name}: {knowledge.playbook(name, speech.language).summary}\n")
        return 0
    archetype = knowledge.archetype(archetype_id)
    if archetype is None:
        msg = f"no archetype is called {archetype_id!r}; there are {', '.join(knowledge.archetypes)}"
        raise CommandFailedError(msg)
    sys.stdout.write(plain_text(playbook_card(archetype, knowledge, speech)) + "\n")
    return 0


def schema(kind: str | None) -> int:
    """Print the JSON Schema of one kind of file, or of all by kind."""
    if kind is not None and kind not in KINDS:
        msg = f"no kind of file is called {kind!r}; there are {', '.join(KINDS)}"
        raise CommandFailedError(msg)
    schemas = {name: model.model_json_schema() for name, model in KINDS.items()}
    sys.stdout.write(json.dumps(schemas[kind] if kind else schemas, indent=2, ensure_ascii=False) + "\n")
    return 0
