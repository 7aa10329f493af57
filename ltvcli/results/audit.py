"""The claims of a pitch, figures derived from them, and contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.about import About, Figure, described
from ltvcli.results.figures import Figures
from ltvcli.results.reports import Statement, TableReport
from ltvcli.results.sentences import Sentence
from ltvcli.results.verdicts import Valuation
from ltvcli.units import Rate, Unit

_KNOWN = {**dict(described(Figures)), **dict(described(Valuation))}

CLAIMS: Mapping[str, Figure] = {
    "ltv": _KNOWN["ltv"],
    "cac": _KNOWN["cac"],
    "ltv_to_cac": _KNOWN["ltv_to_cac"],
    "payback": _KNOWN["payback"],
    "margin": _KNOWN["margin"],
    "arpu": _KNOWN["arpu"],
    "aov": _KNOWN["aov"],
    "frequency": _KNOWN["frequency"],
    "lifespan": Figure(
        label=N_("Lifespan"),
        unit=Unit.MONTHS,
        definition=N_("Time that a customer stays, or months that the LTV covers."),
    ),
    "churn": _KNOWN["churn"],
    "churn_over": Figure(
        label=N_("Churn measured over"),
        unit=Unit.MONTHS,
        definition=N_("Number of months over which the monthly churn was measured; 1 by default."),
    ),
    "churn_yearly": Figure(
        label=N_("Yearly churn"),
        unit=Unit.RATE,
        per="year",
        definition=N_("Share of the customers at the start of a year who have churned at its end."),
        formula="churn_yearly = 1 - (1 - churn)^12",
    ),
    "logo_churn": Figure(
        label=N_("Logo churn"),
        unit=Unit.RATE,
        per="month",
        definition=N_(
            "Customers (not money) lost in a month, if this differs from the churn used for the "
            "LTV."
        ),
    ),
    "nrr": Figure(
        label=N_("Annual NRR"),
        unit=Unit.RATE,
        per="year",
        definition=N_(
            "Current payments of the customers of a year ago, as a share of their payments then."
        ),
    ),
    "grr": Figure(
        label=N_("Annual GRR"),
        unit=Unit.RATE,
        per="year",
        definition=N_("NRR without upgrades: it cannot exceed 100% or the NRR."),
    ),
    "mrr": Figure(
        label=N_("MRR"),
        unit=Unit.MONEY,
        per="month",
        definition=N_("Monthly recurring revenue of all paying customers."),
        formula="mrr = arpu x customers",
    ),
    "arr": Figure(
        label=N_("ARR"),
        unit=Unit.MONEY,
        per="year",
        definition=N_("Recurring revenue of a year at today's rate."),
        formula="arr = 12 x mrr",
    ),
    "customers": Figure(
        label=N_("Customers"),
        unit=Unit.COUNT,
        definition=N_("Customers who pay now; for a shop, customers who ever ordered."),
    ),
    "growth": Figure(
        label=N_("Monthly growth"),
        unit=Unit.RATE,
        per="month",
        definition=N_("Growth of the number of customers from month to month."),
    ),
    "age": Figure(
        label=N_("Age of the company"),
        unit=Unit.MONTHS,
        definition=N_("Months since the first customer paid: no customer has stayed for longer."),
    ),
    "spend": Figure(
        label=N_("Acquisition spend"),
        unit=Unit.MONEY,
        definition=N_("Total spend to acquire the new customers, over the same period."),
    ),
    "new_customers": Figure(
        label=N_("New customers"),
        unit=Unit.COUNT,
        definition=N_("New customers acquired in the period of the spend, from any source."),
    ),
    "organic_share": Figure(
        label=N_("Organic share"),
        unit=Unit.RATE,
        definition=N_(
            "Share of organic customers, acquired without spend, among the new customers."
        ),
    ),
    "retention_cost": _KNOWN["retention_cost"],
    "discount": _KNOWN["discount"],
}
"""Claims of a pitch besides `basis`, in reading order."""


BASIS = About(
    label=N_("Basis"),
    definition=N_("Whether the claimed LTV is margin or revenue: basis: margin."),
    pitfalls=N_("If the basis is not given, an LTV without the margin counts as a mistake."),
)


class AuditGrade(StrEnum):
    """The verdict on a pitch, best first.

    `supported`: the data shows what is claimed. `consistent`: the claims agree with each other, and
    no data was given, or none about these claims. `unsupported`: a claim follows from a formula
    that no data supports. `contradicted`: claims contradict each other or the data.
    """

    SUPPORTED = N_("supported")
    CONSISTENT = N_("consistent")
    UNSUPPORTED = N_("unsupported")
    CONTRADICTED = N_("contradicted")


READINGS = {"flattering": N_("Best case"), "sober": N_("Conservative")}
"""Labels of the two readings of the claims, by their key in the table."""


class Support(StrEnum):
    """The support of a claim: measured data, the other claims, a formula alone, or nothing."""

    DATA = "data"
    CLAIMS = "claims"
    FORMULA = "formula"
    NONE = "none"


class Claim(Struct, frozen=True, kw_only=True):
    """A number as claimed, and the range of values that are rounded to it."""

    text: str
    value: float
    low: float
    high: float


class Difference(Struct, frozen=True, kw_only=True):
    """A claim and the contradicting value derived from other claims.

    `low` to `high` is what the other claims allow with their rounding; None has no bound. `cause`
    is "" or a possible explanation: "revenue" (without the margin), "yearly" (a monthly churn taken
    for a yearly one), "monthly" (a yearly churn taken for a monthly one), "blended" (organic
    customers were counted).
    """

    claim: str
    source: str
    claimed: float
    value: float | None
    low: float | None
    high: float | None
    cause: str


class SeenChurn(Struct, frozen=True, kw_only=True):
    """The claimed churn as leavers and customer-months, with its 95% interval.

    `most` is the largest number of leavers that the rounding of the claims allows.
    """

    value: Rate
    leavers: float
    most: float
    exposure: float
    low: Rate
    high: Rate


class Compared(Struct, frozen=True, kw_only=True):
    """A claim against the data: the measured value and, where there is one, its 95% interval.

    `value` is None where it lies beyond the data: a CAC not recovered within `low` months.
    `horizon` is the months that the value counts. `agrees` is None where the data does not decide;
    `formula` then names the formula from which the claim follows, and `by_formula` is its result.
    """

    claim: str
    source: str
    claimed: float
    value: float | None
    low: float | None
    high: float | None
    agrees: bool | None
    horizon: int | None = None
    formula: str = ""
    by_formula: float | None = None

    @property
    def support(self) -> Support:
        """Return the support of the claim."""
        if self.agrees:
            return Support.DATA
        return Support.FORMULA if self.formula else Support.NONE


class AuditReport(TableReport, frozen=True, kw_only=True):
    """A pitch recomputed. The tables are `claims` and `readings`.

    Besides: the lifetime that the LTV needs, in months, at least (`lifetime_least`) and as claimed
    (`lifetime`); the LTV at both ends of the churn interval (`ltv_by_churn`, from the highest churn
    to the lowest); the comparison with data, and the findings about the data (`room`); and
    questions to the founder about what is `missing`.
    """

    kind: ClassVar = "audit"
    claims: Mapping[str, Claim]
    differences: tuple[Difference, ...] = ()
    lifetime: float | None = None
    lifetime_least: float | None = None
    seen_churn: SeenChurn | None = None
    ltv_by_churn: tuple[float | None, float | None] = (None, None)
    compared: tuple[Compared, ...] = ()
    missing: tuple[Sentence, ...] = ()
    verdict: str = ""
    room: tuple[Statement, ...] = ()
