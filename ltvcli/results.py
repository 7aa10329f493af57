"""What ltv finds out: plain frozen records, no behaviour, no formatting.

A field says once what it is called, what it is measured in and what it means; every format and
`ltv explain` read that. `None` means "not known" or "not defined"; 0 always means zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, get_type_hints

from ltvcli.language import N_
from ltvcli.units import Money, Months, Rate, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a name means. Figures, methods, checks and set-aside reasons all carry one."""

    label: str
    definition: str
    formula: str = ""
    source: str = ""
    pitfalls: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(About):
    """What a number means, and its unit."""

    unit: Unit


class Source(StrEnum):
    """Where a figure comes from."""

    MEASURED = "measured"
    GIVEN = "given"
    ASSUMED = "assumed"


class Severity(StrEnum):
    """How much a finding matters to the headline, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, inside a sentence."""

    value: float
    unit: Unit


Fact = Quantity | str | int | date


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to a person: an English template and the facts that fill it.

    `text` is marked with N_ where it is written; formats translate it and write the numbers.
    A fact that is a `str` is shown as it is, unless it is itself a marked text (a grade).
    """

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One figure with its 95% interval (None where it was given or assumed) and its origin."""

    value: float
    low: float | None = None
    high: float | None = None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The inputs of every method: measured from the data, given by the user, or assumed."""

    customers: Annotated[
        Estimate | None,
        Figure(
            label=N_("Customers"),
            unit=Unit.COUNT,
            definition=N_("Customers with at least one counted order, after cleaning."),
            pitfalls=N_("Guests have no id and are set aside; their share of revenue is reported."),
        ),
    ] = None
    orders: Annotated[
        Estimate | None,
        Figure(
            label=N_("Orders"),
            unit=Unit.COUNT,
            definition=N_(
                "Counted orders: one per order id (line items collapse), or one per row where "
                "there is no id. Cancelled orders and refund rows are not orders."
            ),
        ),
    ] = None
    net_revenue: Annotated[
        Estimate | None,
        Figure(
            label=N_("Net revenue"),
            unit=Unit.MONEY,
            definition=N_("Revenue of counted orders, net of refunds and cancellations."),
            pitfalls=N_("Tax and shipping are in or out as they are in the export's order total."),
        ),
    ] = None
    aov: Annotated[
        Estimate | None,
        Figure(
            label=N_("Average order value"),
            unit=Unit.MONEY,
            definition=N_("What one counted order brings, net of refunds."),
            formula="aov = net_revenue / orders",
        ),
    ] = None
    repeat_rate: Annotated[
        Estimate | None,
        Figure(
            label=N_("Repeat rate"),
            unit=Unit.RATE,
            definition=N_(
                "Share of customers with a second order, among those observed 12 months or more."
            ),
            formula="repeat_rate = customers with 2+ orders / customers, observed_months >= 12",
            pitfalls=N_(
                "Counting young customers too would understate it: they had no time to return."
            ),
        ),
    ] = None
    lapse_after: Annotated[
        Estimate | None,
        Figure(
            label=N_("Lapse after"),
            unit=Unit.MONTHS,
            definition=N_(
                "A customer counts as lapsed once this long has passed without an order: the 90th "
                "percentile of gaps between orders of repeat customers, within 30 to 365 days."
            ),
            pitfalls=N_("Lifespan, frequency and churn all hang on it; set it with --lapse-after."),
        ),
    ] = None
    lifespan: Annotated[
        Estimate | None,
        Figure(
            label=N_("Lifespan"),
            unit=Unit.MONTHS,
            definition=N_(
                "Restricted mean of active life up to the horizon: active from the first order "
                "until lapse_after past the last; customers still active are censored."
            ),
            formula="lifespan = integral of the Kaplan-Meier survival curve from 0 to horizon",
            source="Kaplan & Meier (1958), J. Am. Stat. Assoc. 53, 457-481",
            pitfalls=N_("It ends at the horizon: customers may live longer, the data cannot say."),
        ),
    ] = None
    orders_per_customer: Annotated[
        Estimate | None,
        Figure(
            label=N_("Orders per customer"),
            unit=Unit.RATIO,
            definition=N_("Orders to expect from a customer within the horizon."),
            formula="sum over age months of orders(a) / customers observed at a",
        ),
    ] = None
    frequency: Annotated[
        Estimate | None,
        Figure(
            label=N_("Orders a year"),
            unit=Unit.RATIO,
            definition=N_("Orders a year while the customer is active."),
            formula="frequency = 12 x orders_per_customer / lifespan",
        ),
    ] = None
    arpu: Annotated[
        Estimate | None,
        Figure(
            label=N_("Revenue a month (ARPU)"),
            unit=Unit.MONEY,
            definition=N_("Net revenue per active customer and month."),
            formula="arpu = net_revenue / active customer-months",
        ),
    ] = None
    churn: Annotated[
        Estimate | None,
        Figure(
            label=N_("Monthly churn"),
            unit=Unit.RATE,
            definition=N_("Customers who lapse in a month, per active customer."),
            formula="churn = lapses / active customer-months",
            pitfalls=N_(
                "One number for all ages: leavers are mostly young customers, so 1 / churn is not "
                "how long a customer stays."
            ),
        ),
    ] = None
    margin: Annotated[
        Estimate | None,
        Figure(
            label=N_("Margin"),
            unit=Unit.RATE,
            definition=N_(
                "Contribution margin: what is left of revenue after the cost of what was sold."
            ),
            formula="margin = 1 - cost / revenue",
            pitfalls=N_(
                "Without a margin or a cost column 100% is assumed: every value is then revenue."
            ),
        ),
    ] = None
    cac: Annotated[
        Estimate | None,
        Figure(
            label=N_("Acquisition cost (CAC)"),
            unit=Unit.MONEY,
            definition=N_("What it costs to win one new customer."),
            formula="cac = acquisition spend / new customers of the same period",
            pitfalls=N_(
                "Customers who came by themselves make a blended CAC look better than a paid one."
            ),
        ),
    ] = None
    retention_cost: Annotated[
        Estimate | None,
        Figure(
            label=N_("Retention cost a year"),
            unit=Unit.MONEY,
            definition=N_("What it costs to keep one customer for a year while active."),
        ),
    ] = None
    discount: Annotated[
        Estimate | None,
        Figure(
            label=N_("Discount rate a year"),
            unit=Unit.RATE,
            definition=N_(
                "Cost of capital a year, compounded to months; later money is worth less."
            ),
            formula="monthly = (1 + yearly)^(1/12) - 1",
        ),
    ] = None


class Grade(StrEnum):
    """The verdict on LTV/CAC, best first; `unknown` where the data carries none."""

    HEALTHY = N_("healthy")
    IMPROVABLE = N_("improvable")
    CAUTION = N_("caution")
    DANGER = N_("danger")
    UNKNOWN = N_("unknown")


class PaybackGrade(StrEnum):
    """The verdict on CAC payback."""

    FAST = N_("fast")
    IDEAL = N_("ideal")
    SLOW = N_("slow")
    UNKNOWN = N_("unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """Lifetime value of one customer by one method; `low` to `high` is 95% of `ltv`."""

    method: str
    ltv: Annotated[
        Money | None,
        Figure(
            label=N_("Lifetime value"),
            unit=Unit.MONEY,
            definition=N_("What one customer brings in margin, before what it cost to win them."),
            pitfalls=N_("Compare it only over the same horizon, basis and discount."),
        ),
    ]
    low: Money | None = None
    high: Money | None = None
    ltv_net: Annotated[
        Money | None,
        Figure(
            label=N_("Net of CAC"),
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
            definition=N_(
                "Lifetime value, in margin and before CAC, per unit of acquisition cost."
            ),
            formula="ltv_to_cac = ltv / cac; >=3 healthy, >=2 improvable, >=1 caution, <1 danger",
            source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com (3x is a rule of thumb)",
            pitfalls=N_(
                "Revenue over CAC is not LTV/CAC; and a good ratio can hide a slow payback."
            ),
        ),
    ] = None
    payback: Annotated[
        Months | None,
        Figure(
            label=N_("CAC payback"),
            unit=Unit.MONTHS,
            definition=N_("Months of margin from one customer that return the acquisition cost."),
            formula="cac / (monthly revenue per customer x margin); <6 fast, 6-12 ideal, >12 slow",
            pitfalls=N_("The formula lets nobody leave before payback; payback_observed does."),
        ),
    ] = None
    grade: Grade = Grade.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The grade of the headline method's LTV/CAC and how sure the data is of it."""

    grade: Grade
    grade_low: Grade
    method: str
    ltv_to_cac: float | None
    low: float | None
    high: float | None
    probability: Mapping[Grade, float] | None
    says: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PaybackVerdict:
    """How soon a customer returns what it cost to win them, by formula and as it happened."""

    grade: PaybackGrade
    payback: Months | None
    payback_observed: Annotated[
        Months | None,
        Figure(
            label=N_("CAC payback, observed"),
            unit=Unit.MONTHS,
            definition=N_(
                "Months after the first order until the realised margin per customer has returned "
                "the CAC, to the end of that month; unknown while the data does not reach it."
            ),
            formula="1 + first age month a with sum of margin per customer up to a >= cac",
        ),
    ]
    says: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a reader of the result should know, and the option that would answer it."""

    check: str
    severity: Severity
    says: Sentence
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """Where the numbers come from: rows_used plus the rows set aside is rows_read."""

    path: str
    kind: str
    profile: str
    sha256: str
    first: date | None
    last: date | None
    rows_read: int
    rows_used: int
    set_aside: Mapping[str, int]
    columns: Mapping[str, str]
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What checks look at beside the figures."""

    months: int
    first: date
    last: date
    rows_read: int
    rows_used: int
    no_customer_revenue: Money
    net_revenue: Money
    largest_customer_revenue: Money
    new_customers: Mapping[date, int]
    cost_share: Rate | None
    last_gap_days: int
    lapse_sampled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one run found out; the JSON document is this, key by key."""

    command: str
    version: str
    as_of: date | None
    currency: str | None
    horizon: int | None
    basis: str
    inputs: tuple[InputFile, ...]
    given: Mapping[str, float | str]
    figures: Figures
    methods: tuple[Valuation, ...]
    verdict: Verdict
    payback_verdict: PaybackVerdict
    evidence: Evidence | None = None
    findings: tuple[Finding, ...] = ()
    tables: Mapping[str, tuple[Mapping[str, float | int | str | None], ...]] = field(
        default_factory=dict
    )
    next_command: str = ""


def described(record: type) -> Iterator[tuple[str, Figure]]:
    """List the fields of a result type that carry a Figure, in reading order: (key, figure).

    >>> [key for key, _ in described(PaybackVerdict)]
    ['payback_observed']
    """
    hints: dict[str, Any] = get_type_hints(record, include_extras=True)
    for one in fields(record):
        for meta in getattr(hints[one.name], "__metadata__", ()):
            if isinstance(meta, Figure):
                yield one.name, meta
