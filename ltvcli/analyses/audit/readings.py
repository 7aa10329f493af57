"""The best and the conservative case that the claims allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf, isfinite

from ltvcli.analyses.audit import recompute
from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.derivations import WHOLE, Known
from ltvcli.analyses.audit.interval_arithmetic import bounded, divided
from ltvcli.analyses.valuation import verdict
from ltvcli.formulas import pitch as formulas
from ltvcli.language import N_
from ltvcli.results import Row
from ltvcli.results.acquisition import Acquisition
from ltvcli.results.audit import SeenChurn
from ltvcli.units import MONTHS_PER_YEAR, monthly_from_yearly

FLATTERING, SOBER = N_("flattering"), N_("sober")


def rows(known: Known, seen: SeenChurn | None) -> tuple[Row, ...]:
    """Value a customer in two readings of the claims, unrounded.

    Best case: as claimed; figures that are not claimed are the highest LTV that follows (without a
    claimed margin, all revenue counts), the lowest CAC, LTV over CAC, and the shortest payback.

    Conservative case: the lowest monthly revenue x margin, less the retention cost, for the months
    a customer can be expected to stay, over the highest CAC. Months: with the highest churn, or the
    upper end of its 95% interval if the number of customers is known; at most the company's age and
    the claimed lifespan. CAC: without organic new customers. If monthly revenue or lifetime are not
    claimed, it is the claimed LTV (x margin, if it is revenue). A margin that is not claimed is the
    one that an LTV claimed in margin requires, else 100%: `basis` is then "revenue", and even the
    conservative LTV too high. No figure is better than claimed.
    """
    return _flattering(known), _sober(known, seen)


def _flattering(known: Known) -> Row:
    ltv = next(iter(_known(_claimed(known, "ltv"), _most(known, "ltv"))), None)
    cac = next(iter(_known(_claimed(known, "cac"), _least(known, "cac"))), None)
    ratio = next(iter(_known(_claimed(known, "ltv_to_cac"), _ratio(ltv, cac))), None)
    payback = next(iter(_known(_claimed(known, "payback"), _least(known, "payback"))), None)
    basis = "revenue" if known.in_revenue or not known.claimed("margin") else "margin"
    return _row(FLATTERING, known.pitch.basis or basis, ltv, cac, ratio, payback)


def _sober(known: Known, seen: SeenChurn | None) -> Row:
    arpu, cac = _least(known, "arpu"), dearest(known)
    margin = _margin(known)
    basis = "revenue" if margin is None else "margin"
    monthly = None if arpu is None else _margin_of(known, arpu, 1.0 if margin is None else margin)
    months = _months(known, _highest_churn(known, seen))
    ltv = None if monthly is None or months is None else monthly * months
    if known.has("ltv"):
        share = margin if known.in_revenue and margin is not None else 1.0
        promised = known.get("ltv").value * share
        if ltv is None and margin is None:
            basis = known.pitch.basis or basis
        ltv = bounded(promised if ltv is None else min(ltv, promised))
    derived_ratio = _ratio(ltv, cac)
    ratio = min(_known(derived_ratio, _claimed(known, "ltv_to_cac")), default=None)
    plain = divided(cac, max(monthly, 0.0)) if cac is not None and monthly is not None else None
    payback = max(_known(plain, _claimed(known, "payback")), default=None)
    return _row(SOBER, basis, ltv, cac, ratio, payback)


def _known(*values: float | None) -> list[float]:
    return [value for value in values if value is not None]


def _row(
    reading: str,
    basis: str,
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
        "grade": verdict.grade(ratio),
    }


def _months(known: Known, churn: float | None) -> float | None:
    """Return the expected months, at most the company's age and the claimed lifespan."""
    caps = [known.get(key).value for key in ("age", "lifespan") if known.claimed(key)]
    if churn is None and not caps:
        return None
    within = known.get("age").value if known.claimed("age") else inf
    discount = monthly_from_yearly(known.get("discount").value)
    return bounded(min([formulas.months_paid(churn or 0.0, within, discount), *caps]))


def ltv_by_churn(known: Known, seen: SeenChurn | None) -> tuple[float | None, float | None]:
    """Return the LTV at the highest and at the lowest churn of its 95% interval, else as claimed.

    Without a claimed margin it is revenue. None if monthly revenue is unknown, or LTV is unlimited.
    """
    arpu = _least(known, "arpu")
    if seen is None or arpu is None:
        return None, None
    margin = 1.0 if known.in_revenue else known.get("margin", WHOLE).value
    within = known.get("lifespan").value if known.claimed("lifespan") else inf
    discount = monthly_from_yearly(known.get("discount").value)
    least, most = (
        _margin_of(known, arpu, margin) * formulas.months_paid(churn, within, discount)
        for churn in (seen.high, seen.low)
    )
    return bounded(least), bounded(most)


def _margin(known: Known) -> float | None:
    """Return the claimed margin, or the one that an LTV claimed in margin requires."""
    if known.claimed("margin"):
        return known.get("margin").value
    needed = next((route.derived.value for route in known.routes if route.claim == "margin"), None)
    return min(1.0, needed) if needed is not None and known.pitch.basis == "margin" else None


def _highest_churn(known: Known, seen: SeenChurn | None) -> float | None:
    rates = [known.get(key).value for key in ("churn", "logo_churn") if known.has(key)]
    if known.claimed("churn_yearly"):
        rates.append(formulas.monthly(known.get("churn_yearly").value))
    return max([*rates, seen.high] if seen else rates, default=None)


def cacs(pitch: Pitch, costs: Acquisition | None) -> tuple[float | None, float | None]:
    """Return the CAC as claimed or derived, and the highest that claims and spend allow."""
    known = recompute.known(pitch)
    highest = dearest(known)
    measured = (
        [estimate.value for estimate in (costs.paid, costs.blended) if estimate] if costs else []
    )
    sober = max(_known(highest, *measured), default=None)
    return next(iter(_known(_claimed(known, "cac"), highest, sober)), None), sober


def dearest(known: Known) -> float | None:
    """Return the highest CAC: a claimed CAC may be blended unless spend shows that it is paid."""
    candidates = list(_values(known, "cac"))
    organic = known.get("organic_share").value
    if organic and known.claimed("cac") and not known.claimed("spend", "new_customers"):
        candidates.append(divided(known.get("cac").value, 1 - organic))
    return max(filter(isfinite, candidates), default=None)


def _margin_of(known: Known, arpu: float, margin: float) -> float:
    return arpu * margin - known.get("retention_cost").value / MONTHS_PER_YEAR


def _claimed(known: Known, key: str) -> float | None:
    return known.get(key).value if known.claimed(key) else None


def _most(known: Known, key: str) -> float | None:
    return max(filter(isfinite, _values(known, key)), default=None)


def _least(known: Known, key: str) -> float | None:
    return min(filter(isfinite, _values(known, key)), default=None)


def _values(known: Known, key: str) -> Iterable[float]:
    """Return the values of a figure: as claimed, and by every derivation."""
    if known.claimed(key):
        yield known.get(key).value
    yield from (route.derived.value for route in known.routes if route.claim == key)


def _ratio(ltv: float | None, cac: float | None) -> float | None:
    return None if ltv is None or not cac else ltv / cac
