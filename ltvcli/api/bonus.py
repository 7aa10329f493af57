"""Commissions that vest while customers stay: `ltvcli.bonus("subscriptions.csv", ...)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.results.bonus import BonusReport
from ltvcli.settings import settings as config


class BonusAnswer(Convertible, BonusReport, frozen=True, kw_only=True):
    """A BonusReport with methods to convert it."""


@written_errors()
def bonus(*inputs: Any, deals: Any, plan: Mapping[str, Any], **options: Any) -> BonusAnswer:
    """Pay commissions that vest while customers stay.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions.
        deals: a path, a glob or a pandas data frame, or several.
        plan: of pay, as after `bonus:` in ltv.yaml:
            `{"schedule": {"signing": "50%", "90d": "25%", "180d": "25%"}, "pro_rata": True}`.
        options: the options of `ltv bonus` with underscores: `as_of="2026-10-31"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import bonus as steps
    from ltvcli.pipeline.report import refuse_unused
    from ltvcli.settings import bonus as plans

    listed = deals if isinstance(deals, (list, tuple)) else [deals]
    settings = config.from_python(options)
    report = steps.run(inputs, settings, listed, plans.read(plan, {}))
    refuse_unused(settings, report)
    return convertible(BonusAnswer, report)
