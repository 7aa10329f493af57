"""Which columns are used for a question, and the order in which they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.analyses.risk import columns as judging
from ltvcli.analyses.risk import prospects, today
from ltvcli.errors import NoAttributesError, NobodyLeftError
from ltvcli.results.experiment import Range
from ltvcli.results.risk import NOT_OF_PROSPECTS, Column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.asked import Asked, Customers
    from ltvcli.analyses.risk.columns import Judged

    Ints = NDArray[np.int64]


def judged(customers: Customers, asked: Asked, folds: Ints) -> tuple[Judged, ...]:
    """Judge every column; those that prospects do not have are not used for them.

    Args:
        customers: whose outcome is known.
        asked: the question.
        folds: number of the fold of each customer, shape `(n,)`.

    Raises:
        NobodyLeftError: all left, or none.
        NoAttributesError: no column is left.
    """
    left = customers.left
    if left.all() or not left.any():
        raise NobodyLeftError(left=int(left.sum()), customers=len(left))
    verdicts = judging.judged(customers.attributes, left, folds, asked.without)
    later = today.leaks(asked.now) if asked.now else {}
    verdicts = tuple(
        replace(row, because=row.because or later.get(row.name, "")) for row in verdicts
    )
    for scored in (asked.prospects, asked.declined):
        if scored is None:
            continue
        known = {prospects.key(column.name) for column in scored.columns}
        verdicts = tuple(
            row
            if row.because or prospects.key(row.name) in known
            else replace(row, because=NOT_OF_PROSPECTS)
            for row in verdicts
        )
    if all(row.because for row in verdicts):
        reasons = ", ".join(f"{row.name} ({row.because})" for row in verdicts) or "-"
        raise NoAttributesError(file=customers.file, reasons=reasons)
    return verdicts


def ranked(verdicts: Sequence[Judged]) -> tuple[Column, ...]:
    """Return the columns, most predictive first, then the excluded ones."""
    made = [
        Column(
            name=column.name,
            because=column.because,
            auc=(
                Range(value=column.alone.value, low=column.alone.low, high=column.alone.high)
                if column.alone
                else None
            ),
            protected=column.protected,
        )
        for column in verdicts
    ]
    return tuple(
        sorted(
            made,
            key=lambda column: (bool(column.because), -(column.auc.value if column.auc else 0)),
        )
    )
