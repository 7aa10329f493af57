"""What changed in a period: `ltvcli.review("orders.csv", period="quarter")`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.review import ReviewReport


class ReviewAnswer(Convertible, ReviewReport, frozen=True, kw_only=True):
    """A ReviewReport with methods to convert it."""


@written_errors()
def review(
    *inputs: Any,
    period: str = "month",
    against: str = "previous",
    by: str | Sequence[str] = (),
    **options: Any,
) -> ReviewAnswer:
    """Review the last whole period of exports: what changed, by how much, and why.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions.
        period: "week", "month" or "quarter".
        against: "previous", "last-year", or the first and last day of a whole period, as in
            "2025-10-01..2025-10-31".
        by: what to segment customers by: "channel", or the name of a column; or several.
        options: the options of `ltv review` with underscores: `spend="spend.csv"`, `margin=0.4`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import review as steps

    given = options | ({"by": by} if by else {})
    report = answered(given, partial(steps.run, inputs, period=period, against=against))
    return convertible(ReviewAnswer, report)
