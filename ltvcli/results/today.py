"""Today's customers: accuracy of the prediction of churn, and each customer's probability."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from ltvcli.results.experiment import Range
from ltvcli.results.risk_record import Bin, Group, Record, Verdict


class Standing(StrEnum):
    """The probability of a customer compared with the overall rate."""

    HIGH = "high"
    WATCH = "watch"
    LOW = "low"
    UNKNOWN = "unknown"


class Present(Struct, frozen=True, kw_only=True):
    """A customer who has not left.

    Attributes:
        customer: id.
        chance: that the customer leaves, within the interval of what such customers did; None if
            no past customer was like this one.
        multiple: chance over the rate of all.
        at_stake: chance times what the customer would bring otherwise in 90 days; None where no
            file says what customers bring.
        word: high (low) if the whole interval lies above (below) the rate of all, else watch.
        because: columns that speak for leaving (▲) and against it (▼), the strongest first; of an
            unknown customer, cells that no past customer had.
    """

    customer: str
    chance: Range | None
    multiple: float | None
    at_stake: float | None
    word: Standing
    because: tuple[str, ...]


class Today(Struct, frozen=True, kw_only=True):
    """Customers who have not left, and the record of the model that scores them.

    Attributes:
        verdict: what the record allows; None where the files do not reach back far enough.
        customers: of the newest day of which the outcome is known; of a snapshot, all.
        left: of these.
        present: customers today who are in the file of customers.
        missing: customers today who are not in it, and so not scored.
        records: of each model on that day; none of a snapshot, whose record is that of the report.
        bins: of the chosen model.
        column: the best single one.
        groups: of it, where no model beats it.
        rows: the customers, the most at stake first (of a snapshot, those with the highest chance);
            none without a score.
    """

    verdict: Verdict | None
    customers: int = 0
    left: int = 0
    present: int = 0
    missing: int = 0
    records: tuple[Record, ...] = ()
    bins: tuple[Bin, ...] = ()
    column: str = ""
    groups: tuple[Group, ...] = ()
    rows: tuple[Present, ...] = ()

    @property
    def is_snapshot(self) -> bool:
        """Whether chances are those of having left by the day of the file."""
        return self.verdict is not None and not self.records and bool(self.rows)
