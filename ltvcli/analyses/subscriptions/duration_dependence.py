"""Duration dependence of churn: sBG compared with its extension (BdW)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.errors import FitFailedError
from ltvcli.results.evidence import Duration
from ltvcli.stats.retention import beta_discrete_weibull as bdw
from ltvcli.stats.retention import shifted_beta_geometric as sbg

if TYPE_CHECKING:
    from ltvcli.analyses.subscriptions.retention import Retention


def duration(retention: Retention) -> Duration | None:
    """Compare the model of renewals with BdW, at the last renewal within the horizon.

    None if there is no such renewal, or one of the models could not be fitted.
    """
    fitted = retention.fitted
    renewals = retention.months // retention.every
    if fitted is None or not renewals:
        return None
    try:
        full = bdw.fit(retention.seen)
    except FitFailedError:
        return None
    return Duration(
        p=bdw.duration_independence(fitted, full),
        months=renewals * retention.every,
        shape=full.shape,
        simple=float(sbg.survival(fitted.churn, fitted.spread, renewals)[-1]),
        full=float(bdw.survival(full.churn, full.spread, full.shape, renewals)[-1]),
    )
