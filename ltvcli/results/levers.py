"""Data with which a page can change the value of a customer, as `ltv whatif` would."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Lapses(Struct, frozen=True, kw_only=True):
    """The share of customers still active, a step function: `share[i]` from month `times[i]` on.

    `months` are those over which revenue is known. `by_hazard` is whether a change of churn is one
    of the hazard; else churn is the share that leaves within a month.
    """

    times: tuple[float, ...]
    share: tuple[float, ...]
    months: int
    by_hazard: bool


class OnCommandLineOnly(Struct, frozen=True, kw_only=True):
    """Why a page cannot change the value, and the words of `ltv whatif` that do."""

    because: str
    command: tuple[str, ...]


class Levers(Struct, frozen=True, kw_only=True):
    """The inputs of the headline, as values of the full sample.

    Attributes:
        command: words of `ltv whatif` that give the same values, without changes.
        typed: values of levers as they were typed, which a change is written behind.
        method: of the headline.
        currency: of money; None if it is not known.
        values: levers that can be changed, by name.
        links: elasticities: {moved: {mover: percent per percent}}, both among the levers.
        inputs: numbers of the method and of the payback formula, by name; not all are levers.
        horizon: months of age that the headline counts.
        revenue: per customer in each month of age, as far as it is known.
        orders: per customer in each month of age up to the horizon, where frequency follows churn.
        active: share of each month of age in which a customer is active, up to the horizon.
        lapses: how long customers stay; None without data.
        steps: LTV/CAC from which each grade holds, from caution up.
        graded: whether the data is sufficient for a grade.
        assumed_margin: whether no margin is known, so that at 100% a grade is the best possible.
    """

    command: tuple[str, ...]
    typed: Mapping[str, str]
    method: str
    currency: str | None
    values: Mapping[str, float]
    links: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    inputs: Mapping[str, float]
    horizon: int = 0
    revenue: tuple[float, ...] = ()
    orders: tuple[float, ...] = ()
    active: tuple[float, ...] = ()
    lapses: Lapses | None = None
    steps: tuple[float, ...]
    graded: bool
    assumed_margin: bool
