"""What to ask the founder, and what to say once it is known what was found."""

from __future__ import annotations

from dataclasses import replace

from ltvcli import registry
from ltvcli.analyses import _verdict
from ltvcli.analyses.audit.routes import Known
from ltvcli.checks import audit as checks
from ltvcli.language import N_
from ltvcli.results import Quantity, Row, Sentence, Statement
from ltvcli.results.audit import AuditReport
from ltvcli.units import Unit

READINGS = {"flattering": N_("Flattering"), "sober": N_("Sober")}
ASK = N_("Ask")


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
    return [one.check for one in report.findings if one.check in registry.names(checks)]


def told(report: AuditReport) -> AuditReport:
    """Write what is said of a pitch: what was found, both readings, the data, what to ask."""
    found = contradictions(report)
    count = Quantity(len(report.claims), Unit.COUNT)
    headline = Sentence(N_("Nothing found; claims checked: {claims}."), {"claims": count})
    if found:
        headline = Sentence(
            N_("Contradictions found: {found}; claims checked: {claims}."),
            {"found": Quantity(len(found), Unit.COUNT), "claims": count},
        )
    asked = [Sentence(registry.load(checks, name).ASK) for name in found]
    terms = [Sentence(N_("as claimed, give or take the rounding"))]
    if report.as_of:
        terms.append(Sentence(N_("data until {day}"), {"day": report.as_of}))
    return replace(
        report,
        says=(
            Statement(says=headline),
            *(_reading(row) for row in report.tables["readings"]),
            *report.room,
            *(Statement(label=ASK, says=one) for one in (*asked, *report.missing)),
        ),
        terms=tuple(terms),
    )


def _reading(row: Row) -> Statement:
    ratio, grade = row["ltv_to_cac"], str(row["grade"])
    says = Sentence(N_("Unknown: the claims give no LTV/CAC."))
    if isinstance(ratio, float):
        text = N_("{grade} at {ratio}.")
        if row["basis"] == "revenue":
            text = N_("{grade} at {ratio}, in revenue: at most, as no margin is taken off.")
        says = Sentence(text, {"grade": _verdict.HEAD[grade], "ratio": Quantity(ratio, Unit.RATIO)})
    return Statement(label=READINGS[str(row["reading"])], grade=grade, says=says)
