"""What to ask the founder, and what to say once it is known what was found."""

from __future__ import annotations

from dataclasses import replace

from ltvcli import registry
from ltvcli.analyses.audit.derivations import Known
from ltvcli.analyses.audit.recompute import WORTH
from ltvcli.analyses.valuation import verdict as _verdict
from ltvcli.checks import audit as checks
from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Row, Sentence, Statement
from ltvcli.results.audit import AuditGrade, AuditReport, Support
from ltvcli.units import Unit

READINGS = {"flattering": N_("Flattering"), "sober": N_("Sober")}
ASK = N_("Ask")
NO_CONTRADICTION = ("formula-only",)
"""Checks of pitches that find a claim unsupported, not contradicted."""
HEAD = {
    AuditGrade.SUPPORTED: N_("Supported"),
    AuditGrade.CONSISTENT: N_("Consistent"),
    AuditGrade.UNSUPPORTED: N_("Unsupported"),
    AuditGrade.CONTRADICTED: N_("Contradicted"),
}


def missing(known: Known) -> tuple[Sentence, ...]:
    """Ask for what is not claimed, but what the claims hang on; the most telling first."""
    claims = known.pitch.claims
    worth = known.claimed("ltv") or known.claimed("ltv_to_cac")
    cost = known.claimed("cac") or known.claimed("ltv_to_cac")
    churn = known.has("churn")
    asked = (
        (worth and "margin" not in claims,
         N_("At which margin is the LTV counted, after everything it takes to serve a customer?")),
        ("margin" in claims and claims["margin"].value == 1,
         N_("What does it cost to serve a customer? A margin of 100% leaves nothing for it.")),
        (worth and not churn and not known.claimed("lifespan"),
         N_("How many customers leave in a month, of how many?")),
        (worth and "age" not in claims,
         N_("Since when do customers pay, and how many of the first ones still do?")),
        (churn and "customers" not in claims,
         N_("Of how many customers is the churn, and over how many months?")),
        (churn and "growth" not in claims,
         N_("How many of today's customers came within the last six months?")),
        (cost and not {"spend", "new_customers"} <= claims.keys(),
         N_("What was spent in which months, and how many customers did it win?")),
        (cost and "organic_share" not in claims,
         N_("How many of the new customers came by themselves, and are they in the CAC?")),
    )  # fmt: skip
    return tuple(Sentence(question) for wanted, question in asked if wanted)


def contradictions(report: AuditReport) -> list[str]:
    """Name the checks that found one, in the order of the findings."""
    return [name for name in _asking(report) if name not in NO_CONTRADICTION]


def _asking(report: AuditReport) -> list[str]:
    """Name the checks of pitches that found something."""
    return [one.check for one in report.findings if one.check in registry.names(checks)]


def told(report: AuditReport) -> AuditReport:
    """Write what is said of a pitch: the verdict, the data, both readings, what to ask."""
    found = contradictions(report)
    count = Quantity(len(report.claims), Unit.COUNT)
    headline = Sentence(N_("Nothing found; claims checked: {claims}."), {"claims": count})
    if found:
        headline = Sentence(
            N_("Contradictions found: {found}; claims checked: {claims}."),
            {"found": Quantity(len(found), Unit.COUNT), "claims": count},
        )
    asked = [Sentence(registry.load(checks, name).ASK) for name in _asking(report)]
    terms = [Sentence(N_("as claimed, give or take the rounding"))]
    if report.as_of:
        terms.append(Sentence(N_("data until {day}"), {"day": report.as_of}))
    readings = [_reading(row, bool(found)) for row in report.tables["readings"]]
    judged = verdict(report)
    return replace(
        report,
        verdict=judged.grade,
        says=(
            Statement(says=headline),
            judged,
            *report.room,
            *reversed(readings),
            *(Statement(label=ASK, says=one) for one in (*asked, *report.missing)),
        ),
        terms=tuple(terms),
    )


def verdict(report: AuditReport) -> Statement:
    """Judge a pitch by what supports it; a formula without end supports nothing."""
    by_data = {one.claim for one in report.compared if one.agrees}
    undecided = [one.claim for one in report.compared if one.agrees is None]
    formula = [
        str(row["claim"])
        for row in report.tables["claims"]
        if row["support"] == Support.FORMULA and row["claim"] in WORTH
    ]
    unsupported = [name for name in dict.fromkeys((*undecided, *formula)) if name not in by_data]
    facts: dict[str, Fact] = {"claims": Quantity(len(report.claims), Unit.COUNT)}
    if contradictions(report):
        grade = AuditGrade.CONTRADICTED
        text = N_("{grade}: claims contradict each other or the data; see the findings.")
    elif unsupported:
        grade = AuditGrade.UNSUPPORTED
        facts["names"] = ", ".join(unsupported)
        text = N_("{grade}: consistent with a formula at most, not supported by data: {names}.")
    elif by_data:
        grade = AuditGrade.SUPPORTED
        facts["supported"] = Quantity(len(by_data), Unit.COUNT)
        text = N_("{grade}: the data shows {supported} of {claims} claims and contradicts none.")
    elif report.inputs:
        grade = AuditGrade.CONSISTENT
        text = N_("{grade}: the claims agree with each other; the data measures none of them.")
    else:
        grade = AuditGrade.CONSISTENT
        text = N_("{grade}: the claims agree with each other; no data was given to support them.")
    facts["grade"] = HEAD[grade]
    used = {key: fact for key, fact in facts.items() if f"{{{key}}}" in text}
    return Statement(label=N_("Verdict"), says=Sentence(text, used), grade=grade)


def _reading(row: Row, contradicted: bool) -> Statement:
    """Say what the claims allow; only a margin, and claims that may hold, carry a grade."""
    label = READINGS[str(row["reading"])]
    ratio, grade = row["ltv_to_cac"], str(row["grade"])
    if not isinstance(ratio, float):
        says = Sentence(N_("Unknown: the claims give no LTV/CAC."))
        return Statement(label=label, grade=grade, says=says)
    facts: dict[str, Fact] = {"grade": _verdict.HEAD[grade], "ratio": Quantity(ratio, Unit.RATIO)}
    if contradicted and row["basis"] == "revenue":
        text = N_("{grade} at {ratio} at most, in revenue, if the contradicted claims hold.")
    elif contradicted:
        text = N_("{grade} at {ratio}, if the contradicted claims hold.")
    elif row["basis"] == "revenue":
        text = N_("{grade} at {ratio} at most, in revenue: no margin is taken off.")
    else:
        return Statement(label=label, grade=grade, says=Sentence(N_("{grade} at {ratio}."), facts))
    return Statement(label=label, says=Sentence(text, facts))
