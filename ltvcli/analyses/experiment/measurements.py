"""Measurements of an experiment: sums of arms, and counts made on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.facts.experiments import AgeSums, ArmBuckets, ArmSums, AssignmentDays


class Outcome(Struct, frozen=True, kw_only=True):
    """An outcome of the customers: the sums of each arm, also by group of customers.

    Attributes:
        name: header of the column, or what was measured.
        sums: of every arm.
        buckets: by key of the arm.
    """

    name: str
    sums: tuple[ArmSums, ...]
    buckets: Mapping[str, ArmBuckets]

    def sorted_by(self, keys: Sequence[str]) -> tuple[ArmSums, ...]:
        """Return the sums in the order of the keys of arms."""
        by_key = {arm.key: arm for arm in self.sums}
        return tuple(by_key[key] for key in keys)

    @property
    def unit(self) -> Unit:
        """Money, or a rate where every outcome is 0 or 1."""
        return Unit.MONEY if any(arm.amounts for arm in self.sums) else Unit.RATE


class Capped(Struct, frozen=True, kw_only=True):
    """The first outcome where larger ones count as `cap`; `above` customers have one."""

    cap: float
    above: int
    sums: tuple[ArmSums, ...]


class Measurements(Struct, frozen=True, kw_only=True):
    """The measurements of an experiment.

    Attributes:
        outcomes: the one that decides first.
        segments: sums of the first outcome by segment and arm; none without `--by`.
        capped: the first outcome with a cap; None without one.
        ages: the outcome by age since the assignment; None where files have outcomes.
        days: of the assignment, by arm; none where they are not known.
        counts: what was counted on the way, by name of the check.
    """

    outcomes: tuple[Outcome, ...]
    segments: tuple[ArmSums, ...] = ()
    capped: Capped | None = None
    ages: AgeSums | None = None
    days: tuple[AssignmentDays, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
