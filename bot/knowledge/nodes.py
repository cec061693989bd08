"""YAML's tree of nodes: parsing text into it, mistakes that only the tree shows, the line of a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from bot.i18n.messages import Message, N

Path_ = tuple[str | int, ...]
Fault = tuple[int, tuple[Message, Message]]
DEEPEST = 50
_TEXT, _MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"
_UNMAKEABLE = (ValueError, AttributeError, LookupError, OverflowError)


class _Loader(yaml.CSafeLoader):
    """YAML's values; one that can't be made, as 30 February, stays the text that was written."""


def _or_text(make: Callable[[Any, Any], Any]) -> Callable[[_Loader, Any], Any]:
    def made(loader: _Loader, node: Any) -> Any:
        try:
            return make(loader, node)
        except _UNMAKEABLE:
            return node.value

    return made


for _kind in ("int", "float", "bool", "timestamp"):
    _tag = f"tag:yaml.org,2002:{_kind}"
    _Loader.add_constructor(_tag, _or_text(yaml.CSafeLoader.yaml_constructors[_tag]))


def parse(text: str) -> tuple[yaml.Node | None, Any, list[Fault]]:
    """The tree of a text, its content and what is wrong with the tree; raises `yaml.YAMLError`."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        found = list(_faults(node, (), set())) if node else []
        content = loader.construct_document(node) if node and not found else None
    finally:
        loader.dispose()
    return node, content, found


def line_of(node: yaml.Node | None, key: Path_) -> int:
    """The line (from 1) of the deepest part of a key that is there."""
    line = _start(node) if node else 1
    for part in key:
        child, line_of_child = _child(node, part)
        if child is None:
            return line
        node, line = child, line_of_child
    return line


def _faults(node: yaml.Node, above: tuple[yaml.Node, ...], seen: set[yaml.Node]) -> Iterator[Fault]:
    if node in seen:
        return
    if isinstance(node, yaml.MappingNode):
        yield from _repeated(node)
    within = (*above, node)
    for line, child in _children(node):
        if child in within or len(above) > DEEPEST:
            wrong = N("this holds itself, or is nested too deeply")
            yield line, (wrong, N("write the text out in place of the reference"))
        elif not isinstance(child, yaml.ScalarNode):
            yield from _faults(child, within, seen)
    seen.add(node)


def _repeated(node: yaml.MappingNode) -> Iterator[Fault]:
    names: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
            continue
        key.tag = _TEXT
        if key.value in names:
            yield _start(key), (N("the key `{name}` is written twice", name=key.value), N("keep one of the two"))
        names.add(key.value)


def _children(node: yaml.Node) -> Iterator[tuple[int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield _start(key), key
            yield _start(key), value
    if isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield _start(value), value


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, int]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, _start(key)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], _start(node.value[part])
    return None, 1


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
