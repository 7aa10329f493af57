"""The design of an experiment, and the cost of its measure."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from ltvcli.settings.plans import Initiative
from ltvcli.units import Money


class Design(Struct, frozen=True, kw_only=True):
    """How an experiment was made.

    Attributes:
        arm: header of the arms; None for a usual one.
        outcomes: headers of outcomes, net of refunds; the first one decides.
        control: name of the arm that was left as it was; None for a usual one.
        before: header of values before the start; None if there are none.
        assignments: files of who was in which arm since when, beside orders.
        age: days since the assignment that count; None to choose them.
        start: day of the assignment of all customers, where no column says it.
        cost: of the measure as a whole; None if it has none.
        cost_per_customer: of the measure; None if it is not known.
        split: `ARM=SHARE` for every arm; none where all arms were meant to be as large.
        cap: outcome above which outcomes count as so much, an amount or a share of buyers (99%).
        by: columns by which effects are explored.
        planned: customers in all arms when looking at every stage; None for one look at the end.
        initiatives: of `ltv whatif`, as planned.
        initiatives_file: they were typed with; "" if they were not typed.
    """

    arm: str | None = None
    outcomes: tuple[str, ...] = ()
    control: str | None = None
    before: str | None = None
    assignments: tuple[Any, ...] = ()
    age: int | None = None
    start: date | None = None
    cost: Money | None = None
    cost_per_customer: Money | None = None
    split: tuple[str, ...] = ()
    cap: str | None = None
    by: tuple[str, ...] = ()
    planned: int | None = None
    initiatives: tuple[Initiative, ...] = ()
    initiatives_file: str = ""

    def given(self) -> dict[str, float | str]:
        """Return the given options, by name, for the record."""
        unnamed = ("initiatives", "initiatives_file", "assignments")
        known = {name: value for name, value in asdict(self).items() if name not in unnamed}
        shown = {name: value for name, value in known.items() if value not in (None, ())}
        given = {
            "outcome" if name == "outcomes" else name: _plain(value)
            for name, value in shown.items()
        }
        return given | ({"planned_file": self.initiatives_file} if self.initiatives_file else {})

    def costs(self) -> Money | None:
        """Return the cost per customer; 0 where only a cost as a whole is known."""
        return self.cost_per_customer if self.cost is None else self.cost_per_customer or 0.0


def _plain(value: Any) -> float | str:
    if isinstance(value, tuple):
        return ", ".join(value)
    plain: float | str = value.isoformat() if isinstance(value, date) else value
    return plain
