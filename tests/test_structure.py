"""The tree is the architecture: no import circles, and registries hold what they promise."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from functools import cache
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
    "channels": {"NEEDS", "MAY", "send"},
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
PARTS = sorted(
    path.name
    for path in PACKAGE.iterdir()
    if path.suffix == ".py" or (path / "__init__.py").exists()
)
RIDDLES = {
    "ahead", "apart", "beside", "found", "its", "mine", "one", "other", "others", "own", "part",
    "said", "some", "there", "told", "whole",
}  # fmt: skip
"""Words that say nothing of what a variable, parameter, attribute or function holds or does."""
FEW = 2  # parameters that a summary can explain


def _modules() -> dict[str, Path]:
    paths = PACKAGE.rglob("*.py")
    names = {
        path: ".".join(["ltvcli", *path.relative_to(PACKAGE).with_suffix("").parts])
        for path in paths
    }
    return {name.removesuffix(".__init__"): path for path, name in names.items()}


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


@cache
def _nodes(file: Path) -> list[ast.AST]:
    return list(ast.walk(_parsed(file)))


def _imports(name: str, path: Path, modules: dict[str, Path]) -> set[str]:
    """Return the modules of ours that a module imports, wherever in the file and for whatever."""
    imported = set()
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            imported |= {path if path in modules else node.module for path in full}
    known = imported & modules.keys()
    return {module for module in known if (name, module) != FRONT_DOOR} - {name}


def _files(part: str) -> list[Path]:
    path = PACKAGE / part
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _public(body: list[ast.stmt]) -> list[ast.FunctionDef]:
    """Return the public functions of a module or class, and of the public classes in it."""
    functions = []
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            functions += _public(node.body)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            functions.append(node)
    return functions


def _parameters(function: ast.FunctionDef) -> list[str]:
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def _names(node: ast.AST) -> list[str]:
    """Return the names that a node gives."""
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return [node.attr]
    return []


@pytest.mark.parametrize("part", PARTS)
def test_functions_with_three_parameters_document_each(part: str) -> None:
    missing = {}
    for file in _files(part):
        for function in _public(_parsed(file).body):
            if file.parent.name == "commands" and function.name == "command":
                continue  # each option has its help
            names = _parameters(function)
            documented = (ast.get_docstring(function) or "").partition("Args:")[2]
            if len(names) > FEW:
                missing[f"{file.name}: {function.name}"] = [
                    name for name in names if not re.search(rf"^ +{name}: ", documented, re.M)
                ]

    assert {function: names for function, names in missing.items() if names} == {}


@pytest.mark.parametrize("part", PARTS)
def test_names_are_descriptive(part: str) -> None:
    riddles = [
        f"{file.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)} {name}"
        for file in _files(part)
        for node in _nodes(file)
        for name in _names(node)
        if name in RIDDLES
    ]

    assert riddles == []


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

    assert (
        names or folder == "checks/sources"
    )  # how files are read is asked by "every_report" alone
    for name in names:
        assert REGISTRIES[folder] <= {*dir(registry.load(package, name))}, f"{folder}/{name}"


def test_folders_with_a_plural_name_are_registries() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    plural = {name for name in folders if name.endswith("s") or name == "analyses"}
    known = {name.partition("/")[0] for name in REGISTRIES} | OTHER_PLURALS.keys()

    assert plural == known


def test_every_query_is_run_by_its_path() -> None:
    """A query that nothing runs is dead; f-strings fill in how rows are stored, and of what."""
    folder = PACKAGE / "sql"
    queries = {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.sql")}
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    kinds = ("deals", "cancellations", "events", "surveys", "experiments")
    filled_in = {
        "{path}": ("single", "grouped"),
        "{folder}": tuple(f"read/{kind}" for kind in kinds),
    }
    for placeholder, values in filled_in.items():
        for text in re.findall(rf'"([a-z_/]*{re.escape(placeholder)}[a-z_/]*)"', code):
            code += "".join(f'"{text.replace(placeholder, value)}"' for value in values)

    assert {name for name in queries if f'"{name}"' not in code} == set()
    assert all(duckdb.query(name) for name in queries)


@pytest.mark.slow
def test_doctests_can_be_run_in_any_order_of_packages() -> None:
    """Pytest must not execute a module a second time, after the package that imports it."""
    folders = ["ltvcli/results", "ltvcli/analyses"]
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", *folders]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_only_settings_and_engines_replace_values_of_data_classes() -> None:
    """Of a Struct, `dataclasses.replace` fails in a run, and mypy does not see it."""
    replacing = {
        file.relative_to(PACKAGE).parts[0]
        for file in PACKAGE.rglob("*.py")
        if re.search(
            r"from dataclasses import .*\breplace\b|import dataclasses\b", file.read_text("utf-8")
        )
    }

    assert replacing == {"engines", "settings"}
