"""The effect of a measure: the steps of `ltv experiment`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.errors import NoFileError, WithAssignmentsError, WithoutAssignmentsError
from ltvcli.language import N_
from ltvcli.pipeline import experiment_measures, forecast_record, report
from ltvcli.pipeline.experiment_design import Design
from ltvcli.pipeline.read_files import open_sheets, stored
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import InputFile, Statement
from ltvcli.results.experiment import Doubts, ExperimentReport
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltvcli.analyses.experiment.measurements import Measurements
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.experiments.assignments import Assignments
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading

__all__ = ["Design", "run"]

SETTINGS = ("currency", "encoding", "margin")
"""Settings that change the answer, of results with one row per customer."""
OF_ORDERS = (*SETTINGS, "as_of", "date_format", "exclude", "status_paid")
"""Settings that change the answer, of orders with assignments."""
CONTRIBUTION, REVENUE = N_("contribution"), N_("revenue")


class _Read(Struct, frozen=True, kw_only=True):
    """The input of either kind of files, and its measurements.

    Attributes:
        inputs: files with every row accounted for.
        currency: of the outcome, if known.
        as_of: last day of the orders; None for results.
        names: of the arms, by key.
        set_aside: rows that could not be used, by key of the arm.
        doubts: what a reader of the effects must know.
        measured: the sums.
        margin: share of the outcome that is kept; None if not known.
        age: days since the assignment that count; None for results.
        says: what is known of the orders of those assigned.
    """

    inputs: tuple[InputFile, ...]
    currency: str | None
    as_of: date | None
    names: dict[str, str]
    set_aside: dict[str, int]
    doubts: Doubts
    measured: Measurements
    margin: float | None
    age: int | None = None
    says: tuple[Statement, ...] = ()


def run(
    inputs: Sequence[Any],
    settings: Settings,
    design: Design,
    step: Step = unwatched,
    rejects: Path | None = None,
) -> ExperimentReport:
    """Compare the outcome of customers of each arm with that of the control.

    Args:
        inputs: paths, globs, "-" or pandas data frames: orders if there are assignments, else
            results with arm and outcome in one row.
        settings: what was given.
        design: which columns, which control, what the measure cost.
        step: called with the name of each step as it begins.
        rejects: where to write the rows that were excluded.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.experiment import answer as experiment
    from ltvcli.analyses.experiment import groups, promises
    from ltvcli.analyses.experiment.effects import Terms

    if not inputs:
        example = "results.csv --arm group --outcome spend"
        raise NoFileError(command="experiment", example=example)
    _check(design)
    read = _orders if design.assignments else _results
    gathered = read(inputs, settings, design, step, rejects)
    step(N_("Comparing"))
    sums = gathered.measured.outcomes[0].sums
    names = {arm.key: gathered.names[arm.key] for arm in sums}
    control = groups.control_of(names, design.control)
    keys = sorted(names, key=lambda key: (key != control, names[key]))
    ordered = {key: names[key] for key in keys}
    treated = [arm for arm in sums if arm.key != control]
    heads = sum(arm.customers + gathered.set_aside.get(arm.key, 0) for arm in treated)
    answered = experiment.answer(
        gathered.measured,
        experiment.Named(
            arms=ordered,
            set_aside=gathered.set_aside,
            shares=groups.shares_of(ordered, design.split),
            is_money=bool(design.assignments),
            initiatives=promises.matched(
                list(ordered.values()), design.initiatives, typed=bool(design.initiatives_file)
            ),
        ),
        Terms(
            margin=gathered.margin,
            cost=design.costs(),
            planned=design.planned,
            fixed=design.cost or 0.0,
            heads=heads,
        ),
    )
    used = OF_ORDERS if design.assignments else SETTINGS
    experiment_report = ExperimentReport(
        command="experiment",
        version=__version__,
        as_of=gathered.as_of,
        currency=gathered.currency,
        inputs=gathered.inputs,
        given={**report.given_settings(settings, used), **design.given()},
        basis=_basis(answered.unit, gathered.margin),
        says=(*answered.says, *gathered.says),
        main="effects",
        tables=answered.tables,
        outcome=gathered.measured.outcomes[0].name,
        unit=answered.unit,
        age=gathered.age,
        is_surrogate=answered.is_surrogate,
        forecast_record=forecast_record.newest(settings, gathered.currency)
        if answered.is_surrogate
        else None,
        arms=answered.arms,
        effects=answered.effects,
        checks=answered.checks,
        doubts=gathered.doubts,
        saved=answered.saved,
        wider=answered.wider,
        ages=answered.ages,
        capped=answered.capped,
        segments=answered.segments,
        promises=answered.promises,
    )
    planned = [sign for initiative in design.initiatives for sign in initiative.signs]
    return report.with_findings(settings, experiment_report, signs=planned)


