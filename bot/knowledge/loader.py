"""From folders of YAML to one immutable `Knowledge`, or to the list of every mistake in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.i18n.messages import N
from bot.knowledge.checks import cross_check
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.overlay import lay_over
from bot.knowledge.problems import KnowledgeError, Problem, from_pydantic
from bot.knowledge.schema import LANGUAGES, Archetype, Examples, LawFact, Placeholders, Principles
from bot.knowledge.sources import Document, read

OURS = Path(__file__).parents[2] / "knowledge"
Model = TypeVar("Model", bound=BaseModel)


def load(team: Path | None = None, ours: Path = OURS) -> Knowledge:
    """Our files with a team's laid over them. Raises `KnowledgeError` with all that is wrong."""
    if team and not team.is_dir():
        wrong, right = N("this folder does not exist"), N("set CHAO_KNOWLEDGE to a folder with `archetypes/` in it")
        raise KnowledgeError([Problem(team, 1, "", wrong, right)])
    return _Loading([ours, *([team] if team else [])]).knowledge()


def files(folders: Iterable[Path]) -> list[Path]:
    """Every knowledge file in these folders, in a fixed order."""
    patterns = ("archetypes/*.yaml", "law/*.yaml", "examples/*.yaml", "principles.yaml", "placeholders.yaml")
    return [path for folder in folders for pattern in patterns for path in sorted(folder.glob(pattern))]


class _Loading:
    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self._problems: list[Problem] = []

    def knowledge(self) -> Knowledge:
        archetypes = self._records("archetypes", Archetype)
        law = self._records("law", LawFact)
        principles = self._one("principles.yaml", Principles)
        placeholders = self._one("placeholders.yaml", Placeholders)
        examples = [
            e for path in self._glob("examples/*.yaml") for e in [self._valid(Examples, self._read([path]))] if e
        ]
        if self._problems or principles is None or placeholders is None:
            raise KnowledgeError(self._problems)
        knowledge = Knowledge.of(archetypes, principles, law, placeholders, examples)
        if problems := cross_check(knowledge, self._locate):
            raise KnowledgeError(problems)
        return knowledge

    def _records(self, folder: str, model: type[Model]) -> list[Model]:
        ids = dict.fromkeys(path.name.split(".")[0] for path in self._glob(f"{folder}/*.yaml"))
        found = (self._valid(model, self._documents(folder, name)) for name in ids)
        return [record for record in found if record]

    def _documents(self, folder: str, name: str) -> list[Document]:
        parts = [(f"{name}.yaml", ())] + [(f"{name}.{lang}.yaml", ("texts", lang)) for lang in LANGUAGES]
        paths = [(base / folder / file, prefix) for base in self._folders for file, prefix in parts]
        return self._read([path for path, _ in paths if path.exists()], dict(paths))

    def _one(self, name: str, model: type[Model]) -> Model | None:
        return self._valid(model, self._read([f / name for f in self._folders if (f / name).exists()]))

    def _glob(self, pattern: str) -> Iterator[Path]:
        return (path for folder in self._folders for path in sorted(folder.glob(pattern)))

    def _read(self, paths: list[Path], prefixes: dict[Path, Any] | None = None) -> list[Document]:
        documents = []
        for path in paths:
            try:
                documents.append(read(path, (prefixes or {}).get(path, ())))
            except KnowledgeError as error:
                self._problems.extend(error.problems)
        return documents

    def _valid(self, model: type[Model], documents: list[Document]) -> Model | None:
        merged: Any = {}
        for document in documents:
            merged = lay_over(merged, _at(document.prefix, document.content))
        try:
            return TypeAdapter(model).validate_python(merged) if documents else None
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                wrong, right = from_pydantic(detail, model)
                self._problems.append(_problem(documents, _without_marks(detail["loc"]), (wrong, right)))
            return None

    def _locate(self, name: str, key: tuple[str | int, ...], said: tuple[Any, Any]) -> Problem:
        folder, _, record = name.partition("/")
        if record:
            return _problem(self._documents(folder, record), key, said)
        return _problem(self._read([f / name for f in self._folders if (f / name).exists()]), key, said)


def _at(prefix: tuple[str | int, ...], content: Any) -> Any:
    for part in reversed(prefix):
        content = {part: content}
    return content


def _without_marks(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return tuple(part for part in loc if part != "[key]")


def _problem(documents: list[Document], key: tuple[str | int, ...], said: tuple[Any, Any]) -> Problem:
    holder = max(reversed(documents), key=lambda document: document.depth(key))
    inner = key[len(holder.prefix) :] if key[: len(holder.prefix)] == holder.prefix else key
    return Problem(holder.path, holder.line(key) or 1, ".".join(map(str, inner)), *said)
