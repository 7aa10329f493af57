"""Every console block of every README is run where it says and must print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ltvcli import commands, registry
from ltvcli.cli import app

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", *sorted(ROOT.glob("examples/*/README.md"))]
BLOCK = re.compile(r"^```console\n\$ ltv (.*?)\n(.*?)^```$", re.M | re.S)
SESSIONS = [
    (readme, typed, shown)
    for readme in READMES
    if readme.exists()
    for typed, shown in BLOCK.findall(readme.read_text("utf-8"))
]
FIRST_OF_EACH = {readme: typed for readme, typed, _ in reversed(SESSIONS)}
"""Runs of examples in a usual run of the tests; the others are slow."""
SLOW = pytest.mark.slow


def with_facts(folder: Path, temporary: Path) -> Path:
    """Run the script for `ltv calc` that an example shows, and return a folder with the results."""
    copied = Path(shutil.copytree(folder, temporary / folder.name))
    (copied / "facts").mkdir()
    words = "--dialect duckdb --table shop.orders --columns columns.csv"
    assert f"ltv sql calc {words} > facts.sql" in (folder / "README.md").read_text("utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copied)
        script = CliRunner().invoke(app, ["sql", "calc", *words.split(), "--quiet"]).stdout
        with duckdb.connect("warehouse.duckdb", read_only=True) as database:
            database.execute(script)
    return copied


@pytest.mark.parametrize(
    ("readme", "typed", "shown"),
    [
        pytest.param(
            readme, typed, shown,
            id=f"{readme.parent.name}: {typed}",
            marks=() if typed == FIRST_OF_EACH[readme] or readme == READMES[0] else SLOW,
        )
        for readme, typed, shown in SESSIONS
    ],
)  # fmt: skip
def test_readme(
    readme: Path,
    typed: str,
    shown: str,
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(with_facts(readme.parent, tmp_path) if "--facts" in typed else readme.parent)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))  # where a history would be

    run = CliRunner().invoke(app, shlex.split(typed), prog_name="ltv")

    if pytestconfig.getoption("--update"):
        text = readme.read_text("utf-8")
        old = f"```console\n$ ltv {typed}\n{shown}```"
        readme.write_text(text.replace(old, f"```console\n$ ltv {typed}\n{run.output}```"), "utf-8")
    else:
        assert run.output == shown


def test_every_readme_shows_runs() -> None:
    assert {readme for readme, _, _ in SESSIONS} == set(READMES)


@pytest.mark.parametrize("name", registry.names(commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"ltv {name}" in (ROOT / "README.md").read_text("utf-8")


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 250


def test_the_path_of_one_number_names_files_that_exist() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    steps = text.partition("## How one number is made")[2].partition("\n## ")[0]
    files = set(re.findall(r"`([a-z_/]+\.(?:py|sql))`", steps))

    assert 20 <= len(files) <= 30
    assert [name for name in sorted(files) if not (ROOT / "ltvcli" / name).is_file()] == []


def test_links_in_readmes_lead_to_headings_that_exist() -> None:
    for readme in READMES:
        for path, heading in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", readme.read_text("utf-8")):
            target = readme.parent / path if path else readme
            assert target.is_file(), f"{readme}: {path}"
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.M)
            anchors = {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
            assert not heading or heading in anchors, f"{readme}: {path}#{heading}"
