"""A claim that is not what follows from the others, said the same way by every check."""

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
        (one for one in report.differences if one.claim in claims and one.cause in causes), None
    )


def facts(one: Difference) -> dict[str, Fact]:
    """Give what a sentence about `one` is filled with."""
    unit = CLAIMS[one.claim].unit
    too_much = one.high is not None and one.claimed > one.high
    limit = one.high if too_much else one.low
    nearest = limit if limit is not None else one.claimed
    return {
        "claim": CLAIMS[one.claim].label,
        "claimed": Quantity(one.claimed, unit),
        "source": one.source,
        "value": Quantity(nearest if one.value is None else one.value, unit),
        "limit": Quantity(nearest, unit),
    }


def unexplained(check: str, one: Difference | None) -> Finding | None:
    """Say that a claim does not follow, with nothing to explain it."""
    if one is None:
        return None
    too_much = one.high is not None and one.claimed > one.high
    return Finding(
        check=check,
        severity=Severity.ERROR,
        says=Sentence(TOO_MUCH if too_much else TOO_LITTLE, facts(one)),
    )
