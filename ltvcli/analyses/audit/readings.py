"""The most flattering and the most sober reading that the claims allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf, isfinite

from ltvcli.analyses import _verdict
from ltvcli.analyses.audit.routes import Known
from ltvcli.analyses.audit.spans import divided
from ltvcli.formulas import pitch as formulas
from ltvcli.results import Row, SeenChurn
from ltvcli.units import MONTHS_PER_YEAR, monthly_from_yearly


def rows(known: Known, seen: SeenChurn | None) -> tuple[Row, ...]:
    """Value a customer twice, from the claims as they stand, unrounded.

    Flattering: the highest LTV that is claimed or follows (with no margin claimed, all revenue
    counts), over the lowest CAC; the highest LTV/CAC and the shortest payback, claimed or found.

    Sober: the lowest revenue a month x margin, less the retention cost, for as many months as a
    customer can be expected to stay, over the highest CAC. Months: with the highest churn, or the
    upper end of its 95% interval where the number of customers is known, and none past the
    company's age or the claimed lifespan. CAC: every new customer who came by themselves left out.
    Where a month's revenue, or anything about how long customers stay, is not claimed, it is the
    claimed LTV (x margin, if it is revenue). `basis` is "revenue" where no margin is known: then
    even the sober LTV is more than the truth.
    """
    return _flattering(known), _sober(known, seen)


def _flattering(known: Known) -> Row:
    ltv = _most(known, "ltv")
    cac = _least(known, "cac")
    ratio = max(
        (one for one in (_most(known, "ltv_to_cac"), _ratio(ltv, cac)) if one is not None),
        default=None,
    )
    basis = "revenue" if known.in_revenue or not known.claimed("margin") else "margin"
    return _row("flattering", basis, known, ltv, cac, ratio, _least(known, "payback"))


def _sober(known: Known, seen: SeenChurn | None) -> Row:
    arpu, cac = _least(known, "arpu"), _dearest(known)
    margin = known.get("margin").value if known.claimed("margin") else None
    churn = _highest_churn(known, seen)
    caps = [known.get(key).value for key in ("age", "lifespan") if known.claimed(key)]
    within = min(caps, default=inf)
    monthly = None if arpu is None else _margin_of(known, arpu, 1.0 if margin is None else margin)
    ltv = None
    if monthly is not None and (churn is not None or caps):
        discount = monthly_from_yearly(known.get("discount").value)
        months = formulas.months_paid(churn or 0.0, within, discount)
        ltv = monthly * months if isfinite(months) else None
    if ltv is None and known.has("ltv"):
        share = margin if known.in_revenue and margin is not None else 1.0
        ltv = known.get("ltv").value * share
    elif ltv is not None and known.claimed("ltv") and not known.in_revenue:
        ltv = min(ltv, known.get("ltv").value)
    payback = None
    if cac is not None and monthly is not None:
        payback = divided(cac, max(monthly, 0.0))
    elif known.claimed("payback"):
        payback = known.get("payback").value
    basis = "margin" if margin is not None or known.pitch.basis == "margin" else "revenue"
    return _row("sober", basis, known, ltv, cac, _ratio(ltv, cac), payback)


def _row(
    reading: str,
    basis: str,
    known: Known,
    ltv: float | None,
    cac: float | None,
    ratio: float | None,
    payback: float | None,
) -> Mapping[str, float | int | str | None]:
    payback = payback if payback is not None and isfinite(payback) else None
    return {
        "reading": reading,
        "basis": basis,
        "ltv": ltv,
        "cac": cac,
        "ltv_to_cac": ratio,
        "payback": payback,
        "grade": _verdict.grade(ratio),
    }


def _highest_churn(known: Known, seen: SeenChurn | None) -> float | None:
    said = [known.get(key).value for key in ("churn", "logo_churn") if known.has(key)]
    if known.claimed("churn_yearly"):
        said.append(formulas.monthly(known.get("churn_yearly").value))
    return max([*said, seen.high] if seen else said, default=None)


def _dearest(known: Known) -> float | None:
    """Give the highest CAC: what is claimed may be blended unless spend shows that it is not."""
    found = list(_values(known, "cac"))
    organic = known.get("organic_share").value
    if organic and known.claimed("cac") and not known.claimed("spend", "new_customers"):
        found.append(divided(known.get("cac").value, 1 - organic))
    return max(filter(isfinite, found), default=None)


def _margin_of(known: Known, arpu: float, margin: float) -> float:
    return arpu * margin - known.get("retention_cost").value / MONTHS_PER_YEAR


def _most(known: Known, key: str) -> float | None:
    return max(filter(isfinite, _values(known, key)), default=None)


def _least(known: Known, key: str) -> float | None:
    return min(filter(isfinite, _values(known, key)), default=None)


def _values(known: Known, key: str) -> Iterable[float]:
    """Give a figure as claimed, and by every route."""
    if known.claimed(key):
        yield known.get(key).value
    yield from (route.found.value for route in known.routes if route.claim == key)


def _ratio(ltv: float | None, cac: float | None) -> float | None:
    return None if ltv is None or not cac else ltv / cac
