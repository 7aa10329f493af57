"""A few large outcomes decide the means, so that intervals may be too narrow."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ENOUGH, ExperimentReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Heavy tails"),
    definition=N_(
        "An arm has fewer customers than 355 times the squared skewness of their outcomes, so its "
        "mean is not close to a normal distribution and the coverage of its interval may be less "
        "than 95%."
    ),
    source="Kohavi et al. (2014), Seven Rules of Thumb for Web Site Experimenters, rule 7",
)


def check(report: ExperimentReport) -> Finding | None:
    """Find arms with too few customers for their skewness."""
    heavy = [arm for arm in report.arms if arm.is_heavy_tailed and arm.customers >= ENOUGH]
    if not heavy or not report.effects or report.unit is Unit.RATE:
        return None
    return Finding(
        check="heavy-tails",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "A few large outcomes dominate the means ({arms}): coverage of intervals may be "
                "less than 95%. Compare the effect on the share of buyers, too."
            ),
            {"arms": ", ".join(arm.name for arm in heavy)},
        ),
    )
