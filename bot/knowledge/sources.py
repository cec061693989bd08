"""Reads YAML files into documents that know the line of any key in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.i18n.messages import Message, N
from bot.knowledge.nodes import line_of, parse
from bot.knowledge.problems import KnowledgeError, Path_, Problem

MAX_BYTES = 2_000_000
_INDENT = N("check the indentation and the quotes at this line; text with `: ` or `#` needs quotes")


class File(NamedTuple):
    """Where a file is, where its content stands in the record, and its layer: 0 for ours, 1 for a team's."""

    path: Path
    prefix: Path_ = ()
    layer: int = 0


class Document(NamedTuple):
    """One file, read: its content and the tree that knows the lines."""

    file: File
    content: dict[str, Any]
    node: yaml.Node | None

    @property
    def record(self) -> Any:
        """The content where it stands in the whole record."""
        content: Any = self.content
        for part in reversed(self.file.prefix):
            content = {part: content}
        return content

    def line(self, key: Path_) -> int:
        """The line (from 1) of the deepest part of a key of this file."""
        return line_of(self.node, key)


def read(path: Path) -> Document:
    """Read and parse a file; its mistakes as a `KnowledgeError`."""
    return document(File(path), content_of(path))


def content_of(path: Path) -> bytes:
    """The bytes of a file that is not too large."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _broken(path, 1, N("this is larger than 2 MB"), N("make it smaller, or split it"))
        return path.read_bytes()
    except OSError as error:
        right = N("check that it is a file and that Chao may read it")
        raise _broken(path, 1, N("this can't be opened"), right) from error


def document(file: File, content: bytes) -> Document:
    """Parse the bytes of a file; its mistakes as a `KnowledgeError`."""
    try:
        node, values, faults = parse(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _broken(file.path, line, N("this is not UTF-8"), N("save the file as UTF-8")) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _unreadable(file.path, error, content) from error
    if faults:
        raise KnowledgeError([Problem(file.path, line, "", *said) for line, said in faults])
    if not isinstance(values, dict):
        raise _broken(file.path, 1, N("this is not a set of keys"), N("start with `key: value` lines"))
    return Document(file, values, node)


def _unreadable(path: Path, error: Exception, content: bytes) -> KnowledgeError:
    if isinstance(error, yaml.reader.ReaderError):
        line = content.count(b"\n", 0, error.position) + 1
        return _broken(path, line, N("there is a character that text can't hold"), N("delete this invisible character"))
    reason, line = "", 1
    if isinstance(error, yaml.MarkedYAMLError):
        reason, line = " ".join((error.problem or "").split()), _line_of(error)
    return _broken(path, line, N("this is not YAML: {reason}", reason=reason), _INDENT)


def _line_of(error: yaml.MarkedYAMLError) -> int:
    is_open_quote = "end of stream" in (error.problem or "")
    marks = (error.context_mark, error.problem_mark) if is_open_quote else (error.problem_mark, error.context_mark)
    return next((int(mark.line) + 1 for mark in marks if mark), 1)


def _broken(path: Path, line: int, wrong: Message, right: Message) -> KnowledgeError:
    return KnowledgeError([Problem(path, line, "", wrong, right)])
