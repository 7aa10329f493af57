"""Who will leave, and how well that is known: the steps of `ltv risk`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, progress
from ltvcli.errors import NoOutcomeColumnError, NothingToScoreError
from ltvcli.language import N_
from ltvcli.pipeline import report
from ltvcli.pipeline.read_files import open_sheets
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.risk import RiskReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.read.attributes import AttributesReading

SETTINGS = ("customers", "currency", "encoding")
"""Settings that change the answer."""
_WHOLE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        outcome: `COLUMN` or `COLUMN=VALUE` of customers who left.
        without: columns that are not to be used.
    """

    outcome: str | None = None
    without: tuple[str, ...] = ()

    def given(self) -> dict[str, float | str]:
        """Return what was given, by name, for the record."""
        known = {"outcome": self.outcome or "", "without": ", ".join(self.without)}
        return {name: text for name, text in known.items() if text}


def run(
    settings: Settings,
    question: Question,
    step: Step = unwatched,
    *,
    customers: Any = None,
) -> RiskReport:
    """Find out who leaves, and how well that is known.

    Args:
        settings: what was given, with the file of customers.
        question: what is asked.
        step: called with the name of each step as it begins.
        customers: a path or a pandas data frame; None for that of the settings.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.risk import answer as risk
    from ltvcli.analyses.risk import models

    models.require()
    source = settings.customers if customers is None else customers
    if source is None or question.outcome is None:
        raise NothingToScoreError
    reading = _read(source, settings, question, step)
    assert reading.left is not None
    without = _without(question, reading)
    step(N_("Learning, and looking back"))
    with _progress() as done:
        answered = risk.snapshot(
            reading.attributes, reading.left, without, reading.input.path, done
        )
    risk_report = RiskReport(
        command="risk",
        version=__version__,
        as_of=None,
        currency=settings.currency,
        inputs=(reading.input,),
        given={**report.given_settings(settings, SETTINGS), **question.given()},
        says=answered.says,
        main="record",
        tables=answered.tables,
        verdict=answered.verdict,
        outcome=reading.outcome,
        customers=len(reading.left),
        left=int(reading.left.sum()),
        records=answered.records,
        bins=answered.bins,
        columns=answered.columns,
        groups=answered.groups,
    )
    return report.with_findings(settings, risk_report)


def _read(source: Any, settings: Settings, question: Question, step: Step) -> AttributesReading:
    """Read the file of customers."""
    from ltvcli.engines import duckdb
    from ltvcli.read import attributes
    from ltvcli.read.files import open_files

    with open_sheets([source], settings, step) as (sheets, temp):
        (sheet,) = sheets
        with (
            open_files.blamed(sheets, temp),
            duckdb.open([sheet.path], temp, settings.memory) as engine,
        ):
            step(N_("Reading the files"))
            try:
                requested = attributes.Requested(
                    kind="customers", outcome=question.outcome, map=settings.map
                )
                return attributes.load(sheet, engine, requested)
            finally:
                open_files.check_unchanged(sheets)


def _without(question: Question, reading: AttributesReading) -> tuple[str, ...]:
    """Return the names of the columns that are not to be used.

    Raises:
        NoOutcomeColumnError: there is no such column.
    """
    names = [column.name for column in reading.attributes.columns]
    for name in question.without:
        if name not in (*names, reading.named, reading.outcome):
            raise NoOutcomeColumnError(file=reading.input.path, name=name, near=", ".join(names))
    return question.without


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """Yield what is called with the share of the work that is done, for the display."""
    shares = [0.0]
    with progress.source(lambda: _WHOLE * shares[-1]):
        yield shares.append
