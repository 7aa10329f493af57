"""Each folder in tests/golden is one run of `ltv`: what was typed, what came out.

Add a case by adding a folder with a `command` file (and the files it reads) and running
`pytest --update`; then read the new files before you commit them: they are the specification.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

CASES = sorted(path.parent for path in (Path(__file__).parent / "golden").glob("*/command"))


OWN_DATABASE = {
    "audit-spend", "benchmark", "calc-spend", "calc-subscriptions", "cohorts-spend",
    "content-asks", "file-small", "mrr", "mrr-reconcile", "predict", "segments-minus",
    "segments-spend", "segments-several-files", "sources-spend", "sources-subscriptions",
    "sources-two-files", "together", "whatif-orders", "whatif-subscriptions",
}  # fmt: skip
"""Runs in a database of their own, as users have it; all others are in a run of everything."""
VARIANT = re.compile(r"-(?:md|csv|json|in-japanese)$")
"""Ends the name of a run that shows the answer of another in another format or language."""
USUAL_VARIANTS = {
    "audit-json", "calc-spend-md", "check-csv", "mrr-json", "segments-json", "whatif-orders-csv",
}  # fmt: skip
"""Variants in a usual run of the tests; all others are slow."""
FURTHER = {
    "benchmark-in-yen", "benchmark-own-file", "error-predict-new-customers-last-year",
    "predict-subscriptions", "report-board", "report-board-quotes-in-japanese",
    "report-investor-md", "review-quarter", "risk-calls-of-subscriptions", "risk-declined-md",
    "risk-events", "risk-opportunities", "risk-prospects", "scorecard-of-orders",
}  # fmt: skip
"""Runs that take long, of commands of which a usual run has another; they are slow."""


def is_slow(name: str) -> bool:
    if name in FURTHER:
        return True
    base = VARIANT.sub("", name)
    is_variant = base != name and any(case.name == base for case in CASES)
    return is_variant and name not in USUAL_VARIANTS | OWN_DATABASE


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=pytest.mark.slow if is_slow(case.name) else ())
        for case in CASES
    ],
)
def test_golden(
    case: Path,
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    if case.name in OWN_DATABASE:
        request.getfixturevalue("own_database")
    program, *arguments = shlex.split((case / "command").read_text("utf-8"))
    assert program == "ltv"
    monkeypatch.chdir(case)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))  # where a history would be

    run = CliRunner().invoke(app, arguments, prog_name="ltv")

    actual = {"stdout": run.stdout, "stderr": run.stderr, "exit-code": f"{run.exit_code}\n"}
    for name, text in actual.items():
        if pytestconfig.getoption("--update"):
            (case / name).write_text(text, "utf-8")
        assert text == (case / name).read_text("utf-8"), f"{case.name}/{name}"


def test_a_usual_run_has_a_run_of_every_command() -> None:
    commands = {case.name: (case / "command").read_text("utf-8").split()[1] for case in CASES}
    usual = {command for name, command in commands.items() if not is_slow(name)}

    assert usual == set(commands.values())


def test_there_are_golden_runs() -> None:
    assert {case.name for case in CASES} > OWN_DATABASE | USUAL_VARIANTS | FURTHER
    assert {case.name for case in CASES if is_slow(case.name)} > {"calc-spend-in-japanese"}
