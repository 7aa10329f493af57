"""Sentences about cohorts: trend, payback, customers who are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.analyses.cohorts.retention_sentences import retained
from ltvcli.choices import RETENTION, Metric
from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Row, Sentence, Statement
from ltvcli.results.cohorts import CohortEvidence, Conversion
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.cohorts.trend import Comparison, Side, Trend
    from ltvcli.results.acquisition import Acquisition

UNITS: Mapping[Metric, Unit] = {
    "orders": Unit.RATIO,
    **dict.fromkeys(RETENTION, Unit.RATE),
}
"""Units of metrics that are not money."""
WHAT: Mapping[str, str] = {
    "margin": N_("margin per customer"),
    "revenue": N_("revenue per customer"),
    "orders": N_("orders per customer"),
}


def statements(
    metric: Metric,
    basis: str,
    trend: Trend,
    rows: Sequence[Row],
    figures: Conversion,
    evidence: CohortEvidence,
    acquisition: Acquisition | None,
) -> tuple[Statement, ...]:
    """Return the statements: the trend, payback, and repeat orders.

    Args:
        metric: shown at each age.
        basis: "margin" or "revenue".
        trend: newer cohorts against older ones.
        rows: of the table of cohorts.
        figures: F2 and F3 conversion.
        evidence: totals.
        acquisition: CAC from spend, if spend was read.
    """
    headline = trend.headline
    return (
        Statement(says=_headline(metric, basis, headline, evidence)),
        *([Statement(label=N_("Compared"), says=_compared(headline))] if headline else []),
        *([Statement(label=N_("CAC"), says=_cac(rows, acquisition))] if acquisition else []),
        Statement(label=N_("Payback"), says=_payback(rows)),
        *([Statement(label=N_("MRR"), says=_mrr(evidence))] if evidence.mrr is not None else []),
        Statement(label=N_("F2/F3"), says=_conversion(figures, evidence)),
        Statement(label=N_("Total"), says=_total(evidence)),
    )


def _headline(
    metric: Metric, basis: str, comparison: Comparison | None, evidence: CohortEvidence
) -> Sentence:
    if comparison is None:
        if evidence.cohorts == 1:
            return Sentence(N_("There is only one cohort, so nothing to compare it with."))
        return Sentence(
            N_(
                "Newer and older cohorts cannot be compared yet: each side requires {enough} "
                "customers observed for full months."
            ),
            {"enough": Quantity(ENOUGH_CUSTOMERS, Unit.COUNT)},
        )
    if metric in RETENTION:
        return retained(metric, comparison, subscribed=evidence.mrr is not None)
    unit = UNITS.get(metric, Unit.MONEY)
    facts: dict[str, Fact] = {
        "newer": Quantity(comparison.newer.value, unit),
        "older": Quantity(comparison.older.value, unit),
        "what": WHAT[basis if metric in ("ltv", "margin") else metric],
        "months": Quantity(comparison.months, Unit.COUNT),
        "difference": Quantity(comparison.difference, unit),
    }
    if comparison.low is None or comparison.high is None:
        text = N_(
            "Newer cohorts: {newer} {what} after {months} {months:month|months}, older cohorts "
            "{older} (too few customers to test the difference)"
        )
        return Sentence(text, facts)
    facts |= {"low": Quantity(comparison.low, unit), "high": Quantity(comparison.high, unit)}
    if comparison.low > 0:
        text = N_(
            "Newer cohorts do better: {newer} {what} after {months} {months:month|months}, older "
            "cohorts {older} (difference {difference}, 95% CI {low} to {high})"
        )
    elif comparison.high < 0:
        text = N_(
            "Newer cohorts do worse: {newer} {what} after {months} {months:month|months}, older "
            "cohorts {older} (difference {difference}, 95% CI {low} to {high})"
        )
    else:
        text = N_(
            "Newer and older cohorts do not differ significantly: {newer} and {older} {what} "
            "after {months} {months:month|months} (difference {difference}, 95% CI {low} to "
            "{high})"
        )
    return Sentence(text, facts)


def _compared(comparison: Comparison) -> Sentence:
    """Describe the two sides of the comparison."""

    def of(side: Side, name: str) -> dict[str, Fact]:
        return {
            name: side.first if side.first == side.last else f"{side.first} – {side.last}",
            f"{name}_customers": Quantity(side.customers, Unit.COUNT),
        }

    return Sentence(
        N_(
            "{newer_customers} customers of {newer} vs. {older_customers} of {older}, all "
            "observed for {months} full {months:month|months}."
        ),
        {
            **of(comparison.newer, "newer"),
            **of(comparison.older, "older"),
            "months": Quantity(comparison.months, Unit.COUNT),
        },
    )


def _cac(rows: Sequence[Row], acquisition: Acquisition) -> Sentence:
    """Describe the CAC of cohorts by spend, and for how many cohorts it is unknown."""
    known = [float(cac) for row in rows if (cac := row["cac"]) is not None]
    facts: dict[str, Fact] = {
        "spend": Quantity(acquisition.spend, Unit.MONEY),
        "customers": Quantity(acquisition.customers, Unit.COUNT),
        "low": Quantity(min(known, default=0.0), Unit.MONEY),
        "high": Quantity(max(known, default=0.0), Unit.MONEY),
        "unknown": Quantity(len(rows) - len(known), Unit.COUNT),
    }
    if not known:
        text = N_("Unknown: no cohort has spend data for all its days.")
    elif len(known) == len(rows):
        text = N_(
            "{low} to {high} by cohort (blended: spend of {spend} / {customers} new "
            "{customers:customer|customers})."
        )
    else:
        text = N_(
            "{low} to {high} by cohort (blended: spend of {spend} / {customers} new "
            "{customers:customer|customers}). Unknown for {unknown} {unknown:cohort|cohorts} "
            "without spend data for all days."
        )
    return Sentence(text, facts)


def _payback(rows: Sequence[Row]) -> Sentence:
    """Describe how many cohorts have returned their CAC, and after how long."""
    asked = [row for row in rows if float(row["cac"] or 0) > 0 and row["customers"]]
    if not asked:
        return Sentence(N_("Unknown: payback needs a CAC (--cac)."))
    months = [float(month) for row in asked if (month := row["payback_observed"]) is not None]
    facts: dict[str, Fact] = {
        "asked": Quantity(len(asked), Unit.COUNT),
        "back": Quantity(len(months), Unit.COUNT),
        "waiting": Quantity(len(asked) - len(months), Unit.COUNT),
        "fast": Quantity(min(months, default=0), Unit.COUNT),
        "slow": Quantity(max(months, default=0), Unit.COUNT),
    }
    if not months:
        text = N_("None of {asked} {asked:cohort|cohorts} has recovered its CAC yet.")
    elif len(months) == len(asked):
        text = N_(
            "All {asked} {asked:cohort|cohorts} recovered the CAC, the slowest in month {slow}."
        )
    elif min(months) == max(months):
        text = N_(
            "{back} of {asked} {asked:cohort|cohorts} recovered the CAC, in month {slow}; "
            "{waiting} not yet."
        )
    else:
        text = N_(
            "{back} of {asked} {asked:cohort|cohorts} recovered the CAC, in month {fast} to "
            "{slow}; {waiting} not yet."
        )
    return Sentence(text, facts)


def _mrr(evidence: CohortEvidence) -> Sentence:
    """Describe the MRR of cohorts at the end, which is that of `ltv mrr`."""
    return Sentence(
        N_(
            "{mrr} from {customers} paying {customers:customer|customers} at the cut-off date: "
            "reconciles to the cent with ltv mrr."
        ),
        {
            "mrr": Quantity(evidence.mrr or 0.0, Unit.MONEY),
            "customers": Quantity(evidence.paying or 0, Unit.COUNT),
        },
    )


def _conversion(figures: Conversion, evidence: CohortEvidence) -> Sentence:
    """Describe how many customers placed a second and a third order."""
    if evidence.mrr is not None:
        return Sentence(
            N_(
                "Not defined for subscriptions, which renew without an order: --metric retention "
                "shows who keeps paying."
            )
        )
    second, third = figures.f2_conversion, figures.f3_conversion
    if second is None:
        return Sentence(N_("Unknown: no customer has 12 months of data after the first order."))
    facts: dict[str, Fact] = {"second": Quantity(second.value, Unit.RATE)}
    if second.low is None or second.high is None:
        return Sentence(N_("{second} place a second order within 12 months."), facts)
    facts |= {
        "second_low": Quantity(second.low, Unit.RATE),
        "second_high": Quantity(second.high, Unit.RATE),
    }
    text = N_("{second} place a second order within 12 months (95% CI {second_low}–{second_high}).")
    if third is not None and third.low is not None and third.high is not None:
        text = N_(
            "{second} place a second order within 12 months (95% CI {second_low}–{second_high}). "
            "Of customers with a second order, {third} place a third within 12 months (95% CI "
            "{third_low}–{third_high})."
        )
        facts |= {
            "third": Quantity(third.value, Unit.RATE),
            "third_low": Quantity(third.low, Unit.RATE),
            "third_high": Quantity(third.high, Unit.RATE),
        }
    return Sentence(text, facts)


def _total(evidence: CohortEvidence) -> Sentence:
    """Describe that cohorts add up to all included revenue, and the revenue outside of values."""
    facts: dict[str, Fact] = {
        "customers": Quantity(evidence.customers, Unit.COUNT),
        "revenue": Quantity(evidence.revenue, Unit.MONEY),
        "unfinished": Quantity(evidence.unfinished, Unit.MONEY),
    }
    if not evidence.unfinished:
        text = N_(
            "{revenue} from {customers} {customers:customer|customers}: reconciles to the cent "
            "with all included revenue."
        )
        return Sentence(text, facts)
    text = N_(
        "{revenue} from {customers} {customers:customer|customers}: reconciles to the cent with "
        "all included revenue; {unfinished} is in incomplete months and excluded from values."
    )
    return Sentence(text, facts)
