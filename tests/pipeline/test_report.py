"""A report names the worst findings first and offers the option of the first that has one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ltvcli import registry
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
