"""The report of `ltv risk` about customers of a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli import __version__, customer_ids
from ltvcli.language import N_
from ltvcli.pipeline import report, risk_calls
from ltvcli.results import InputFile, Sentence
from ltvcli.results.risk import BELOW_ZERO, RiskReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.risk.answer import Answer
    from ltvcli.analyses.risk.asked import Customers
    from ltvcli.pipeline.risk_today import Now
    from ltvcli.read.attributes import AttributesReading

SETTINGS = (
    "as_of", "cac", "currency", "customers", "date_format", "encoding", "exclude", "horizon",
    "margin", "status_paid",
)  # fmt: skip
"""Settings that change the answer."""
WITHIN = 6
"""Months in which a customer leaves or not, if not typed."""
SNAPSHOT = N_("chance: of having left by the day of the file, out of fold")


class Question(Struct, frozen=True, kw_only=True):
    """The question.

    Attributes:
        outcome: `COLUMN` or `COLUMN=VALUE` of customers who left; None where files say it.
        without: columns that are not to be used.
        within: months in which a customer leaves or not.
    """

    outcome: str | None = None
    without: tuple[str, ...] = ()
    within: int = WITHIN

    def given(self) -> dict[str, float | str]:
        """Return the given options, by name, for the record."""
        known = {"outcome": self.outcome or "", "without": ", ".join(self.without)}
        months: dict[str, float | str] = {"within": self.within} if self.within != WITHIN else {}
        return {name: text for name, text in known.items() if text} | months


class Files(Struct, frozen=True, kw_only=True):
    """The files beside the exports; each is a path or a pandas data frame, None for none.

    Attributes:
        customers: None for that of the settings.
        customer_column: of the IDs of customers, where the exports name theirs in another way.
        prospects: to score.
        declined: prospects who were declined.
        events: logs of events: paths, globs or pandas data frames.
        last: the last call list, without `customers`.
        rejects: where to write the rows of orders, subscriptions and events that were excluded.
    """

    customers: Any = None
    customer_column: str | None = None
    prospects: Any = None
    declined: Any = None
    events: Sequence[Any] = ()
    last: Any = None
    rejects: Path | None = None

    @property
    def score_today(self) -> bool:
        """Whether the customers of today are scored, as there is nobody else to score."""
        return self.prospects is None and self.declined is None


class Read(Struct, frozen=True, kw_only=True):
    """The input: customers with known outcomes, their source and dates, and today's customers."""

    customers: Customers
    inputs: tuple[InputFile, ...]
    reading: AttributesReading
    as_of: date | None = None
    currency: str | None = None
    horizon: float | None = None
    now: Now | None = None


def made(
    settings: Settings,
    question: Question,
    read: Read,
    files: tuple[InputFile, ...],
    answered: Answer,
    key: bytes | None,
) -> RiskReport:
    """Return the report.

    Args:
        settings: what was given.
        question: the outcome, the columns to leave out and the time.
        read: what was read.
        files: every file, accounted for.
        answered: the parts of the answer.
        key: that the IDs of customers are hashed with; None to show them as they are.
    """
    from ltvcli.analyses.risk import below_zero

    left, is_below = read.customers.left, bool(read.as_of) and question.outcome == BELOW_ZERO
    return RiskReport(
        command="risk",
        version=__version__,
        as_of=read.as_of,
        currency=read.currency or settings.currency,
        inputs=files,
        given={**report.given_settings(settings, SETTINGS), **question.given()},
        horizon=None if read.horizon is None else round(read.horizon),
        basis=None if read.as_of is None else "revenue" if settings.margin is None else "margin",
        says=below_zero.worded(answered.says) if is_below else answered.says,
        terms=(*_terms(read, question), *_terms_of_today(read, answered, settings, key)),
        main=_main(answered),
        tables=risk_calls.hidden(answered.tables, key),
        verdict=answered.verdict,
        outcome=BELOW_ZERO if is_below else read.reading.outcome,
        customers=len(left),
        left=int(left.sum()),
        records=answered.records,
        bins=answered.bins,
        columns=answered.columns,
        groups=answered.groups,
        within=question.within if read.as_of else None,
        prospects=answered.prospects,
        declined=answered.declined,
        behaviour=answered.behaviour,
        today=answered.today,
    )


def _main(answered: Answer) -> str:
    """Return the name of the table for spreadsheets."""
    if answered.today is not None and answered.today.rows:
        return "customers"
    return "prospects" if answered.prospects else "record"


def ids_key(read: Read, settings: Settings) -> bytes | None:
    """Return the key to hash IDs with; None if customers have only row numbers."""
    if read.now is not None:
        return read.now.key
    if not read.reading.named:
        return None
    ids = "\n".join(str(customer) for customer in read.customers.attributes.customers)
    return customer_ids.key_of(f"{ids} {read.customers.left.tobytes().hex()}", settings)


def _terms_of_today(
    read: Read, answered: Answer, settings: Settings, key: bytes | None
) -> tuple[Sentence, ...]:
    """Return the definitions for today's customers, and how their IDs are shown."""
    if answered.today is None or not answered.today.rows:
        return ()
    stated = read.now.terms() if read.now else (Sentence(SNAPSHOT),)
    if not read.reading.named:
        return (*stated, Sentence(N_("customers by the number of their row")))
    return (*stated, customer_ids.term(settings, plain=key is None))


def _terms(read: Read, question: Question) -> tuple[Sentence, ...]:
    """Return the definition of churn, and the period over which contributions are summed."""
    if read.horizon is None:
        return ()
    text = N_("left within {months} {months:month|months} of the first paid day")
    if question.outcome == BELOW_ZERO:
        text = N_("outcome: contribution of the first {months} {months:month|months} below CAC")
    elif read.inputs[0].kind == "orders":
        text = N_("no second order within {months} {months:month|months} of the first")
    horizon = {"months": round(read.horizon)}
    return (
        Sentence(text, {"months": question.within}),
        Sentence(N_("contribution of the first {months} {months:month|months}"), horizon),
    )
