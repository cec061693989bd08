"""Reads YAML files and finds the line of any key in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.i18n.messages import N
from bot.knowledge.problems import KnowledgeError, Path_, Problem

MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its content, and where its content stands in the whole record (`prefix`)."""

    path: Path
    content: dict[str, Any]
    prefix: Path_ = ()

    def line(self, key: Path_) -> int | None:
        """The line (from 1) of the deepest part of a key that this file holds; None when it holds nothing of it."""
        if key[: len(self.prefix)] != self.prefix:
            return None
        node = yaml.compose(self.path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return _line(node, key[len(self.prefix) :])

    def depth(self, key: Path_) -> int:
        """How many parts of a key this file holds."""
        if key[: len(self.prefix)] != self.prefix:
            return -1
        here: Any = self.content
        for count, part in enumerate(key[len(self.prefix) :]):
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                return len(self.prefix) + count
        return len(key)


def read(path: Path, prefix: Path_ = ()) -> Document:
    """Parse a file; its mistakes as a `KnowledgeError`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _broken(path, 1, "it is larger than 2 MB")
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _broken(path, mark.line + 1 if mark else 1, error.problem or "") from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise _broken(path, 1, type(error).__name__) from error
    if not isinstance(content, dict):
        raise KnowledgeError([Problem(path, 1, "", N("this is not a set of keys"), N("start with `key: value` lines"))])
    return Document(path, content, prefix)


def _broken(path: Path, line: int, reason: str) -> KnowledgeError:
    wrong = N("this is not YAML: {reason}", reason=reason)
    right = N("check the indentation and the quotes at this line; text with `: ` or `#` needs quotes")
    return KnowledgeError([Problem(path, line, "", wrong, right)])


def _line(node: yaml.Node | None, key: Path_) -> int:
    line = node.start_mark.line + 1 if node else 1
    for part in key:
        child, line_of_child = _child(node, part)
        if child is None:
            return line_of_child or line
        node, line = child, line_of_child or line
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, int | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line + 1
    return None, None
