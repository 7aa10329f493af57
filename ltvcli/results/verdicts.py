"""The value of a customer by each method, and its grade."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.about import Figure
from ltvcli.results.sentences import Sentence
from ltvcli.units import Money, Months, Unit


class Grade(StrEnum):
    """The grade of LTV/CAC, best first; `unknown` where the data is not sufficient."""

    HEALTHY = N_("healthy")
    IMPROVABLE = N_("improvable")
    CAUTION = N_("caution")
    DANGER = N_("danger")
    UNKNOWN = N_("unknown")


class PaybackGrade(StrEnum):
    """The grade of CAC payback."""

    FAST = N_("fast")
    IDEAL = N_("ideal")
    SLOW = N_("slow")
    UNKNOWN = N_("unknown")


class Valuation(Struct, frozen=True, kw_only=True):
    """Lifetime value of one customer by one method; `low` to `high` is 95% of `ltv`.

    `horizon` is None where the months that it counts are not limited. `upper_bound`: no margin is
    known, so that the grade is the best one possible.
    """

    method: str
    horizon: Annotated[
        Months | None,
        Figure(
            label=N_("Horizon"),
            unit=Unit.MONTHS,
            definition=N_(
                "Months from the first order that a lifetime value covers. Default: the largest "
                "of 1, 2, 3, 6, 12, 18, 24 and 36 months for which enough customers have been "
                "observed, so the headline does not change with each passing month."
            ),
            formula=(
                "customers observed for the whole horizon >= 100 (30 if fewer than 300 in all, all "
                "if fewer than 30), and >= 5% of all customers"
            ),
            pitfalls=N_(
                "Compare lifetime values at the same horizon only. --horizon overrides the "
                "default, up to the oldest age at which 30 customers were observed; payback is "
                "searched up to that age. ARPU / churn is uncapped: it counts years beyond the "
                "data."
            ),
        ),
    ] = None
    ltv: Annotated[
        Money | None,
        Figure(
            label=N_("Lifetime value"),
            unit=Unit.MONEY,
            definition=N_(
                "Gross margin that one customer brings, less retention cost, before CAC."
            ),
            pitfalls=N_("Compare it only over the same horizon, basis and discount."),
        ),
    ]
    low: Money | None = None
    high: Money | None = None
    ltv_net: Annotated[
        Money | None,
        Figure(
            label=N_("LTV – CAC"),
            unit=Unit.MONEY,
            definition=N_("Lifetime value less the acquisition cost."),
            formula="ltv_net = ltv - cac",
        ),
    ] = None
    ltv_to_cac: Annotated[
        float | None,
        Figure(
            label=N_("LTV/CAC"),
            unit=Unit.RATIO,
            definition=N_("Lifetime value (gross margin, before CAC) divided by the CAC."),
            formula="ltv_to_cac = ltv / cac; >=3 healthy, >=2 fair, >=1 caution, <1 danger",
            source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com (3x is a rule of thumb)",
            pitfalls=N_("Revenue / CAC is not LTV/CAC, and a good ratio can hide a slow payback."),
        ),
    ] = None
    payback: Annotated[
        Months | None,
        Figure(
            label=N_("CAC payback"),
            unit=Unit.MONTHS,
            definition=N_("Months of margin per customer that recover the CAC."),
            formula="cac / (monthly revenue per customer x margin); <6 fast, 6-12 ideal, >12 slow",
            pitfalls=N_(
                "The formula assumes that no customer churns before payback; payback_observed "
                "includes churn."
            ),
        ),
    ] = None
    grade: Grade = Grade.UNKNOWN
    upper_bound: bool = False


class Verdict(Struct, frozen=True, kw_only=True):
    """The grade of the headline method's LTV/CAC, and its probability.

    `upper_bound`: no margin is known, so that LTV is revenue, the grade is the best one possible,
    and no grade has a probability.
    """

    grade: Grade
    grade_low: Grade
    method: str
    ltv_to_cac: float | None
    low: float | None
    high: float | None
    probability: Mapping[Grade, float] | None
    says: Sentence
    upper_bound: bool = False


class PaybackVerdict(Struct, frozen=True, kw_only=True):
    """CAC payback, by formula and as observed.

    `observed_months` is the months of customers' lifetimes in the data; None without data.
    `upper_bound`: no margin is known, so that the grade is the best one possible.
    """

    grade: PaybackGrade
    payback: Months | None
    payback_observed: Annotated[
        Months | None,
        Figure(
            label=N_("CAC payback, observed"),
            unit=Unit.MONTHS,
            definition=N_(
                "Months from the first order to the end of the month in which the realised margin "
                "per customer covers the CAC; unknown if not reached in the data."
            ),
            formula="1 + first age month a with sum of margin per customer up to a >= cac",
        ),
    ]
    says: Sentence
    observed_months: int | None = None
    upper_bound: bool = False
