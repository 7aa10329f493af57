"""What follows from the claims, by every route from other claims, with their rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.spans import Span, divided, exactly, hull, of, over
from ltvcli.formulas import pitch as formulas
from ltvcli.formulas.lifetime_value import fixed_life
from ltvcli.language import N_
from ltvcli.units import MONTHS_PER_YEAR, monthly_from_yearly

PAID = N_("spend / paid customers")
NONE = exactly(0.0)
WHOLE = exactly(1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a figure is by other claims: `found`, within what their rounding allows.

    `otherwise` is what it would be by a known mistake. `revenue` is what it would be with nothing
    taken off, where no margin is claimed: whoever claims just that has left the margin out.
    """

    claim: str
    source: str
    found: Span
    otherwise: Mapping[str, Span] = field(default_factory=dict)
    revenue: float | None = None


@dataclass(slots=True)
class Known:
    """What is claimed and, once it was found, what follows from that; and the routes there."""

    pitch: Pitch
    spans: dict[str, Span]
    routes: list[Route] = field(default_factory=list)

    def has(self, *keys: str) -> bool:
        """Tell whether all of `keys` are claimed or were found."""
        return self.spans.keys() >= set(keys)

    def claimed(self, *keys: str) -> bool:
        """Tell whether all of `keys` are claimed."""
        return self.pitch.claims.keys() >= set(keys)

    def add(self, route: Route) -> None:
        """Keep a route; what is not claimed is from now on what was found first."""
        self.routes.append(route)
        self.spans.setdefault(route.claim, route.found)

    def get(self, key: str, otherwise: Span = NONE) -> Span:
        """Give a claim or what was found."""
        return self.spans.get(key, otherwise)

    @property
    def in_revenue(self) -> bool:
        """Whether LTV is said to be revenue."""
        return self.pitch.basis == "revenue"


def known(pitch: Pitch) -> Known:
    """Find everything that follows from the claims of a pitch."""
    found = Known(pitch, {key: of(claim) for key, claim in pitch.claims.items()})
    for step in (_recurring, _arpu, _churn, _lifespan, _cac, _ltv, _ltv_to_cac, _payback, _margin):
        step(found)
    return found


def _recurring(known: Known) -> None:
    """A year is twelve months, all customers are each of them."""
    if known.claimed("mrr"):
        arr = over(lambda mrr: MONTHS_PER_YEAR * mrr, known.get("mrr"))
        known.add(Route(claim="arr", source="12 x mrr", found=arr))
    elif known.claimed("arr"):
        mrr = over(lambda arr: arr / MONTHS_PER_YEAR, known.get("arr"))
        known.add(Route(claim="mrr", source="arr / 12", found=mrr))
    elif known.claimed("arpu", "customers"):
        mrr = over(lambda arpu, n: arpu * n, known.get("arpu"), known.get("customers"))
        known.add(Route(claim="mrr", source="arpu x customers", found=mrr))


def _arpu(known: Known) -> None:
    if known.has("mrr", "customers") and (known.claimed("mrr") or known.claimed("arr")):
        arpu = over(divided, known.get("mrr"), known.get("customers"))
        known.add(Route(claim="arpu", source="mrr / customers", found=arpu))
    if known.claimed("aov", "frequency"):
        arpu = over(lambda aov, n: aov * n / MONTHS_PER_YEAR, known.get("aov"),
                    known.get("frequency"))  # fmt: skip
        known.add(Route(claim="arpu", source="aov x frequency / 12", found=arpu))


def _churn(known: Known) -> None:
    """A year's churn is that of twelve months one after the other; many just multiply."""
    if known.claimed("churn"):
        churn = known.get("churn")
        by_year = hull(
            over(formulas.yearly, churn),
            over(lambda rate: min(1.0, MONTHS_PER_YEAR * rate), churn),
        )
        known.add(Route(claim="churn_yearly", source="1 - (1 - churn)^12", found=by_year))
    elif known.claimed("churn_yearly"):
        by_month = _monthly(known.get("churn_yearly"))
        known.add(Route(claim="churn", source="1 - (1 - churn_yearly)^(1/12)", found=by_month))
    elif known.claimed("logo_churn"):
        known.spans["churn"] = known.get("logo_churn")


