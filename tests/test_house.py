"""Imports point one way, and importing zhclean costs next to nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "zhclean"

FLOORS = (  # from the ground up: a package or module imports from lower floors, or from its own
    {"characters", "patterns", "options", "fingerprint"},
    {"edits"},
    {"markup", "models", "lines"},
    {"encoding", "seams"},
    {"stages"},
    {"pipeline", "cleaned", "explanation", "presets"},
    {"configuration"},
    {"workers", "files", "console"},
    {"commands"},
    {"report"},
    {"corpus"},
    {"bench"},
    {"cli"},
    {"__main__", "__init__"},
)

Imports = Mapping[str, set[str]]
"""For each module of the package the modules it imports."""


def floor_of(module: str) -> int:
    return next(n for n, floor in enumerate(FLOORS) if module.split(".")[0] in floor)


def modules() -> dict[str, Path]:
    return {dotted(path) or "__init__": path for path in PACKAGE.rglob("*.py")}


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(nodes: Callable[[ast.Module], Iterable[ast.AST]]) -> Imports:
    """What each module imports, by those of its nodes."""
    known = modules()
    found = {}
    for name, path in known.items():
        taken = (
            node for node in nodes(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
        )
        asked = [
            ((node.module or "").removeprefix("zhclean."), alias.name)
            for node in taken
            for alias in node.names
            if (node.module or "").startswith("zhclean.")
        ]
        found[name] = {
            f"{module}.{name}" if f"{module}.{name}" in known else module for module, name in asked
        }
    return found


def test_imports_point_downwards() -> None:
    for name, imported in imports(ast.walk).items():
        assert {one for one in imported if floor_of(one) > floor_of(name)} == set(), name


def test_no_module_needs_one_that_needs_it() -> None:
    at_once = imports(lambda module: module.body)  # not those of functions, and for types only
    TopologicalSorter(at_once).prepare()


def test_the_package_for_corpora_comes_when_it_is_asked_for() -> None:
    script = "import sys, zhclean; assert 'zhclean.corpus' not in sys.modules; assert zhclean.corpus.MissingExtraError"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_importing_is_light() -> None:
    script = "import sys, zhclean, zhclean.corpus; print(*(m for m in ('numpy', 'ftfy', 'opencc', 'rapidfuzz', 'rich', 'click', 'jinja2', 'pyarrow', 'duckdb', 'pyspark') if m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
