"""Companies made up of cohorts: what the scorecard has to find in them, or must not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ltvcli.facts.trust import Cells, TrustFacts
from ltvcli.formulas.periods import Period, of

FIRST = 12 * 2024  # January 2024
BUCKETS = 100


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of a company: new customers a month, share kept, and both in the last month."""

    customers: float = 500
    kept: float = 0.8
    last_customers: float | None = None
    last_kept: float | None = None


def company(
    rng: np.random.Generator, *groups: Group, months: int = 18, mix: tuple[float, ...] = (0.6, 0.4)
) -> TrustFacts:
    """Draw a company month by month; customers bring 30 in 90 days, 60 or 5 after."""
    columns: dict[str, list[float]] = {name: [] for name in Cells.__struct_fields__}
    for code, group in enumerate(groups):
        for month in range(months):
            is_last = month == months - 1
            customers = group.customers
            kept = group.kept
            if is_last:
                customers = group.last_customers or customers
                kept = group.last_kept or kept
            for stratum, share in enumerate(mix):
                counts = rng.poisson(customers * share / BUCKETS, BUCKETS)
                stay = rng.binomial(counts, kept)
                for bucket, (new, stays) in enumerate(zip(counts, stay, strict=True)):
                    if not new:
                        continue
                    early = 20.0 * new + 10.0 * stays + float(rng.normal(0, 5)) * new**0.5
                    row = (code, stratum, FIRST + month, bucket, new, new, stays, early)
                    old = (stays, new - stays, 60.0 * stays, 5.0 * (new - stays))
                    for name, value in zip(columns, (*row, *old), strict=True):
                        columns[name].append(float(value))
    floats = ("early", "later_kept", "later_gone")
    return TrustFacts(
        kind="subscriptions",
        as_of=date(2027, 1, 1),
        groups=tuple(f"group {code}" for code in range(len(groups))),
        buckets=BUCKETS,
        horizon=12,
        cells=Cells(
            **{
                name: np.array(values, dtype=np.float64 if name in floats else np.int64)
                for name, values in columns.items()
            }
        ),
    )


def months(count: int = 18) -> list[Period]:
    """Return the months of a company."""
    first = of("month", date(2024, 1, 1))
    return [first.earlier(-number) for number in range(count)]


def named(facts: TrustFacts) -> dict[int | None, str]:
    """Return its groups by code, all customers under None."""
    groups: dict[int | None, str] = {None: ""}
    if len(facts.groups) > 1:
        groups |= dict(enumerate(facts.groups))
    return groups
