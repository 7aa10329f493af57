"""The effect of a measure: `ltvcli.experiment("results.csv")`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.experiment import ExperimentReport


class ExperimentAnswer(Convertible, ExperimentReport, frozen=True, kw_only=True):
    """An ExperimentReport with methods to convert it."""


@written_errors()
def experiment(
    *inputs: Any,
    assignments: Any = (),
    outcome: str | Sequence[str] = (),
    arm: str | None = None,
    control: str | None = None,
    before: str | None = None,
    age: str | None = None,
    start: str | None = None,
    cost: float | None = None,
    cost_per_customer: float | None = None,
    split: Mapping[str, float] | None = None,
    peek: int | None = None,
    cap: float | str | None = None,
    by: str | Sequence[str] = (),
    planned: str | None = None,
    plan: bool = False,
    effect: float | None = None,
    **options: Any,
) -> ExperimentAnswer:
    """Compare the outcome of each arm of an experiment with that of the control.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations: orders with
            `assignments`, else results with arm and outcome in one row per customer.
        assignments: paths or data frames of customer, arm and day.
        outcome: columns of the outcome: money, or 0 and 1; the first one decides.
        arm: column of the arm; None for one with a usual header.
        control: arm that was left as it was; None for one with a usual name.
        before: column of values before the start, for CUPED.
        age: common age since the assignment, as "90d"; None to choose it.
        start: day of the assignment of all customers, where no column says it.
        cost: of the measure as a whole.
        cost_per_customer: of the measure, for ROI.
        split: share of customers that each arm was meant to have; all the same if None.
        peek: customers planned in all arms, for intervals that hold at every look.
        cap: amount, or percentile of buyers as "99%", at which outcomes are capped.
        by: columns of the assignments or results by which effects are explored.
        planned: file of initiatives of `ltv whatif`, to compare with the arms of the same name.
        plan: find out from orders what an experiment takes, instead.
        effect: with `plan`, the effect to detect, relative to the mean outcome.
        options: the options of `ltv experiment` with underscores: `margin=0.5`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import experiment as steps
    from ltvcli.pipeline import experiment_plan
    from ltvcli.read import initiatives
    from ltvcli.settings.parsing import days
    from ltvcli.units import parse_date

    common_age = days("age", age) if age else None
    if plan:
        future = answered(
            options, lambda settings: experiment_plan.run(inputs, settings, effect, common_age)
        )
        return convertible(ExperimentAnswer, future)
    design = steps.Design(
        assignments=_several(assignments),
        arm=arm,
        outcomes=_several(outcome),
        control=control,
        before=before,
        age=common_age,
        start=parse_date("start", start) if start else None,
        cost=cost,
        cost_per_customer=cost_per_customer,
        split=tuple(f"{name}={share}" for name, share in (split or {}).items()),
        planned=peek,
        cap=None if cap is None else str(cap),
        by=_several(by),
        initiatives=initiatives.read(planned) if planned else (),
        initiatives_file=planned or "",
    )
    report = answered(options, lambda settings: steps.run(inputs, settings, design))
    return convertible(ExperimentAnswer, report)


def _several(given: Any) -> tuple[Any, ...]:
    """Return one or several as a tuple."""
    return tuple(given) if isinstance(given, (list, tuple)) else (given,)
