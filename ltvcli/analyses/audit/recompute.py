"""Compare each claim with the others: the table of claims, and contradictions."""

from __future__ import annotations

from ltvcli.analyses.audit import basics
from ltvcli.analyses.audit import ltv as worth
from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.derivations import WHOLE, Known, Route
from ltvcli.analyses.audit.interval_arithmetic import Span, bounded, exactly, meet, of, range_of
from ltvcli.results import Row
from ltvcli.results.audit import CLAIMS, Difference, SeenChurn, Support

WORTH = ("ltv", "ltv_to_cac")
"""Claims about the value of a customer relative to CAC: revenue in them is a separate mistake."""


STEPS = (
    basics.recurring, basics.revenue_of_one, basics.churn, basics.lifespan, basics.cac,
    worth.ltv, worth.ltv_to_cac, worth.payback, worth.margin,
)  # fmt: skip
"""Derivations, each after those on which it depends."""


def known(pitch: Pitch) -> Known:
    """Derive everything that follows from the claims of a pitch."""
    derived = Known(pitch, {key: of(claim) for key, claim in pitch.claims.items()})
    for step in STEPS:
        step(derived)
    return derived


def differences(known: Known) -> tuple[Difference, ...]:
    """List contradictions between a claim and the figure derived from the others."""
    causes = ((route, _cause(known, route)) for route in known.routes)
    return tuple(
        Difference(
            claim=route.claim,
            source=route.source,
            claimed=known.pitch.claims[route.claim].value,
            value=bounded(route.derived.value),
            low=bounded(route.derived.low),
            high=bounded(route.derived.high),
            cause=cause,
        )
        for route, cause in causes
        if cause is not None
    )


def rows(known: Known) -> tuple[Row, ...]:
    """List claims as made and as derived, in the order of CLAIMS.

    Claims that follow from no other, and derived figures that were not claimed, are listed as well.
    `recomputed_low` to `recomputed_high` is what the rounding of the claims allows.
    """
    listed: list[Row] = []
    for key, figure in CLAIMS.items():
        claim = known.pitch.claims.get(key)
        routes = [route for route in known.routes if route.claim == key]
        base: Row = {
            "claim": key,
            "unit": figure.measure,
            "claimed": claim.value if claim else None,
        }
        if claim and not routes:
            listed.append({**base, **_recomputed(None), **_agreement(known, None)})
        listed += [
            {
                **base,
                **_recomputed(route.derived),
                **_agreement(known, route),
            }
            for route in routes
        ]
    return tuple(listed)


def lifetime(known: Known) -> Span | None:
    """Return the lifetime in months that the claims require, within their rounding.

    It is the claimed lifespan; else LTV over monthly margin (or monthly revenue, if no margin is
    claimed, or LTV is revenue); else 1 / churn, if an LTV is claimed.
    """
    if known.claimed("lifespan"):
        return known.get("lifespan")
    if not (known.claimed("ltv") or known.claimed("ltv_to_cac")):
        return None
    if known.has("ltv", "arpu") and known.get("arpu").low > 0:
        causes = [
            difference.cause for difference in differences(known) if difference.claim in WORTH
        ]
        revenue = known.in_revenue or "revenue" in causes
        margin = WHOLE if revenue else known.get("margin", WHOLE)
        if margin.low > 0:
            return range_of(
                lambda ltv, arpu, share: ltv / (arpu * share),
                *(known.get("ltv"), known.get("arpu"), margin),
            )
    return known.spans.get("lifespan")


def seen_churn(known: Known) -> SeenChurn | None:
    """Return the number of leavers behind a churn, with its 95% interval.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.
    """
    if not known.has("churn", "customers"):
        return None
    from ltvcli.stats.retention import mean_churn

    months = known.get("churn_over", WHOLE)
    churn, customers = known.get("churn"), known.get("customers")
    exposure = customers.value * months.value
    interval = mean_churn.last_months([exposure], [churn.value * exposure])
    if interval is None:
        return None
    return SeenChurn(
        value=churn.value,
        leavers=churn.value * exposure,
        most=churn.high * customers.high * months.high,
        exposure=exposure,
        low=interval.low,
        high=interval.high,
    )


def _cause(known: Known, route: Route) -> str | None:
    """Return the cause of a contradiction, "" if it is unknown; None if the claim agrees."""
    claim = known.pitch.claims.get(route.claim)
    if claim is None:
        return None
    if not meet(of(claim), route.derived):
        return next((why for why, span in route.otherwise.items() if meet(of(claim), span)), "")
    with_cac = known.claimed("cac") or known.claimed("ltv_to_cac")
    left_out = route.revenue is not None and meet(of(claim), exactly(route.revenue))
    return "revenue" if left_out and with_cac else None


def _agreement(known: Known, route: Route | None) -> Row:
    """Describe whether a claim agrees; a formula without a limit never supports one."""
    agrees, support = None, None
    if route and route.claim in known.pitch.claims:
        follows = _cause(known, route) is None
        support = Support.NONE if not follows else Support.CLAIMS
        if follows and route.uncapped:
            support = Support.FORMULA
        agrees = None if support is Support.FORMULA else follows
    source = route.source if route else ""
    return {"source": source, "agrees": agrees, "horizon": None, "support": support}


def _recomputed(span: Span | None) -> Row:
    low, value, high = (bounded(end) for end in span) if span else (None, None, None)
    return {"recomputed": value, "recomputed_low": low, "recomputed_high": high}
