"""Habits of the house that no linter knows: sizes, presenters without Qt, tell-tale files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("reviewer_app", "db", "ui", "resources")
LONGEST = 400
"""A ceiling, not a wish: 300 is the wish (docs/architecture.md)."""
STAND_ALONE = "resources/archive/verify.py"


def tracked() -> list[str]:
    """Return the files git tracks, or every file of the product where this is no checkout."""
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return [
            str(path.relative_to(ROOT))
            for each in PRODUCT
            for path in (ROOT / each).rglob("*.py")
        ]
    return [name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def modules() -> Iterator[Path]:
    for name in tracked():
        if name.endswith(".py") and name.startswith(PRODUCT) and name != STAND_ALONE:
            yield ROOT / name


def test_no_module_is_a_hub() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in modules()
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_presenters_and_views_know_no_qt() -> None:
    found = []
    for path in modules():
        if not path.stem.endswith(("presenter", "views", "view_model")):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names.append(node.module)
            found += [f"{path.name}: {name}" for name in names if name.startswith("PySide6")]
    assert found == []


def test_nothing_catches_everything_but_the_shell() -> None:
    catching = re.compile(r"except( Exception\b.*)?:")
    found = [
        str(path.relative_to(ROOT))
        for path in modules()
        if catching.search(path.read_text("utf-8")) and "ui/report" not in str(path)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    if name.endswith(".lock"):
        assert "--hash=sha256:" in text


def test_no_file_names_this_machine() -> None:
    home = re.compile(rb"/(work/main|root/|home/[a-z]+/)")
    found = [
        name
        for name in tracked()
        if not name.endswith((".db", ".png")) and home.search((ROOT / name).read_bytes())
    ]
    assert found == []
