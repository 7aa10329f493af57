"""More recorded forecasts that did not hold than 80% intervals allow by chance."""

from __future__ import annotations

from math import comb

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.leavers import ForecastsReport
from ltvcli.units import Unit

SURE = 0.05
MISSED = 0.2
"""Share of 80% intervals that actual results may be outside of."""
ABOUT = About(
    label=N_("Forecasts miss"),
    definition=N_(
        "The actual result is outside the 80% interval in more of the recorded forecasts than "
        "chance makes likely (binomial test, 5%). The intervals are too narrow for this company: "
        "plan with wider ones."
    ),
    source="Christoffersen (1998), Evaluating Interval Forecasts, International Economic Review 39",
)


def check(report: ForecastsReport) -> Finding | None:
    """Find forecasts that held too rarely."""
    ended = [forecast.held for forecast in report.forecasts if forecast.held is not None]
    missed, n = ended.count(False), len(ended)
    p = sum(comb(n, k) * MISSED**k * (1 - MISSED) ** (n - k) for k in range(missed, n + 1))
    if not missed or p >= SURE:
        return None
    return Finding(
        check="forecasts-miss",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{missed} of {n} {n:forecast|forecasts} did not hold, where 80% intervals "
                "allow {expected}: plan with wider intervals."
            ),
            {"missed": missed, "n": n, "expected": Quantity(MISSED * n, Unit.RATIO)},
        ),
    )
