"""Segments of customers: `ltvcli.segments("orders.csv", by="channel")`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.segments import SegmentsReport


class SegmentsAnswer(Convertible, SegmentsReport, frozen=True, kw_only=True):
    """A SegmentsReport with methods to convert it."""


@written_errors()
def segments(
    *inputs: Any,
    by: str | Sequence[str] = (),
    minus: bool = False,
    include_customers: bool = False,
    plain_ids: bool = False,
    **options: Any,
) -> SegmentsAnswer:
    """Compare segments of customers, by columns of the export or of a customers file.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or of subscriptions.
        by: what to segment customers by: "channel", "plan", or the name of a column; or several.
        minus: find unprofitable customers, of orders.
        include_customers: list them, in tables["minus_customers"].
        plain_ids: list them by their IDs, not by hashes of them.
        options: the options of `ltv segments` with underscores: `cac=40`, `min_customers=50`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import segments as steps

    report = answered(
        options | ({"by": by} if by else {}),
        partial(
            steps.run,
            inputs,
            minus=minus,
            include_customers=include_customers,
            plain_ids=plain_ids,
        ),
    )
    return convertible(SegmentsAnswer, report)
