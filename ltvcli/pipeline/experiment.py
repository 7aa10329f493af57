"""What a measure really brought: the steps of `ltv experiment`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__
from ltvcli.errors import NoFileError
from ltvcli.language import N_
from ltvcli.pipeline import report
from ltvcli.pipeline.read_files import open_sheets
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.experiment import ExperimentReport
from ltvcli.settings.settings import Settings
from ltvcli.units import Money, Unit

if TYPE_CHECKING:
    from ltvcli.facts.experiments import ArmSums
    from ltvcli.read.experiments import ExperimentReading
    from ltvcli.read.files.sheet import Sheet

SETTINGS = ("currency", "encoding", "margin")
"""Settings that change the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How an experiment was made.

    Attributes:
        arm: header of the arms; None for a usual one.
        outcome: header of what customers brought, refunds taken off.
        control: name of the arm that was left as it was; None for a usual one.
        before: header of what customers brought before; None if that is not known.
        cost_per_customer: of the measure; None if it is not known.
        split: `ARM=SHARE` for every arm; none where all arms were meant to be as large.
        planned: customers in all arms when looking at every stage; None for one look at the end.
    """

    arm: str | None = None
    outcome: str | None = None
    control: str | None = None
    before: str | None = None
    cost_per_customer: Money | None = None
    split: tuple[str, ...] = ()
    planned: int | None = None

    def given(self) -> dict[str, float | str]:
        """Return what was given, by name, for the record."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: ", ".join(value) if isinstance(value, tuple) else value
            for name, value in known.items()
            if value not in (None, ())
        }


def run(
    inputs: Sequence[Any],
    settings: Settings,
    design: Design,
    step: Step = unwatched,
) -> ExperimentReport:
    """Compare what customers of each arm brought with what those of the control did.

    Args:
        inputs: paths, globs, "-" or pandas data frames, with arm and outcome in one row.
        settings: what was given.
        design: which columns, which control, what the measure cost.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.experiment import answer as experiment
    from ltvcli.analyses.experiment import groups
    from ltvcli.analyses.experiment.effects import Terms

    if not inputs:
        example = "results.csv --arm group --outcome spend"
        raise NoFileError(command="experiment", example=example)
    with open_sheets(inputs, settings, step) as (sheets, temp):
        reading, sums = _read(sheets, temp, settings, design, step)
    step(N_("Comparing"))
    names = {arm.key: reading.names[arm.key] for arm in sums}
    control = groups.control_of(names, design.control)
    shares = groups.shares_of(names, design.split)
    answered = experiment.answer(
        sorted(sums, key=lambda arm: (arm.key != control, names[arm.key])),
        experiment.Named(arms=names, set_aside=reading.set_aside, outcome=reading.outcome),
        shares,
        Terms(margin=settings.margin, cost=design.cost_per_customer, planned=design.planned),
    )
    experiment_report = ExperimentReport(
        command="experiment",
        version=__version__,
        as_of=None,
        currency=reading.currency,
        inputs=reading.inputs,
        given={**report.given_settings(settings, SETTINGS), **design.given()},
        basis=_basis(answered.unit, settings),
        says=answered.says,
        main="effects",
        tables=answered.tables,
        outcome=reading.outcome,
        unit=answered.unit,
        arms=answered.arms,
        effects=answered.effects,
        checks=answered.checks,
        doubts=reading.doubts,
        saved=answered.saved,
        wider=answered.wider,
    )
    return report.with_findings(settings, experiment_report)


def _basis(unit: Unit, settings: Settings) -> str | None:
    """Return the basis of money; None for shares of customers."""
    if unit is Unit.RATE:
        return None
    return "revenue" if settings.margin is None else "margin"


def _read(
    sheets: Sequence[Sheet],
    temp: Path,
    settings: Settings,
    design: Design,
    step: Step,
) -> tuple[ExperimentReading, tuple[ArmSums, ...]]:
    """Read the files into an engine, and add up."""
    from ltvcli.engines import duckdb
    from ltvcli.facts import experiments
    from ltvcli.read import experiments as of_experiments
    from ltvcli.read.files import open_files

    asked = of_experiments.Asked(arm=design.arm, outcome=design.outcome, before=design.before)
    with (
        open_files.blamed(sheets, temp),
        duckdb.open([sheet.path for sheet in sheets], temp, settings.memory) as engine,
    ):
        step(N_("Reading the files"))
        try:
            reading = of_experiments.load(sheets, settings, engine, asked)
        finally:
            open_files.check_unchanged(sheets)
        step(N_("Adding up"))
        return reading, experiments.gather(engine)