def _check(design: Design) -> None:
    """Refuse options of the other kind of files.

    Raises:
        WithAssignmentsError: there are assignments, and an option of results.
        WithoutAssignmentsError: there are none, and an option of orders.
    """
    if design.assignments:
        for option, value in {"--outcome": design.outcomes, "--before": design.before}.items():
            if value:
                raise WithAssignmentsError(option=option)
        return
    for option, typed in {"--age": design.age, "--start": design.start}.items():
        if typed is not None:
            raise WithoutAssignmentsError(option=option)


def _basis(unit: Unit, margin: float | None) -> str | None:
    """Return the basis of money; None for shares of customers."""
    if unit is Unit.RATE:
        return None
    return "revenue" if margin is None else "margin"


def _results(
    inputs: Sequence[Any], settings: Settings, design: Design, step: Step, rejects: Path | None
) -> _Read:
    """Read results with one row per customer, and add up."""
    from ltvcli.read import experiments as of_experiments

    asked = of_experiments.Asked(
        arm=design.arm, outcomes=design.outcomes, before=design.before, by=design.by
    )

    def read(
        sheets: Sequence[Sheet], settings: Settings, engine: DuckDB
    ) -> of_experiments.ExperimentReading:
        return of_experiments.load(sheets, settings, engine, asked)

    with (
        open_sheets(inputs, settings, step) as (sheets, temp),
        stored(sheets, temp, settings, rejects, step, read) as (reading, engine),
    ):
        step(N_("Computing sums"))
        counts = {"in-two-arms": reading.doubts.in_two_arms} if reading.doubts.in_two_arms else {}
        return _Read(
            inputs=reading.inputs,
            currency=reading.currency,
            as_of=None,
            names=reading.names,
            set_aside=reading.set_aside,
            doubts=reading.doubts,
            measured=experiment_measures.measured(engine, reading.outcomes, design, counts),
            margin=settings.margin,
        )


def _orders(
    inputs: Sequence[Any], settings: Settings, design: Design, step: Step, rejects: Path | None
) -> _Read:
    """Read orders and assignments, and sum the value of customers since assignment."""
    from ltvcli.analyses.experiment import further_sentences

    with _assigned(inputs, settings, design, step, rejects) as (reading, assigned, engine):
        step(N_("Computing sums"))
        knows_worth = settings.margin is not None or reading.has_cost
        counts = {
            "orders-before": assigned.orders_before,
            "not-observed": assigned.not_observed,
            "in-two-arms": assigned.doubts.in_two_arms,
        }
        measured = experiment_measures.measured(
            engine, [CONTRIBUTION if knows_worth else REVENUE], design, counts, assigned.age
        )
        customers = sum(arm.customers for arm in measured.outcomes[0].sums)
        return _Read(
            inputs=reading.inputs,
            currency=reading.currency,
            as_of=reading.as_of,
            names=assigned.names,
            set_aside=assigned.set_aside,
            doubts=assigned.doubts,
            measured=measured,
            margin=1.0 if knows_worth else None,
            age=assigned.age,
            says=tuple(
                further_sentences.observed(
                    assigned.age, customers, assigned.matched, assigned.not_observed
                )
            ),
        )


@contextmanager
def _assigned(
    inputs: Sequence[Any], settings: Settings, design: Design, step: Step, rejects: Path | None
) -> Iterator[tuple[Reading, Assignments, DuckDB]]:
    """Read orders, then assignments, into one engine."""
    from ltvcli.pipeline.kind_settings import without_spend
    from ltvcli.read.experiments import assignments
    from ltvcli.read.files import open_files
    from ltvcli.read.orders import load as orders

    asked = assignments.Assigned(arm=design.arm, start=design.start, by=design.by, age=design.age)
    of_orders = override(assignments.of_orders(without_spend(settings)), from_=None, new_since=None)
    read_in: list[Assignments] = []
    with open_sheets(inputs, of_orders, step) as (sheets, temp):
        folder = temp / "assignments"
        folder.mkdir()
        assigned = open_files.open_all(design.assignments, assignments.of_theirs(settings), folder)

        def read(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
            reading = orders.load(sheets, of_orders, engine)
            read_in.append(
                assignments.load(
                    assigned, sheets, reading, settings, engine, asked, settings.margin
                )
            )
            return replace(reading, inputs=(*reading.inputs, *read_in[-1].inputs))

        with stored(sheets, temp, settings, rejects, step, read, assigned) as (reading, engine):
            yield reading, read_in[-1], engine
