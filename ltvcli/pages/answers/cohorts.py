"""The answer of `ltv cohorts`: the trend from older to newer cohorts, and payback."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.cohorts.sentences import UNITS
from ltvcli.language import N_
from ltvcli.results import AnswerLine, Fact, Interval, Quantity, Sentence
from ltvcli.results.cohorts import CohortsReport
from ltvcli.units import Unit


def answer(report: CohortsReport) -> Iterator[AnswerLine]:
    """Return the trend from older to newer cohorts, the whole, and payback."""
    yield _trend(report)
    yield AnswerLine(label=Sentence(N_("Customers")), says=_whole(report))
    if report.evidence.cac_known:
        yield AnswerLine(label=Sentence(N_("CAC payback")), says=_payback(report))


def _trend(report: CohortsReport) -> AnswerLine:
    """Compare newer with older cohorts at the age of the headline, with significance."""
    row = next((row for row in report.tables.get("trend", ()) if row["headline"]), None)
    if row is None:
        text = N_("not known yet: too few customers observed for the same months")
        return AnswerLine(label=Sentence(N_("Trend")), says=Sentence(text))
    label = Sentence(N_("Trend (month {n})"), {"n": int(row["months"] or 0)})
    unit = UNITS.get(report.metric, Unit.MONEY)
    facts: dict[str, Fact] = {
        "newer": Quantity(float(row["newer"] or 0), unit),
        "older": Quantity(float(row["older"] or 0), unit),
    }
    low, high = row["difference_low"], row["difference_high"]
    if not isinstance(low, float) or not isinstance(high, float):
        text = N_("newer {newer}, older {older}; too few to test the difference")
        return AnswerLine(label=label, says=Sentence(text, facts))
    facts["interval"] = Interval(low, high, unit)
    if low > 0:
        text = N_("newer {newer}, older {older}: significantly better (95% CI {interval})")
    elif high < 0:
        text = N_("newer {newer}, older {older}: significantly worse (95% CI {interval})")
    else:
        text = N_("newer {newer}, older {older}: not significant (95% CI {interval})")
    return AnswerLine(label=label, says=Sentence(text, facts))


def _whole(report: CohortsReport) -> Sentence:
    facts: dict[str, Fact] = {
        "customers": Quantity(report.evidence.customers, Unit.COUNT),
        "cohorts": Quantity(report.evidence.cohorts, Unit.COUNT),
        "revenue": Quantity(report.evidence.revenue, Unit.MONEY),
    }
    text = N_("{customers} in {cohorts} {cohorts:cohort|cohorts}, {revenue} revenue")
    return Sentence(text, facts)


def _payback(report: CohortsReport) -> Sentence:
    rows = report.tables["cohorts"]
    known = [row for row in rows if float(row["cac"] or 0) > 0]
    months = [int(row["payback_observed"]) for row in known if row["payback_observed"] is not None]
    facts: dict[str, Fact] = {"paid": len(months), "cohorts": len(known)}
    if not known:
        return Sentence(N_("no cohort has a known CAC"))
    if not months:
        return Sentence(
            N_("none of the {cohorts} {cohorts:cohort|cohorts} has recovered its CAC yet"), facts
        )
    facts |= {"first": min(months), "last": max(months)}
    if min(months) == max(months):
        return Sentence(
            N_("{paid} of {cohorts} {cohorts:cohort|cohorts} recovered the CAC, by month {first}"),
            facts,
        )
    return Sentence(
        N_(
            "{paid} of {cohorts} {cohorts:cohort|cohorts} recovered the CAC, by month {first} "
            "to {last}"
        ),
        facts,
    )
