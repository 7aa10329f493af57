"""Outcomes of the customers of an experiment, summed in an engine: steps of every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import CapError
from ltvcli.units import parse_amount, parse_rate, usual_width

if TYPE_CHECKING:
    from ltvcli.analyses.experiment.measurements import Capped, Measurements
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.experiments import ArmSums
    from ltvcli.pipeline.experiment_design import Design

CAPPED = "--cap"


def measured(
    engine: DuckDB,
    outcomes: Sequence[str],
    design: Design,
    counts: Mapping[str, int],
    age: int | None = None,
) -> Measurements:
    """Add up the table `experiment_customers`.

    Args:
        engine: holds it; see facts.experiments.
        outcomes: what its outcomes are called.
        design: of which cap and segments matter.
        counts: of what was excluded, by name of the check.
        age: days since the assignment that count; None where files have outcomes.

    Raises:
        CapError: a share of buyers gives no cap.
    """
    from ltvcli.analyses.experiment.measurements import Measurements, Outcome
    from ltvcli.facts import experiments
    from ltvcli.read.experiments.measured import measure

    measures = []
    for place, name in enumerate(outcomes):
        measure(engine, place)
        sums = experiments.gather(engine)
        measures.append(Outcome(name=name, sums=sums, buckets=experiments.buckets(engine)))
    capped = None
    if design.cap is not None:
        measure(engine)
        capped = _capped(engine, design.cap)
    segments: tuple[ArmSums, ...] = ()
    if design.by:
        measure(engine, by_segment=True)
        segments = experiments.gather(engine)
    return Measurements(
        outcomes=tuple(measures),
        segments=segments,
        capped=capped,
        ages=experiments.by_age(engine, age) if age is not None else None,
        days=experiments.assignment_days(engine) if age is not None else (),
        counts=counts,
    )


def _capped(engine: DuckDB, text: str) -> Capped:
    """Sum the first outcome with a cap: an amount, or a quantile of buyers."""
    from ltvcli.analyses.experiment.measurements import Capped
    from ltvcli.facts import experiments
    from ltvcli.read.experiments.measured import measure

    if usual_width(text).endswith("%"):
        cap = experiments.share_cap(engine, parse_rate(CAPPED, text))
        if cap is None:
            raise CapError(share=text)
    else:
        cap = parse_amount(CAPPED, text)
    above = experiments.above(engine, cap)
    measure(engine, cap=cap)
    return Capped(cap=cap, above=above, sums=experiments.gather(engine))
