"""Questions to the founder, and the statements of an audit, which depend on its findings."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli import registry
from ltvcli.analyses.audit.derivations import Known
from ltvcli.analyses.audit.recompute import WORTH
from ltvcli.analyses.valuation import verdict as grades
from ltvcli.checks import audit as checks
from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Row, Sentence, Statement
from ltvcli.results.audit import READINGS, AuditGrade, AuditReport, Support
from ltvcli.units import Unit

ASK = N_("Ask management")
NO_CONTRADICTION = ("formula-only",)
"""Checks of pitches whose findings are no contradictions, but claims without support."""
HEAD = {
    AuditGrade.SUPPORTED: N_("Supported"),
    AuditGrade.CONSISTENT: N_("Consistent"),
    AuditGrade.UNSUPPORTED: N_("Unsupported"),
    AuditGrade.CONTRADICTED: N_("Contradicted"),
}


def missing(known: Known) -> tuple[Sentence, ...]:
    """Return questions about missing figures on which the claims depend, most important first."""
    claims = known.pitch.claims
    worth = known.claimed("ltv") or known.claimed("ltv_to_cac")
    cost = known.claimed("cac") or known.claimed("ltv_to_cac")
    churn = known.has("churn")
    asked = (
        (worth and "margin" not in claims,
         N_("Which margin does the LTV use, and are all costs of serving a customer in it?")),
        ("margin" in claims and claims["margin"].value == 1,
         N_("What does it cost to serve a customer? A margin of 100% assumes no cost.")),
        (worth and not churn and not known.claimed("lifespan"),
         N_("How many customers churn per month, out of how many?")),
        (worth and "age" not in claims,
         N_("When did the first customers start to pay, and how many of them still do?")),
        (churn and "customers" not in claims,
         N_("How many customers and how many months is the churn rate based on?")),
        (churn and "growth" not in claims,
         N_("How many of today's customers were acquired within the last six months?")),
        (cost and not {"spend", "new_customers"} <= claims.keys(),
         N_("What was the marketing spend per month, and how many customers did it bring?")),
        (cost and "organic_share" not in claims,
         N_("How many new customers are organic, and does the CAC include them?")),
    )  # fmt: skip
    return tuple(Sentence(question) for wanted, question in asked if wanted)


def contradictions(report: AuditReport) -> list[str]:
    """Return the checks that found a contradiction, in the order of the findings."""
    return [name for name in _asking(report) if name not in NO_CONTRADICTION]


def _asking(report: AuditReport) -> list[str]:
    """Return the checks of pitches with a finding."""
    return [finding.check for finding in report.findings if finding.check in registry.names(checks)]


def with_statements(report: AuditReport) -> AuditReport:
    """Add the statements about a pitch: the grade, the data, both readings, and questions."""
    contradicting = contradictions(report)
    headline = Sentence(*_count(len(contradicting), len(report.claims)))
    asked = [Sentence(registry.load(checks, name).ASK) for name in _asking(report)]
    terms = [Sentence(N_("rounding tolerance applied"))]
    if report.as_of:
        terms.append(Sentence(N_("data through {day}"), {"day": report.as_of}))
    readings = [_reading(row, bool(contradicting)) for row in report.tables["readings"]]
    judged = verdict(report)
    return replace(
        report,
        verdict=judged.grade,
        says=(
            Statement(says=headline),
            judged,
            *report.room,
            *reversed(readings),
            *(Statement(label=ASK, says=question) for question in (*asked, *report.missing)),
        ),
        terms=tuple(terms),
    )


def _count(contradictions: int, claims: int) -> tuple[str, dict[str, Fact]]:
    """Return the headline: the numbers of contradictions and claims."""
    facts: dict[str, Fact] = {"claims": Quantity(claims, Unit.COUNT)}
    if not contradictions:
        return N_("no inconsistencies in {claims} {claims:claim|claims}"), facts
    facts["found"] = Quantity(contradictions, Unit.COUNT)
    text = N_("{found} {found:inconsistency|inconsistencies} in {claims} {claims:claim|claims}")
    return text, facts


def verdict(report: AuditReport) -> Statement:
    """Grade a pitch by its supported claims; a formula without a limit supports none."""
    by_data = {compared.claim for compared in report.compared if compared.agrees}
    undecided = [compared.claim for compared in report.compared if compared.agrees is None]
    formula = [
        str(row["claim"])
        for row in report.tables["claims"]
        if row["support"] == Support.FORMULA and row["claim"] in WORTH
    ]
    unsupported = [name for name in dict.fromkeys((*undecided, *formula)) if name not in by_data]
    facts: dict[str, Fact] = {"claims": Quantity(len(report.claims), Unit.COUNT)}
    if contradictions(report):
        grade = AuditGrade.CONTRADICTED
        text = HEAD[grade]
    elif unsupported:
        grade = AuditGrade.UNSUPPORTED
        facts["names"] = ", ".join(unsupported)
        text = N_("{grade}: not supported by data: {names}")
    elif by_data:
        grade = AuditGrade.SUPPORTED
        facts["supported"] = Quantity(len(by_data), Unit.COUNT)
        text = N_(
            "{grade}: data confirms {supported} of {claims} {claims:claim|claims}, contradicts none"
        )
    elif report.inputs:
        grade = AuditGrade.CONSISTENT
        text = N_("{grade}: the data measures none of the claims")
    else:
        grade = AuditGrade.CONSISTENT
        text = N_("{grade}: no data was given")
    facts["grade"] = HEAD[grade]
    used = {key: fact for key, fact in facts.items() if f"{{{key}}}" in text}
    return Statement(label=N_("Verdict"), says=Sentence(text, used), grade=grade)


def _reading(row: Row, contradicted: bool) -> Statement:
    """Describe a reading; it has a grade only with a margin, and without contradictions."""
    label = READINGS[str(row["reading"])]
    ratio, grade = row["ltv_to_cac"], str(row["grade"])
    if not isinstance(ratio, float):
        says = Sentence(N_("Unknown: the claims imply no LTV/CAC"))
        return Statement(label=label, grade=grade, says=says)
    facts: dict[str, Fact] = {"grade": grades.HEAD[grade], "ratio": Quantity(ratio, Unit.RATIO)}
    if contradicted and row["basis"] == "revenue":
        text = N_("at most {grade} at {ratio} (revenue basis), if the claims hold")
    elif contradicted:
        text = N_("{grade} at {ratio}, if the claims hold")
    elif row["basis"] == "revenue":
        text = N_("at most {grade} at {ratio} (revenue basis, no margin applied)")
    else:
        return Statement(label=label, grade=grade, says=Sentence(N_("{grade} at {ratio}"), facts))
    return Statement(label=label, says=Sentence(text, facts))
