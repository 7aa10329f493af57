"""The tree is the architecture: no import circles, and registries hold what they promise."""

from __future__ import annotations

import ast
import importlib
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import ltvcli
from ltvcli import registry
from ltvcli.engines import duckdb

PACKAGE = Path(ltvcli.__file__).parent
FRONT_DOOR = ("ltvcli", "ltvcli.api")  # `import ltvcli` offers the Python API, loaded lazily
REGISTRIES = {
    "commands": {"HELP", "EXAMPLES", "command"},
    "methods": {"ABOUT", "NEEDS", "value", "months", "payback"},
    "formats": {"render"},
    "engines": {"open"},
    **{
        f"checks/{folder.name}": {"ABOUT", "check"}
        for folder in (PACKAGE / "checks").iterdir()
        if folder.is_dir() and not folder.name.startswith("_")
    },
}
"""Folders whose members are found by their file name, and what each member offers."""
OTHER_PLURALS = {
    "analyses": "one folder per question",
    "errors": "one class per mistake, in files by area",
    "facts": "the small sums, one file per kind",
    "formulas": "arithmetic without data",
    "pages": "one file per command",
    "results": "records of answers",
    "settings": "the parts of the settings",
    "stats": "models and intervals",
}
"""Folders with a plural name that hold code which is imported by name."""


def _modules() -> dict[str, Path]:
    paths = PACKAGE.rglob("*.py")
    names = {
        path: ".".join(["ltvcli", *path.relative_to(PACKAGE).with_suffix("").parts])
        for path in paths
    }
    return {name.removesuffix(".__init__"): path for path, name in names.items()}


def _imports(name: str, path: Path, modules: dict[str, Path]) -> set[str]:
    """Return the modules of ours that a module imports, wherever in the file and for whatever."""
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            imported |= {one if one in modules else node.module for one in full}
    return {one for one in imported & modules.keys() if (name, one) != FRONT_DOOR} - {name}


def test_there_are_no_import_circles() -> None:
    modules = _modules()
    graph = {name: _imports(name, path, modules) for name, path in modules.items()}

    assert sum(map(len, graph.values())) > 1000  # imports are recognised at all
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


@pytest.mark.parametrize("folder", REGISTRIES)
def test_members_of_a_registry_offer_the_same(folder: str) -> None:
    package = importlib.import_module("ltvcli." + folder.replace("/", "."))
    names = registry.names(package)

    assert names or folder == "checks/sources"  # how files are read is asked by "any" alone
    for name in names:
        assert REGISTRIES[folder] <= {*dir(registry.load(package, name))}, f"{folder}/{name}"


def test_folders_with_a_plural_name_are_registries() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    plural = {name for name in folders if name.endswith("s") or name == "analyses"}
    known = {name.partition("/")[0] for name in REGISTRIES} | OTHER_PLURALS.keys()

    assert plural == known


def test_every_query_is_run_by_its_path() -> None:
    """A query that nothing runs is dead; f-strings fill in how orders are stored."""
    folder = PACKAGE / "sql"
    queries = {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.sql")}
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    filled_in = {"{path}": ("single", "grouped")}
    for placeholder, values in filled_in.items():
        for text in re.findall(rf'"([a-z_/]+{re.escape(placeholder)})"', code):
            code += "".join(f'"{text.replace(placeholder, value)}"' for value in values)

    assert {name for name in queries if f'"{name}"' not in code} == set()
    assert all(duckdb.query(name) for name in queries)
