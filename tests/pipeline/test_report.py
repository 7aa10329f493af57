"""A report names the worst findings first and offers the option of the first that has one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import ltvcli
from ltvcli import registry
from ltvcli.errors import OptionUnusedError
from ltvcli.pipeline import report as reports
from ltvcli.results import Finding, Sentence, Severity
from ltvcli.settings.settings import Settings
from tests.formats.reports import shop

FOUND = {
    "zebra": (Severity.ERROR, ""),
    "apple": (Severity.INFO, "--info"),
    "mango": (Severity.WARNING, "--second"),
    "cherry": (Severity.WARNING, "--first"),
}


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_: Any, name: str) -> Any:
        if name not in FOUND:
            return SimpleNamespace(__name__=name)
        severity, option = FOUND[name]
        finding = Finding(check=name, severity=severity, says=Sentence(name), option=option)
        return SimpleNamespace(check=lambda _: finding)

    monkeypatch.setattr(registry, "load", load)
    monkeypatch.setattr(
        registry, "names", lambda folder: tuple(FOUND) if folder.__name__ == "every-report" else ()
    )


@pytest.mark.usefixtures("checks")
def test_errors_come_before_warnings_and_these_before_infos() -> None:
    judged = reports.with_findings(Settings(), shop())

    assert [finding.check for finding in judged.findings] == ["zebra", "cherry", "mango", "apple"]
    assert [*Severity] == [Severity.ERROR, Severity.WARNING, Severity.INFO]


@pytest.mark.usefixtures("checks")
def test_the_next_command_has_the_option_of_the_first_finding_with_one() -> None:
    assert reports.with_findings(Settings(), shop()).next_command.endswith(" --first")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("cohorts", {"churn": 0.05}),
        ("benchmark", {"lifespan": "2y"}),
        ("scorecard", {"churn": 0.05}),
        ("risk", {"lifespan": "2y"}),
    ],
)
def test_keyword_arguments_without_effect_are_refused(
    command: str, options: dict[str, Any], tmp_path: Path
) -> None:
    """The program has no such option of these commands."""
    rows = "".join(f"c{n % 40},2025-{n % 12 + 1:02d}-05,{10 + n % 7}\n" for n in range(200))
    file = tmp_path / "orders.csv"
    file.write_text(f"customer,date,amount\n{rows}", "utf-8")
    answer = getattr(ltvcli, command)

    with pytest.raises(OptionUnusedError, match=f"{next(iter(options))} has no effect"):
        answer(str(file), **options)
    assert answer(str(file), margin=0.4).given["margin"] == 0.4