def _lifespan(known: Known) -> None:
    """Customers stay for 1 / churn on average; an LTV may count fewer months, but not more."""
    if not known.has("churn"):
        return
    whole = over(lambda churn: divided(1.0, churn), known.get("churn"))
    mistakes = {}
    if known.claimed("churn"):
        by_month = _monthly(known.get("churn"))
        mistakes["yearly"] = over(lambda churn: divided(1.0, churn), by_month)
    if known.claimed("lifespan"):
        whole = Span(0.0, whole.value, whole.high)
    known.add(Route(claim="lifespan", source="1 / churn", found=whole, otherwise=mistakes))


def _cac(known: Known) -> None:
    if not known.claimed("spend", "new_customers"):
        return
    spend, new, organic = (known.get(key) for key in ("spend", "new_customers", "organic_share"))
    blended = over(divided, spend, new)
    if organic.value == 0:
        known.add(Route(claim="cac", source="spend / new_customers", found=blended))
        return
    paid = over(lambda spent, n, free: divided(spent, n * (1 - free)), spend, new, organic)
    known.add(Route(claim="cac", source=PAID, found=paid, otherwise={"blended": blended}))


def _ltv(known: Known) -> None:
    if not known.has("arpu", "lifespan"):
        return
    months, mistakes = _months(known)
    monthly = "arpu" if known.claimed("arpu") else known_source(known, "arpu")
    counted = "x lifespan" if known.claimed("lifespan") else "/ churn"
    cost = known.get("retention_cost")

    def worth(margin: Span, stay: Span) -> Span:
        return over(_worth, known.get("arpu"), margin, stay, cost)

    revenue = worth(WHOLE, months)
    if known.in_revenue:
        found, taken, without, causes = revenue, "", None, {}
    elif known.claimed("margin"):
        found, taken, without = worth(known.get("margin"), months), " x margin", None
        causes = {"revenue": revenue}
    else:
        found, taken = Span(0.0, revenue.value, revenue.high), " x 100%"
        without, causes = revenue.value, {}
    margin = known.get("margin", WHOLE) if not known.in_revenue else WHOLE
    known.add(
        Route(
            claim="ltv",
            source=f"{monthly}{taken} {counted}" + (" - retention_cost" if cost.value else ""),
            found=found,
            otherwise=causes | {why: worth(margin, stay) for why, stay in mistakes.items()},
            revenue=without,
        )
    )


def _months(known: Known) -> tuple[Span, Mapping[str, Span]]:
    """Months that an LTV counts, and those it would count by a known mistake."""
    discount = over(monthly_from_yearly, known.get("discount"))
    churn = known.get("churn")
    if known.claimed("lifespan"):
        stay = over(_fixed, known.get("lifespan"), discount)
        if known.has("churn"):
            leave = over(formulas.months_paid, churn, known.get("lifespan"), discount)
            stay = hull(stay, leave)
        return stay, {}

    def paid(rate: Span) -> Span:
        return over(lambda c, d: formulas.months_paid(c, inf, d), rate, discount)

    if known.claimed("churn"):
        return paid(churn), {"yearly": paid(_monthly(churn))}
    if known.claimed("churn_yearly"):
        return paid(churn), {"monthly": paid(known.get("churn_yearly"))}
    return paid(churn), {}


