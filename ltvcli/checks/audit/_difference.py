"""Findings about a claim that contradicts the others, worded the same way for every check."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import CLAIMS, AuditReport, Difference

TOO_MUCH = N_(
    "{claim} of {claimed} is inconsistent: {source} = {value} (max. {limit} after rounding)."
)
TOO_LITTLE = N_(
    "{claim} of {claimed} is inconsistent: {source} = {value} (min. {limit} after rounding)."
)


def first(report: AuditReport, claims: tuple[str, ...], *causes: str) -> Difference | None:
    """Find a claim of `claims` that differs for one of `causes`."""
    return next(
        (
            difference
            for difference in report.differences
            if difference.claim in claims and difference.cause in causes
        ),
        None,
    )


def facts(difference: Difference) -> dict[str, Fact]:
    """Return the facts of a sentence about `difference`."""
    unit = CLAIMS[difference.claim].unit
    too_much = difference.high is not None and difference.claimed > difference.high
    limit = difference.high if too_much else difference.low
    nearest = limit if limit is not None else difference.claimed
    return {
        "claim": CLAIMS[difference.claim].label,
        "claimed": Quantity(difference.claimed, unit),
        "source": difference.source,
        "value": Quantity(nearest if difference.value is None else difference.value, unit),
        "limit": Quantity(nearest, unit),
    }


def unexplained(check: str, difference: Difference | None) -> Finding | None:
    """Report a claim that does not follow from the others, without an explanation."""
    if difference is None:
        return None
    too_much = difference.high is not None and difference.claimed > difference.high
    return Finding(
        check=check,
        severity=Severity.ERROR,
        says=Sentence(TOO_MUCH if too_much else TOO_LITTLE, facts(difference)),
    )
