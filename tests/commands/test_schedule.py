"""`ltv init --schedule`: a line that cron runs, and a workflow that GitHub reads."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from ltvcli.cli import app
from ltvcli.commands import _schedule

WORKFLOW = Path(".github/workflows/ltv-check.yml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "my shop's 50%"
    here.mkdir()
    (here / "orders.csv").touch()
    (here / "spend.csv").touch()
    monkeypatch.chdir(here)
    return here


def ltv(*typed: str) -> Result:
    return CliRunner().invoke(app, ["init", *typed], prog_name="ltv")


def test_the_line_for_cron_runs_in_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_schedule.shutil, "which", lambda _: "/usr/bin/echo")
    comment, line = ltv("--schedule", "cron").stdout.splitlines()

    assert comment.startswith("# ")
    schedule = re.match(r"(\S+ \S+ \S+ \S+ \S+) (.*)", line)
    assert schedule
    assert schedule[1] == "0 7 * * *"
    assert not re.search(r"(?<!\\)%", schedule[2])  # which cron takes as the end of the line
    ran = subprocess.run(
        ["sh", "-c", schedule[2].replace(r"\%", "%") + "; pwd"],
        cwd="/", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.splitlines() == ["check orders.csv --spend spend.csv --brief", str(folder)]


def test_the_workflow_runs_it_and_keeps_the_history() -> None:
    done = ltv("--schedule", "github")

    assert done.exit_code == 0, done.stderr
    workflow = yaml.load(WORKFLOW.read_text("utf-8"), yaml.BaseLoader)
    steps = workflow["jobs"]["check"]["steps"]
    check = next(step for step in steps if "ltv check" in step.get("run", ""))
    assert workflow["on"]["schedule"] == [{"cron": "0 7 * * *"}]
    assert workflow["permissions"] == {"contents": "read"}
    assert check["run"] == "ltv check orders.csv --spend spend.csv"
    assert check["env"]["LTV_SLACK_URL"] == "${{ secrets.LTV_SLACK_URL }}"
    assert Path(check["env"]["LTV_HISTORY"]).parent == Path(steps[-1]["with"]["path"])
    assert steps[-1]["if"] == "always()"


def test_a_workflow_that_is_there_is_not_replaced() -> None:
    ltv("--schedule", "github")
    WORKFLOW.write_text("mine")
    done = ltv("--schedule", "github")

    assert done.exit_code == 2
    assert "already exists" in done.stderr
    assert WORKFLOW.read_text() == "mine"


def test_files_are_named_by_what_is_there(folder: Path) -> None:
    (folder / "orders.csv").rename("subscriptions.csv")
    (folder / "spend.csv").unlink()

    assert _schedule.files(folder) == ["subscriptions.csv"]
    (folder / "subscriptions.csv").unlink()
    assert _schedule.files(folder) == ["orders.csv"]


def test_another_word_is_refused_with_those_there_are() -> None:
    done = ltv("--schedule", "weekly")

    assert done.exit_code == 2
    assert "cron" in done.stderr
    assert "github" in done.stderr


def test_comments_are_in_japanese() -> None:
    assert "毎日" in ltv("--schedule", "cron", "--lang", "ja").stdout