def _ltv_to_cac(known: Known) -> None:
    if not known.has("cac"):
        return
    cac = known.get("cac")
    if not known.has("ltv"):
        if known.claimed("ltv_to_cac"):
            ltv = over(lambda ratio, cost: ratio * cost, known.get("ltv_to_cac"), cac)
            known.add(Route(claim="ltv", source="ltv_to_cac x cac", found=ltv))
        return

    def ratio(ltv: Span, margin: Span = WHOLE) -> Span:
        return over(lambda worth, share, cost: divided(worth * share, cost), ltv, margin, cac)

    ltv = known.get("ltv")
    if known.in_revenue and known.claimed("margin"):
        mistakes = {"revenue": ratio(ltv)}
        found, source = ratio(ltv, known.get("margin")), "ltv x margin / cac"
        known.add(Route(claim="ltv_to_cac", source=source, found=found, otherwise=mistakes))
    elif known.in_revenue:
        all_of_it = ratio(ltv)
        found = Span(0.0, all_of_it.value, all_of_it.high)
        source = "ltv x 100% / cac"
        route = Route(claim="ltv_to_cac", source=source, found=found, revenue=all_of_it.value)
        known.add(route)
    elif known.claimed("ltv"):
        known.add(Route(claim="ltv_to_cac", source="ltv / cac", found=ratio(ltv)))
    else:
        by = next(route for route in known.routes if route.claim == "ltv")
        known.add(
            Route(
                claim="ltv_to_cac",
                source=f"({by.source}) / cac",
                found=ratio(by.found),
                otherwise={why: ratio(span) for why, span in by.otherwise.items()},
                revenue=None if by.revenue is None else divided(by.revenue, cac.value),
            )
        )


def _payback(known: Known) -> None:
    """Months of margin that return the CAC, whether or not it is counted that customers leave."""
    if not known.has("cac", "arpu"):
        return
    cac, arpu, cost = (known.get(key) for key in ("cac", "arpu", "retention_cost"))

    def months(margin: Span) -> Span:
        left = over(lambda a, m, r: a * m - r / MONTHS_PER_YEAR, arpu, margin, cost)
        plain = over(lambda spent, each: divided(spent, max(each, 0.0)), cac, left)
        if not known.has("churn"):
            return plain
        return hull(plain, over(formulas.payback_of_leavers, cac, left, known.get("churn")))

    monthly = "arpu" if known.claimed("arpu") else f"({known_source(known, 'arpu')})"
    whole = months(WHOLE)
    if known.claimed("margin"):
        found = months(known.get("margin"))
        source, mistakes = f"cac / ({monthly} x margin)", {"revenue": whole}
    else:
        found = Span(whole.low, whole.value, inf)
        source, mistakes = f"cac / ({monthly} x 100%)", {}
    known.add(Route(claim="payback", source=source, found=found, otherwise=mistakes))


def _margin(known: Known) -> None:
    """Where no margin is claimed, the other claims need one."""
    if known.claimed("margin") or known.in_revenue:
        return
    if known.claimed("ltv") and known.has("arpu", "lifespan"):
        months, _ = _months(known)
        needed = over(
            lambda ltv, arpu, stay: divided(ltv, arpu * stay),
            *(known.get("ltv"), known.get("arpu"), months),
        )
        by_lifespan = known.claimed("lifespan")
        source = "ltv / (arpu x lifespan)" if by_lifespan else "ltv x churn / arpu"
        known.routes.append(Route(claim="margin", source=source, found=needed))


def known_source(known: Known, key: str) -> str:
    """Say how what is not claimed was found."""
    return next(route.source for route in known.routes if route.claim == key)


def _monthly(churn: Span) -> Span:
    """Turn a yearly churn into a monthly one, compounding or just divided by twelve."""
    by_twelve = over(lambda rate: rate / MONTHS_PER_YEAR, churn)
    return hull(over(formulas.monthly, churn), by_twelve)


def _fixed(lifespan: float, discount: float) -> float:
    months = fixed_life(1.0, 1.0, lifespan, discount)
    return float(months)


def _worth(arpu: float, margin: float, months: float, retention_cost: float) -> float:
    left = arpu * margin - retention_cost / MONTHS_PER_YEAR
    return 0.0 if left == 0 else left * months
