"""Imports point one way, and importing zhclean costs next to nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "zhclean"

FLOORS = (  # from the ground up: a module imports from lower floors, or from its own
    {
        "characters",
        "patterns",
        "character_forms",
        "edits",
        "options",
        "masks",
        "lost",
        "mentions",
        "markup",
        "escapes",
        "pieces",
        "pinyin",
        "teasers",
        "spaced_out",
        "double_byte",
        "composition",
        "source_map",
        "damage",
    },
    {
        "encoding",
        "misreading",
        "lost_bytes",
        "likeliest_bytes",
        "shifted_bytes",
        "pairing",
        "controls",
        "published",
        "lines",
        "lexicon",
        "fingerprint",
        "minhash",
    },
    {
        "layout",
        "below",
        "justified",
        "page_ends",
        "side_by_side",
        "blocks",
        "odds",
        "rows",
        "symbols",
        "terms",
        "torn",
        "threads",
    },
    {"networks"},
    {"language_model"},
    {"opinions"},
    {"setting", "leftover_spaces"},
    {"kinds"},
    {"headlines"},
    {"roles"},
    {"evidence"},
    {"inline", "interruptions"},
    {"seams"},
    {"stages"},
    {"pipeline", "cleaned", "explanation", "presets"},
    {"configuration"},
    {"workers", "files", "unified", "word_diff", "console"},
    {"outputs"},
    {"commands"},
    {"report"},
    {"corpus"},
    {"bench"},
    {"cli"},
    {"__main__", "__init__"},
)


def floor_of(module: str) -> int:
    return next(n for n, floor in enumerate(FLOORS) if module.split(".")[0] in floor)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("zhclean."):
            found.add(node.module.removeprefix("zhclean."))
    return found


def test_imports_point_downwards() -> None:
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).with_suffix("").parts[0]
        for imported in imports(path):
            assert floor_of(imported) <= floor_of(name), f"{path.name} imports {imported}"


def test_the_package_for_corpora_comes_when_it_is_asked_for() -> None:
    script = "import sys, zhclean; assert 'zhclean.corpus' not in sys.modules; assert zhclean.corpus.MissingExtraError"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_importing_is_light() -> None:
    script = "import sys, zhclean, zhclean.corpus; print(*(m for m in ('numpy', 'ftfy', 'opencc', 'rapidfuzz', 'rich', 'click', 'jinja2', 'pyarrow', 'duckdb', 'pyspark') if m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
