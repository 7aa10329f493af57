"""What a measure brought: `ltvcli.experiment("results.csv")`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.recording import answered
from ltvcli.results.experiment import ExperimentReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentAnswer(Convertible, ExperimentReport):
    """An ExperimentReport with methods to convert it."""


def experiment(
    *inputs: Any,
    outcome: str | None = None,
    arm: str | None = None,
    control: str | None = None,
    before: str | None = None,
    cost_per_customer: float | None = None,
    split: Mapping[str, float] | None = None,
    peek: int | None = None,
    **options: Any,
) -> ExperimentAnswer:
    """Compare what customers of each arm of an experiment brought with those of the control.

    Args:
        inputs: paths, globs or pandas data frames with arm and outcome in one row per customer.
        outcome: column of what a customer brought: money, or 0 and 1.
        arm: column of the arm; None for one with a usual header.
        control: arm that was left as it was; None for one with a usual name.
        before: column of what a customer brought before, for CUPED.
        cost_per_customer: of the measure, for ROI.
        split: share of customers that each arm was meant to have; all the same if None.
        peek: customers planned in all arms, for intervals that hold at every look.
        options: the options of `ltv experiment` with underscores: `margin=0.5`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import experiment as steps

    design = steps.Design(
        arm=arm,
        outcome=outcome,
        control=control,
        before=before,
        cost_per_customer=cost_per_customer,
        split=tuple(f"{name}={share}" for name, share in (split or {}).items()),
        planned=peek,
    )
    report = answered(options, lambda settings: steps.run(inputs, settings, design))
    return convertible(ExperimentAnswer, report)
