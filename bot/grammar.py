"""The strict grammar of lines: a command's name in any language, then its arguments; and which sentences are none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from bot.arguments import Kinds, bind
from bot.commands import CommandSpec
from bot.i18n.speech import Speech
from bot.knowledge.schema import LANGUAGES, Language
from bot.knowledge.source import KnowledgeSource
from bot.names import fold
from bot.patterns import late_pattern

_NOT_CODE = late_pattern(r"[`\n]")
_UNSEEN = " \t\r\n\xa0\u200b\u2060\ufeff"
# Spanish commands are named by infinitives; people also give orders.
ORDERS = {"marca": "flag", "anota": "note", "deshaz": "undo", "muéstrame": "show", "muestrame": "show"}
# What follows a command's name in a sentence, and is nobody's name: "note that …", "undo the …", "merge conflict …".
NO_NAMES = frozenset(
    "this that it its the to on of for from with by in at as him her them they he she we you us me us my our your his "
    "their a an wanted needed and or but if how what when why who please about against not no more again all "
    "esto eso este esta ese esa el la lo los las le les un una que de del al a en por para con se si no me nos mi su "
    "favor como cuando quien todo otra otro ya bien mas internal interna interno "
    "conflict conflicts request requests branch branches".split()
)
# Nobody's name either where something would be stored: "flag everyone …". Asked to show them, the command says so.
NOBODY = frozenset(
    "myself yourself himself herself themselves everyone everybody everything anything nothing anyone anybody someone "
    "somebody nobody todos todas nadie alguien ti usted".split()
)
# "Undo that", "undo the last flag": said of the last change and of nothing else.
UNDONE_IN = 4
UNDONE = frozenset(
    "it that this the last one flag change please eso esto lo el la ultimo ultima aviso cambio marca".split()
)
# Their arguments are short or none; a longer line that begins so is a sentence.
BRIEF_ONES, SHORT = ("show", "list", "summary", "archetypes", "settings", "export"), 4


class Grammar:
    """Reads lines by the commands that there are and the archetypes that are known."""

    def __init__(self, commands: Mapping[str, CommandSpec], knowledge: KnowledgeSource) -> None:
        self.commands, self.knowledge = commands, knowledge
        self.kinds = Kinds(self.is_archetype, lambda word: knowledge.current().words_of_name(word))

    @cached_property
    def names(self) -> Mapping[str, CommandSpec]:
        """Every name of every command, in all languages."""
        return {name: spec for spec in self.commands.values() for name in spec.names}

    def _named(self, name: str) -> CommandSpec | None:
        """The command with a name in any language; the translations are only read when it is not an English one."""
        return self.commands.get(name) or self.names.get(name) or self.commands.get(ORDERS.get(name, ""))

    def command(self, text: str) -> tuple[str, Mapping[str, str]]:
        """A sub-command's name and arguments from a line such as `flag acme mala-paga`; an empty line is `help`."""
        # Any white space: a Chinese keyboard types the full-width one.
        name, rest = _split(text)
        spec = self._named(name.casefold())
        return (spec.name, bind(spec.params, rest, self.kinds)) if spec else ((name or "help"), {})

    def spoken(self, text: str) -> tuple[str, Mapping[str, str]] | None:
        """The command that a mention's text is, or None when it is a question."""
        first, rest = _split(text)
        if first.casefold() == "/client" or (first.casefold() == "client" and not rest):
            return self.command(rest)
        if first.casefold() == "client":
            return self.spoken(rest)
        spec = self._named(first.casefold())
        if spec is None or not _reads_as_command(spec, rest, self.names):
            return None
        name, args = self.command(text)
        # A "marca" is a brand too: there the kind tells.
        is_order = first.casefold() not in ORDERS or name != "flag" or self.is_archetype(args.get("archetype", ""))
        return (name, args) if is_order else None

    def is_archetype(self, word: str) -> bool:
        """Whether a word names an archetype."""
        return self.knowledge.current().archetype(word) is not None

    def language_of(self, line: str) -> Language | None:
        """The language of a line's first word, where that is a command's name; the English ones are everybody's."""
        first = _split(bare(line))[0].casefold()
        spec = self._named(first)
        if spec is None or first == spec.name:
            return None
        return next((tag for tag in LANGUAGES if Speech(tag)(spec.title).casefold() == first), "es")


def bare(line: str) -> str:
    """A line without the `/client` that it may begin with."""
    first, rest = _split(line)
    return rest if first.casefold() in ("/client", "client") else line


def typed(text: str) -> str:
    """A line without the marks of code around it, as it is copied from help. What is quoted stays so: it is somebody
    else's words.
    """
    line = text.strip(_UNSEEN)
    inner = line[1:-1]
    return inner if line == f"`{inner}`" and inner and not _NOT_CODE.search(inner) else line


def _split(text: str) -> tuple[str, str]:
    first, rest = [*text.split(maxsplit=1), "", ""][:2]
    return first, rest


def _reads_as_command(spec: CommandSpec, rest: str, names: Mapping[str, CommandSpec]) -> bool:
    """The names of commands also begin ordinary sentences, and what is run by mistake may cost something."""
    words = rest.split()
    if spec.name == "undo":
        return len(words) <= UNDONE_IN and all(fold(word).strip(".!") in UNDONE for word in words)
    if spec.name == "help":
        return not words or (len(words) == 1 and words[0].casefold() in names)
    if not words:
        return True
    first = fold(words[0]).strip(",.:;!?")
    if not spec.params or first in NO_NAMES or (spec.writes and first in NOBODY):
        return False
    is_short = len(words) <= SHORT and not rest.rstrip().endswith(("?", "？"))
    return is_short or spec.name not in BRIEF_ONES
