"""The house rules that a machine can hold: import direction, lengths, no mocks, no stubs, true paths in the docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [p for folder in ("bot", "adapters") for p in sorted((ROOT / folder).rglob("*.py")) if "versions" not in p.parts]
TESTS = [*sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
MAX_FILE, MAX_FUNCTION, MAX_PARAMETERS = 300, 40, 5
SDKS = {"slack_bolt": "adapters/slack", "slack_sdk": "adapters/slack", "discord": "adapters/discord"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Those within a node, however deep: a tenth of all that is in it."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, field, ()):
            yield inner
            yield from statements(inner)


def imports(tree: ast.Module) -> Iterator[str]:
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def parsed(paths: Iterable[Path]) -> Iterator[tuple[Path, ast.Module]]:
    """All files in one test: to start one takes longer than to parse a file."""
    for path in paths:
        yield path, ast.parse(path.read_text("utf-8"))


def test_imports_run_one_way() -> None:
    for path, tree in parsed(CODE):
        for module in imports(tree):
            top = module.split(".")[0]
            if named(path).startswith("bot/"):
                assert top not in ("adapters", "tests", "benchmarks", *SDKS), (path, module)
            if top in SDKS:
                assert named(path).startswith(SDKS[top]), (path, module)
            if top in ("sqlmodel", "sqlalchemy", "alembic"):
                assert named(path).startswith("bot/storage/"), (path, module)


def test_files_and_functions_are_short() -> None:
    for path, tree in parsed([*CODE, *TESTS]):
        assert path.read_text("utf-8").count("\n") <= MAX_FILE, path
        for node in statements(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION, (path, node.name)
                own = [argument for argument in node.args.args if argument.arg not in ("self", "cls")]
                if path in CODE:
                    assert len(own) <= MAX_PARAMETERS, (path, node.name)


def test_nothing_is_mocked_skipped_slept_or_left_for_later() -> None:
    words = (r"\bMock\(", r"\bMagicMock\b", r"mark\.skip", r"mark\.xfail", r"\bsleep\(", r"# TODO", r"FIXME")
    for path in {*CODE, *TESTS} - {Path(__file__)}:
        text = path.read_text("utf-8")
        for word in words:
            assert not re.search(word, text), (path, word)
        bare = re.search(r"type: ignore(\[[\w-]+\])?\s*$", text, re.MULTILINE)
        assert not bare, (path, "an ignore without a reason")


def test_every_module_and_public_function_says_what_it_is() -> None:
    for path, tree in parsed(CODE):
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.name.startswith("_") or ast.get_docstring(node), (path, node.name)


def test_no_message_hides_in_an_f_string() -> None:
    for path, tree in parsed(CODE):
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                calls = [inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)]
                hidden = [c for c in calls if isinstance(c, ast.Name) and c.id in ("N", "NN", "C")]
                assert not hidden, (path, "not extracted")


DOCS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / "deploy").glob("*.md"),
]
PATH = re.compile(r"(?<![\w./-])((?:bot|adapters|knowledge|tests|docs|deploy|benchmarks)/[\w./-]*[\w/])")


@pytest.mark.parametrize("page", DOCS, ids=named)
def test_every_path_that_the_docs_name_exists(page: Path) -> None:
    for path in PATH.findall(page.read_text("utf-8")):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", DOCS, ids=named)
def test_every_link_between_the_docs_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_requirement_files_are_hashed_and_name_no_address() -> None:
    for path in ROOT.glob("requirements*.txt"):
        lines = path.read_text("utf-8").splitlines()
        assert not [line for line in lines if "://" in line or line.startswith(("-i", "--index", "--find", "--extra"))]
        pins = [line for line in lines if "==" in line]
        assert pins
        assert all(line.endswith("\\") for line in pins)
