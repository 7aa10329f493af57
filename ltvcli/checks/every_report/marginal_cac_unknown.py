"""A marginal CAC that the data does not show."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Severity

ABOUT = About(
    label=N_("Marginal CAC unknown"),
    definition=N_(
        "The data does not show the marginal CAC: there are too few months, spend hardly "
        "changed, or new customers did not follow it significantly."
    ),
    source="First differences: Wooldridge (2020), Introductory Econometrics, 10.5",
)


def check(report: Run) -> Finding | None:
    """Find that there is spend, but no marginal CAC."""
    if report.acquisition is None or report.acquisition.marginal_missing is None:
        return None
    return Finding(
        check="marginal-cac-unknown",
        severity=Severity.INFO,
        says=report.acquisition.marginal_missing,
    )
