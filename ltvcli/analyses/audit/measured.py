"""Figures of the data room that a pitch can claim, measured as by `ltv calc` and `ltv mrr`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.interval_arithmetic import Span, divided, exactly, range_of
from ltvcli.formulas import pitch as formulas
from ltvcli.results import Estimate, Source, Valuation
from ltvcli.results.acquisition import Acquisition
from ltvcli.results.mrr import Month
from ltvcli.settings.origins import override
from ltvcli.units import DAYS_PER_MONTH, MONTHS_PER_YEAR

if TYPE_CHECKING:
    from ltvcli.analyses.calc.answer import Economics
    from ltvcli.facts.engine import Engine
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.settings.assumptions import Assumptions

RECENT = 6
"""Months over which growth is measured, as for the churn of LTV."""
YEAR_IN_DAYS = 365
OF_THE_PITCH = ("retention_cost", "discount")
"""Figures, besides the CAC, that only the pitch has."""
ENDLESS = "arpu-churn"
OBSERVED = "observed"
NUMBERS = ("aov", "frequency", "lifespan", "arpu", "churn", "margin", "cac", *OF_THE_PITCH)


class Measured(Struct, frozen=True, kw_only=True):
    """A figure of the data and its source; `estimated` if the span is its 95% interval.

    `horizon` is the months that it counts. `by_formula` is whether it follows from measured figures
    by a formula or a model, and was not observed. `open` is whether it lies beyond the data, so
    that the data can contradict a claim, but not support it.
    """

    claim: str
    source: str
    span: Span
    estimated: bool
    horizon: int | None = None
    by_formula: bool = False
    open: bool = False


def exact(claim: str, source: str, value: float) -> Measured:
    """Return a figure that was counted, not estimated.

    Args:
        claim: key of CLAIMS.
        source: of the figure.
        value: of the figure.
    """
    return Measured(claim=claim, source=source, span=Span(value, value, value), estimated=False)


def estimated(
    claim: str, source: str, value: float, low: float | None, high: float | None
) -> Measured:
    """Return a figure with its 95% interval; without an interval, treat it as exact.

    Args:
        claim: key of CLAIMS.
        source: of the figure.
        value: of the figure.
        low: lower end; None without an interval.
        high: upper end.
    """
    if low is None or high is None:
        return exact(claim, source, value)
    return Measured(claim=claim, source=source, span=Span(low, value, high), estimated=True)


def valued(
    settings: Assumptions, facts: Facts | Subscriptions, pitch: Pitch, cac: float | None
) -> Economics:
    """Value a customer from the data, with the CAC and costs of the pitch.

    The margin is that of the data if there is a column of costs, else that of the pitch.

    Args:
        settings: for the value of a customer.
        facts: of the files.
        pitch: the claims.
        cac: per customer; None if it is not known.
    """
    from ltvcli.analyses.calc import answer

    claimed = {key: pitch.claims[key].value for key in OF_THE_PITCH if key in pitch.claims}
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS) | claimed | {"cac": cac}
    asked = override(settings, strict=False, **numbers)
    by_data = answer.answer(asked, facts)
    margin = pitch.claims.get("margin")
    if margin is None or by_data.basis == "margin":
        return by_data
    return answer.answer(override(asked, margin=margin.value), facts)


def figures(
    kind: str,
    pitch: Pitch,
    worth: Economics,
    spent: Acquisition | None,
    since: date,
    until: date,
) -> Iterator[Measured]:
    """Return the figures of `ltv calc`. The company is at least as old as its data.

    Args:
        kind: orders or subscriptions.
        pitch: the claims.
        worth: the value of a customer by the files.
        spent: the CAC by the files; None without files of spend.
        since: first day of the data.
        until: last day of the data.
    """
    for key in ("arpu", "aov", "frequency", "churn", "margin", "customers"):
        estimate: Estimate | None = getattr(worth.figures, key)
        if estimate is None or (key == "customers" and kind == "subscriptions"):
            continue
        if estimate.source is Source.MEASURED:
            yield estimated(key, kind, estimate.value, estimate.low, estimate.high)
        elif key == "churn":  # nobody left: this is the upper limit
            yield estimated(key, kind, 0.0, 0.0, estimate.value)
    churn = worth.figures.churn
    if churn and churn.source is Source.MEASURED:
        low, high = (churn.value if end is None else end for end in (churn.low, churn.high))
        ends = (formulas.yearly(rate) for rate in (churn.value, low, high))
        yield estimated("churn_yearly", kind, *ends)
        if kind == "subscriptions":
            yield estimated("logo_churn", kind, churn.value, low, high)
    for by in sorted(worth.methods, key=lambda each: each.method != worth.verdict.method):
        yield from _worth(pitch, worth, by, _cac(pitch, spent))
    age = ((until - since).days + 1) / DAYS_PER_MONTH
    yield Measured(claim="age", source=kind, span=Span(age, age, inf), estimated=True)


def _cac(pitch: Pitch, spent: Acquisition | None) -> Span | None:
    """Return the CAC used in LTV/CAC: measured, else as claimed; None if it is not above 0."""
    measured = (spent.paid or spent.blended) if spent else None
    if measured:
        return Span(measured.low or measured.value, measured.value, measured.high or measured.value)
    claim = pitch.claims.get("cac")
    return exactly(claim.value) if claim and claim.value > 0 else None


def _worth(pitch: Pitch, worth: Economics, by: Valuation, cac: Span | None) -> Iterator[Measured]:
    """Return LTV, LTV/CAC and payback by one method.

    A claimed lifespan is not compared with a method without a limit.
    """
    source = by.method
    margin = worth.figures.margin
    share = margin.value if margin and pitch.basis == "revenue" else 1.0
    endless = by.method == ENDLESS
    shared: dict[str, Any] = {
        "source": source,
        "estimated": True,
        "by_formula": by.method != OBSERVED,
        "horizon": None if endless else by.horizon or worth.horizon,
    }
    if by.ltv is not None and not (endless and "lifespan" in pitch.claims):
        low, high = (by.ltv if end is None else end for end in (by.low, by.high))
        if share > 0:
            ltv = Span(low / share, by.ltv / share, high / share)
            yield Measured(claim="ltv", span=ltv, **shared)
        if cac:
            ratio = range_of(divided, Span(low, by.ltv, high), cac)
            yield Measured(claim="ltv_to_cac", span=ratio, **shared)
    yield from _payback(worth, by, cac)


def _payback(worth: Economics, by: Valuation, cac: Span | None) -> Iterator[Measured]:
    """Return the payback by one method; if it was not observed, it lies beyond the data."""
    source, arpu = by.method, worth.figures.arpu
    seen = worth.payback_verdict.observed_months
    if by.method == OBSERVED and by.payback is not None:
        # It happened some time within the month at whose end it is counted.
        yield estimated("payback", source, by.payback, by.payback - 1, by.payback)
    elif by.method == OBSERVED and cac and seen:
        later = Span(float(seen), inf, inf)
        yield Measured(claim="payback", source=source, span=later, estimated=True, open=True)
    elif (
        by.method == ENDLESS
        and by.payback is not None
        and arpu
        and arpu.low is not None
        and arpu.high is not None
    ):
        ends = (divided(by.payback * arpu.value, max(end, 0.0)) for end in (arpu.high, arpu.low))
        payback = estimated("payback", source, by.payback, *ends)
        yield replace(payback, by_formula=True)


def costs(acquisition: Acquisition | None) -> Iterator[Measured]:
    """Return the CAC: paid if the files distinguish paid customers, else blended."""
    if acquisition is None:
        return
    paid = acquisition.paid or acquisition.blended
    if paid:
        source = "spend, paid" if acquisition.paid else "spend"
        yield estimated("cac", source, paid.value, paid.low, paid.high)
    if acquisition.paid_customers is not None and acquisition.customers:
        yield exact(
            "organic_share", "spend", 1 - acquisition.paid_customers / acquisition.customers
        )


def recurring(months: Sequence[Month], years: Sequence[Month]) -> Iterator[Measured]:
    """Return the figures of `ltv mrr` at the end of the last complete month.

    Growth is the mean of up to six months; its interval is their lowest and highest growth.

    Args:
        months: of subscriptions.
        years: the same, each with the rates of the year up to it.
    """
    source = "subscriptions"
    over = [month for month in months if month.complete] or list(months[-1:])
    if not over:
        return
    last = over[-1]
    yield exact("mrr", source, last.closing)
    yield exact("arr", source, MONTHS_PER_YEAR * last.closing)
    yield exact("customers", source, float(last.customers_closing))
    if len(over) > MONTHS_PER_YEAR:
        year = next(month for month in years if month.month == last.month)
        for key in ("nrr", "grr"):
            if (rate := getattr(year, key)) is not None:
                yield exact(key, source, rate)
    recent = [month for month in over[-RECENT:] if month.customers_opening]
    if recent:
        steps = [month.customers_closing / month.customers_opening - 1 for month in recent]
        growth = last.customers_closing / recent[0].customers_opening
        grown = float(growth ** (1 / len(recent)) - 1)
        yield estimated("growth", source, grown, min(steps), max(steps))


def by_year(engine: Engine, as_of: date) -> tuple[Month, ...]:
    """Return MRR by month, with the rates of the year up to each month."""
    from ltvcli.analyses.mrr import answer as mrr
    from ltvcli.analyses.mrr.conventions import STANDARD

    return mrr.answer(engine, as_of, replace(STANDARD, trailing=YEAR_IN_DAYS))
