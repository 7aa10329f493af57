"""Churn risk: evaluation of the prediction, columns, and scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.behaviour import Behaviour
from ltvcli.results.experiment import Range
from ltvcli.results.reports import TableReport
from ltvcli.results.risk_record import Bin, Group, Record, Verdict
from ltvcli.results.today import Today

ENOUGH = 100
"""Customers who left, and as many who stayed, below which no score is made."""
BELOW_ZERO = "below-zero"
"""Outcome: a contribution below CAC."""
AHEAD = 90
"""Days in which a customer comes back, leaves or buys more."""
BASE, SINGLE, LOGISTIC, BOOSTING = "base-rate", "single-column", "logistic", "boosting"
SILENCE = "silence"
SCORES = (LOGISTIC, BOOSTING)
"""Models that may give a score, the simpler one first."""
MODELS = {
    BASE: N_("base rate"),
    SINGLE: N_("best single column"),
    LOGISTIC: N_("logistic regression"),
    BOOSTING: N_("gradient boosting"),
}
KNOWN = (
    N_("average of 90 days"), N_("days a customer"), N_("days silent"), N_("MRR to first"),
    N_("order days of 90 days"), N_("order days"), N_("spend of 90 days"),
    N_("spend per order day"), N_("paid subscriptions"), N_("usual gap"), N_("plan"), N_("amounts"),
    N_("MRR"),
)  # fmt: skip
"""Columns of what customers did, the longer ones of the same beginning first."""
WITHOUT, NAMED, BLANKS = "without", "named-like-outcome", "blank-with-outcome"
ALONE, IDENTIFIES, CONSTANT, DAY = "tells-alone", "identifies", "constant", "day"
NOT_OF_PROSPECTS = "not-of-prospects"
LABELS = {**MODELS, SILENCE: N_("silence past the usual gap")}
BECAUSE = {
    WITHOUT: N_("left out with --without"),
    NAMED: N_("named like an outcome"),
    BLANKS: N_("blank just where customers left, or stayed"),
    ALONE: N_("predicts by itself who left (AUC above 0.95)"),
    IDENTIFIES: N_("different for every customer"),
    CONSTANT: N_("the same for all customers"),
    DAY: N_("a date"),
    NOT_OF_PROSPECTS: N_("not in the file of prospects"),
}
"""Why a column is left out."""
LEAKS = (NAMED, BLANKS, ALONE)
"""Reasons that mean that a column is known only after the outcome."""


class Column(Struct, frozen=True, kw_only=True):
    """A column of the customers.

    Attributes:
        name: its header.
        because: why it is left out; "" if it is used.
        auc: of the column alone, out of fold; None where that was not looked at.
        protected: the protected attribute that it holds or is a proxy for; "" for none.
    """

    name: str
    because: str
    auc: Range | None
    protected: str


class Word(StrEnum):
    """The verdict on a prospect by the expected contribution after CAC."""

    HIGH = "high"
    WATCH = "watch"
    FIT = "fit"
    UNKNOWN = "unknown"


class Prospect(Struct, frozen=True, kw_only=True):
    """A prospect.

    Attributes:
        name: its id.
        chance: that it leaves, within the interval of what such customers did; None if no past
            customer was like it.
        multiple: chance over the base rate.
        percentile: share of past customers with a lower chance.
        expected: contribution within the horizon after CAC, by the customers who are most alike.
        word: what that means; None without a CAC.
        because: columns that speak for leaving (▲) and against it (▼), the strongest first; of an
            unknown prospect, cells that no past customer had.
        alike: past customers who are most alike.
        alike_left: of these.
    """

    name: str
    chance: Range | None
    multiple: float | None
    percentile: float | None
    expected: Range | None
    word: Word | None
    because: tuple[str, ...]
    alike: int
    alike_left: int


class Saved(Struct, frozen=True, kw_only=True):
    """The saving of declining prospects.

    Attributes:
        declined: prospects who were.
        unknown: of these, nobody like whom was a customer; they have no part in the sums.
        alike: past customers who are most alike, added up over prospects.
        alike_left: of these.
        avoided: losses that were expected, as a positive amount.
        forgone: profit that was expected.
        net: avoided less forgone.
    """

    declined: int
    unknown: int
    alike: int
    alike_left: int
    avoided: Range
    forgone: Range
    net: Range


class Declined(Struct, frozen=True, kw_only=True):
    """Declined prospects, and the saving by owner."""

    total: Saved
    prospects: tuple[Prospect, ...]
    owner_of: Mapping[str, str]
    by_owner: Mapping[str, Saved]


class Call(Struct, frozen=True, kw_only=True):
    """A customer who fell silent, or who is more likely to leave than usual.

    Attributes:
        customer: id.
        chance: that no order comes in the next 90 days, or that the customer leaves in them, with
            the interval of customers as likely to.
        at_stake: chance times what the customer would bring in these days otherwise.
        silence: days since the last order; None of a subscriber.
        usual: gap in days that nine in ten of the customer's gaps stay within, shrunk; likewise.
        because: of a subscriber, columns that speak for leaving (▲) and against it (▼).
        control: whether the customer is left uncalled, to learn what calls bring.
        day: of the list.
        due: day by which to call.
    """

    customer: str
    chance: Range
    at_stake: float
    control: bool
    day: date
    due: date
    silence: int | None = None
    usual: int | None = None
    because: tuple[str, ...] = ()


class LastCalls(Struct, frozen=True, kw_only=True):
    """The results of the last call list.

    Attributes:
        day: of the list.
        called: customers on it who were to be called.
        called_back: of these, who have ordered since, or are subscribers still.
        control: customers left uncalled.
        control_back: of these, likewise.
        difference: of the two shares.
        worth: contribution per customer called, beyond that of those left out.
    """

    day: date
    called: int
    called_back: int
    control: int
    control_back: int
    difference: Range
    worth: Range


class NextProduct(Struct, frozen=True, kw_only=True):
    """A product that customers buy after another one more often than otherwise.

    Attributes:
        product: of the first order.
        next: bought within 90 days after it, for the first time.
        customers: whose first order had the one and not the other, and was watched for 90 days.
        bought: of these, buyers of the next one.
        share: of these.
        usual: share of all other customers whose first order did not have the next one.
        lift: share over that of the others.
        p: one-sided p-value of the hypergeometric test.
        p_holm: corrected for all pairs that were tested.
    """

    product: str
    next: str
    customers: int
    bought: int
    share: Range
    usual: float
    lift: Range
    p: float
    p_holm: float


class ProductRecord(Struct, frozen=True, kw_only=True):
    """How suggestions from data up to an earlier day did.

    Attributes:
        cutoff: that day.
        customers: who bought something for the first time in the 90 days before it.
        suggested: of these, customers with a suggestion.
        top: of these, the likeliest: a tenth of the customers, and those as likely.
        bought: of these, buyers of what was suggested, in the 90 days after.
        expected: buyers by chance, by the share of all customers without the product.
        lift: bought over expected.
    """

    cutoff: date
    customers: int
    suggested: int
    top: int
    bought: int
    expected: float
    lift: Range


class Offer(Struct, frozen=True, kw_only=True):
    """A product to offer to a customer, who bought another one in the last 90 days."""

    customer: str
    product: str
    next: str
    share: Range


class Expansion(Struct, frozen=True, kw_only=True):
    """A customer who is likely to move up.

    Attributes:
        customer: id.
        chance: that MRR grows, or that spend rises by 20%, within 90 days.
        spent: MRR today, or revenue of the last 90 days.
        because: columns that speak for it (▲) and against it (▼).
    """

    customer: str
    chance: Range
    spent: float
    because: tuple[str, ...]


class RiskReport(TableReport, frozen=True, kw_only=True):
    """The prediction of churn and its evaluation.

    Attributes:
        verdict: what the record allows.
        outcome: header of the column of the outcome.
        customers: with a known outcome.
        left: of these.
        records: of every model, by cut-off.
        bins: of the chosen model.
        columns: of the customers.
        groups: of the columns that are shown by themselves.
        within: months in which a customer left or not; None of a snapshot.
        prospects: that were scored, those with the highest chance first.
        declined: prospects who were declined; None if none were given, or there is no score.
        calls: customers who fell silent or are likely to leave, the most at stake first.
        last: what became of the last list; None if none was given.
        today: customers who have not left, with the record of their scores; None where they are not
            asked for.
        behaviour: whether behaviour adds to what was known at signing, by length of the first
            days; none without a log of events.
        next_products: pairs of products that follow each other; see `NextProduct`.
        product_record: how such pairs did on an earlier day; None where none was suggested.
        offers: products to offer to customers, the likeliest first.
        expansion: customers who are likely to move up, the likeliest first.
    """

    kind: ClassVar = "risk"
    verdict: Verdict = Verdict.NOTHING
    outcome: str = ""
    customers: int = 0
    left: int = 0
    records: tuple[Record, ...] = ()
    bins: tuple[Bin, ...] = ()
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
    within: int | None = None
    prospects: tuple[Prospect, ...] = ()
    declined: Declined | None = None
    calls: tuple[Call, ...] = ()
    last: LastCalls | None = None
    behaviour: tuple[Behaviour, ...] = ()
    today: Today | None = None
    next_products: tuple[NextProduct, ...] = ()
    product_record: ProductRecord | None = None
    offers: tuple[Offer, ...] = ()
    expansion: tuple[Expansion, ...] = ()
