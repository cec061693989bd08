"""From folders of YAML to one immutable `Knowledge`, or to the list of every mistake in them."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.i18n.messages import Message, N
from bot.knowledge.checks import cross_check
from bot.knowledge.examples import LateExamples
from bot.knowledge.folders import files
from bot.knowledge.intents import Intents
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.orders import Orders
from bot.knowledge.origin import Origins, problem
from bot.knowledge.overlay import lay_over
from bot.knowledge.problems import KnowledgeError, Path_, Problem, from_pydantic
from bot.knowledge.schema import LANGUAGES, Archetype, LawFact, Placeholders, Principles, Signs
from bot.knowledge.sources import Document, File, content_of, document

OURS = Path(__file__).parents[2] / "knowledge"
FOLDERS = ("archetypes", "law", "examples")
ALONE = ("principles", "placeholders", "signs", "intents", "orders")
Model = TypeVar("Model", bound=BaseModel)


def load(team: Path | None = None, ours: Path = OURS, *, examples: bool = True) -> Knowledge:
    """Our files with a team's laid over them; raises `KnowledgeError`. Without `examples` those wait until used."""
    if team and not team.is_dir():
        wrong, right = N("this folder does not exist"), N("set CHAO_KNOWLEDGE to a folder with `archetypes/` in it")
        raise KnowledgeError([Problem(team, 1, "", wrong, right)])
    return _Loading([ours, *([team] if team else [])]).knowledge(validates_examples=examples)


class _Loading:
    def __init__(self, folders: list[Path]) -> None:
        self._ours = folders[0]
        self._problems: list[Problem] = []
        self._records: dict[str, list[Document]] = {}
        self._unread: set[str] = set()
        self._examples: list[tuple[File, bytes]] = []
        self._digest = hashlib.blake2b(digest_size=16)
        for layer, folder in enumerate(folders):
            for path in sorted(files([folder]), key=lambda path: _order(path, folder)):
                self._take(path, folder, layer)

    def knowledge(self, *, validates_examples: bool) -> Knowledge:
        archetypes = self._all("archetypes", Archetype)
        law = self._all("law", LawFact)
        principles = self._one("principles", Principles)
        placeholders, signs = self._one("placeholders", Placeholders), self._one("signs", Signs)
        intents, orders = self._one("intents", Intents), self._one("orders", Orders)
        labels = [name.removeprefix("archetypes/") for name in self._records if name.startswith("archetypes/")]
        examples = LateExamples(self._examples, labels)
        if validates_examples:
            self._problems += examples.problems
        if self._problems or not (principles and placeholders and signs and intents and orders):
            raise KnowledgeError(self._problems)
        knowledge = replace(
            Knowledge.of(archetypes, principles, law, placeholders, ()),
            signs={sign.id: sign for sign in signs.signs},
            intents={intent.id: intent for intent in intents.intents},
            orders=orders,
        )
        if problems := cross_check(knowledge, Origins(self._records)):
            raise KnowledgeError(problems)
        return replace(knowledge, examples=examples, files=self._digest.hexdigest())

    def _take(self, path: Path, folder: Path, layer: int) -> None:
        name = path.relative_to(folder).as_posix()
        record, prefix = _role(name)
        if not record:
            self._problems.append(Problem(path, 1, "", *_unread(name)))
            return
        try:
            content = content_of(path)
            self._digest.update(f"{layer}:{name}:{len(content)}:".encode() + content)
            self._keep(record, File(path, prefix, layer), content)
        except KnowledgeError as error:
            self._unread.add(record)
            self._problems.extend(error.problems)

    def _keep(self, record: str, file: File, content: bytes) -> None:
        if record.startswith("examples/"):
            self._examples.append((file, content))
        else:
            self._records.setdefault(record, []).append(document(file, content))

    def _all(self, folder: str, model: type[Model]) -> list[Model]:
        names = [name for name in self._records if name.startswith(f"{folder}/")]
        return [record for name in names if (record := self._named(name, model)) is not None]

    def _named(self, name: str, model: type[Model]) -> Model | None:
        record, expected = self._valid(name, model), name.split("/")[1]
        if record is not None and getattr(record, "id", "") != expected:
            said = N("the id is not the name of the file"), N("write `{id}`", id=expected)
            self._problems.append(problem(self._records[name], ("id",), said))
            return None
        return record

    def _one(self, name: str, model: type[Model]) -> Model | None:
        if name not in self._records and name not in self._unread:
            right = N("restore it from the version of Chao that is installed")
            self._problems.append(Problem(self._ours / f"{name}.yaml", 1, "", N("this file is missing"), right))
        return self._valid(name, model) if name in self._records else None

    def _valid(self, name: str, model: type[Model]) -> Model | None:
        documents = self._records[name]
        merged: Any = reduce(lay_over, (source.record for source in documents), {})
        try:
            return model.model_validate(merged)
        except ValidationError as error:
            self._problems += self._complaints(name, documents, model, error)
            return None

    def _complaints(
        self, name: str, documents: Sequence[Document], model: type[BaseModel], error: ValidationError
    ) -> list[Problem]:
        """What pydantic says; what is missing may stand in the file that could not be read."""
        details = [d for d in error.errors(include_url=False) if d["type"] != "missing" or name not in self._unread]
        return [problem(documents, _without_marks(detail["loc"]), from_pydantic(detail, model)) for detail in details]


def _role(name: str) -> tuple[str, Path_]:
    """The record that a file belongs to and where it stands in it; no record when nothing reads such a file."""
    if not _is_in_place(name):
        return "", ()
    stem, _, suffix = name.rpartition(".")
    record, _, language = stem.partition(".")
    if suffix != "yaml":
        return "", ()
    if name.startswith("examples/") or not language:
        return stem, ()
    if "/" in record and language in LANGUAGES:
        return record, ("texts", language)
    return "", ()


def _is_in_place(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return folder in FOLDERS if folder else file.partition(".")[0] in ALONE


def _unread(name: str) -> tuple[Message, Message]:
    """What is wrong with a file that nothing reads, and what would be right."""
    if _is_in_place(name):
        right = N("call it `name.yaml`, or `name.en.yaml` with one of {names}", names=list(LANGUAGES))
        return N("nothing reads a file of this name"), right
    wrong, first = N("nothing reads a file in this place"), name.partition("/")[0].partition(".")[0]
    near = difflib.get_close_matches(first.casefold(), FOLDERS if "/" in name else (*FOLDERS, *ALONE), 1, 0.6)
    if near and near[0] in ALONE:
        return wrong, N("did you mean `{name}`?", name=f"{near[0]}.yaml")
    if near:
        return wrong, N("put it right into `{folder}`", folder=f"{near[0]}/")
    return wrong, N("put it into one of {names}", names=[f"{folder}/" for folder in FOLDERS])


def _order(path: Path, folder: Path) -> tuple[str, int]:
    """By record; the file that holds all languages first, then the languages in their order."""
    name = path.relative_to(folder).as_posix()
    record, _, language = name.rpartition(".")[0].partition(".")
    return record, 1 + LANGUAGES.index(language) if language in LANGUAGES else 0


def _without_marks(loc: Path_) -> Path_:
    return tuple(part for part in loc if part != "[key]")
