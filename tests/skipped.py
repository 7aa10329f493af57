"""CI fails if a test was skipped for a reason that CI can do something about."""

from __future__ import annotations

import pytest

NO_DATA = "no shared data"
"""The reason of tests that need data sets of others, which are not in the repository."""
UNREADABLE = "another user may not read the program"
"""The reason of tests that run ltv as another user, where the checkout is closed to others."""


class Skipped:
    """A plugin of pytest that fails a run which skipped a test.

    >>> plugin = Skipped()
    >>> plugin.note("tests/test_x.py::test_y", "Skipped: pandas is not installed")
    >>> plugin.note("tests/test_x.py::test_z", "Skipped: no shared data")
    >>> plugin.skipped
    ['tests/test_x.py::test_y: Skipped: pandas is not installed']
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.skipped: list[str] = []

    def note(self, test: str, reason: str) -> None:
        """Remember a test that must not be skipped."""
        if NO_DATA not in reason and UNREADABLE not in reason:
            self.skipped.append(f"{test}: {reason}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that was skipped."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self.note(report.nodeid, reason(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that was skipped."""
        if report.skipped:
            self.note(report.nodeid, reason(report))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run."""
        if self.skipped:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name what was skipped."""
        if self.skipped:
            terminalreporter.section("skipped, which CI does not allow", red=True)
            for line in self.skipped:
                terminalreporter.line(line)


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test or a file was skipped."""
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
