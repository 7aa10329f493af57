"""MRR and customers of the table `periods` under a convention, and their movements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from msgspec import Struct, field
from msgspec.structs import asdict

from ltvcli.analyses.mrr.conventions import STANDARD, Convention
from ltvcli.errors import InternalError
from ltvcli.formulas import mrr as formulas
from ltvcli.units import Money, Rate

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine

COUNTED_BY = ("churn_date", "trials", "unpaid", "paused", "late_days", "free", "listed")
"""Switches that decide what counts; all others affect only how it is added up."""


class Flow(Struct, frozen=True, kw_only=True):
    """MRR and customers at the opening and the close of a period, and the movements between."""

    opening: Money
    new: Money
    expansion: Money
    contraction: Money
    churn: Money
    reactivation: Money
    closing: Money
    customers_opening: int
    customers_new: int
    customers_churn: int
    customers_reactivation: int
    customers_closing: int


class Flows(Struct, frozen=True, kw_only=True):
    """Flows under one convention, per month: of the calendar month, and those for rates."""

    months: tuple[date, ...]
    complete: tuple[bool, ...]
    calendar: tuple[Flow, ...]
    money: tuple[Flow, ...]
    people: tuple[Flow, ...]


class Ledger(Struct):
    """The table `periods` of an engine, added up under any convention.

    It has one row per period of a subscription at one price in one state. Columns: customer_key,
    the same whole number for the same customer; customer, subscription and plan TEXT; start, its
    first day, "end", the first day after it (NULL while it runs), asked, the day of the
    cancellation, and paid_to DATE; yearly and list_yearly (before discounts) DECIMAL(18,4), for
    twelve months and never negative; state TEXT: paying, trial, past-due, unpaid or paused. Periods
    of one subscription do not overlap.
    """

    engine: Engine
    as_of: date
    first: date | None = None
    last: date | None = None
    matters: dict[str, Any] = field(default_factory=dict)
    stretched: tuple[Any, ...] = ()
    changed: tuple[Any, ...] = ()
    known: dict[tuple[Any, ...], dict[str, list[Any]]] = field(default_factory=dict)

    def flows(self, convention: Convention) -> Flows:
        """Sum under a convention, by month from `first` to `last`; by default all months.

        Raises:
            InternalError: opening and movements do not add up to the close, to the last digit.
        """
        left = convention.leavers == "left"
        calendar = self._sums(convention, None, convention.daily)
        return Flows(
            months=tuple(calendar["month"]),
            complete=tuple(calendar["complete"]),
            calendar=_rows(calendar),
            money=_rows(self._sums(convention, convention.trailing, convention.daily)),
            people=_rows(self._sums(convention, convention.trailing, left)),
        )

    def plans(self, convention: Convention) -> dict[str, list[Any]]:
        """Sum under a convention, by month and plan: the columns of `sql/mrr/plans.sql`.

        Raises:
            InternalError: a plan's opening and movements do not add up to its close.
        """
        self._stretch(self._counted(convention))
        self._move(None, convention.daily)
        columns = _lists(self.engine.columns("mrr/plans", {"daily": convention.daily}))
        _refuse_gaps(columns, "gap")
        return columns

    def _sums(
        self, convention: Convention, trailing: int | None, daily: bool
    ) -> dict[str, list[Any]]:
        counted = self._counted(convention)
        key = (*counted.values(), trailing, daily)
        if key not in self.known:
            self._stretch(counted)
            if _are_payers(counted) and (daily or trailing is None):
                self._flow_in_one_pass(trailing, daily)
            else:
                self._move(trailing, daily)
                self.engine.run("mrr/flows")
            columns = _lists(self.engine.columns("mrr/movements_by_month", {"as_of": self.as_of}))
            _refuse_gaps(columns, "gap", "customers_gap")
            self.known[key] = columns
        return self.known[key]

    def _counted(self, convention: Convention) -> dict[str, Any]:
        """Return the switches that decide what counts; the others as in `standard`."""
        if not self.matters:
            self.matters = self.engine.row("mrr/periods", {"as_of": self.as_of})
        return {
            name: getattr(convention if self.matters[name] else STANDARD, name)
            for name in COUNTED_BY
        }

    def _stretch(self, counted: dict[str, Any]) -> None:
        """Fill `mrr_stretches` if needed."""
        if self.stretched != tuple(counted.values()):
            asked = {"asked": counted["churn_date"] == "asked", "as_of": self.as_of}
            self.engine.run("mrr/stretches", counted | asked)
            self.stretched = tuple(counted.values())

    def _move(self, trailing: int | None, daily: bool) -> None:
        """Fill `mrr_events` and `mrr_changes` if needed, then `mrr_moves`."""
        if self.changed != self.stretched:
            self.engine.run("mrr/changes", {"as_of": self.as_of})
            self.changed = self.stretched
        self._open_windows(trailing)
        self.engine.run("mrr/movements", {"daily": daily})

    def _flow_in_one_pass(self, trailing: int | None, daily: bool) -> None:
        """Fill `mrr_flows` and `mrr_people` where only those who pay are customers."""
        self._open_windows(trailing)
        checks = self.engine.row("mrr/paid_flows", {"as_of": self.as_of, "daily": daily})
        if checks["disorder"]:
            raise InternalError(what=f"{checks['disorder']} steps of MRR are not in order")

    def _open_windows(self, trailing: int | None) -> None:
        begun = self.matters["first"] or date.max
        window = {
            "as_of": self.as_of,
            "first": max(begun, self.first) if self.first else begun,
            "last": self.last or self.as_of,
            "trailing": trailing,
        }
        self.engine.run("mrr/windows", window)


def _are_payers(counted: dict[str, Any]) -> bool:
    """Return whether only those who pay are customers: no state and no free price makes one."""
    states = (counted["trials"], counted["unpaid"], counted["paused"])
    return "customer" not in states and counted["free"] == "out"


class Rates(TypedDict):
    """Rates as defined in `mrr.Month`; None where the denominator is 0."""

    logo_churn: Rate | None
    gross_mrr_churn: Rate | None
    net_mrr_churn: Rate | None
    grr: Rate | None
    nrr: Rate | None
    quick_ratio: float | None


UNKNOWN: Rates = {
    "logo_churn": None,
    "gross_mrr_churn": None,
    "net_mrr_churn": None,
    "grr": None,
    "nrr": None,
    "quick_ratio": None,
}


def rates(money: Flow, people: Flow, convention: Convention) -> Rates:
    """Return the rates of a period.

    Args:
        money: movements of MRR.
        people: movements of customers.
        convention: definitions of MRR and churn.
    """
    joined = people.customers_new if convention.denominator == "start-and-new" else 0
    lost = {"churn": money.churn, "contraction": money.contraction}
    won = {"expansion": money.expansion, "reactivation": money.reactivation}
    return {
        "logo_churn": formulas.logo_churn(
            people.customers_churn, people.customers_opening + joined
        ),
        "gross_mrr_churn": formulas.gross_mrr_churn(money.opening, **lost),
        "net_mrr_churn": formulas.net_mrr_churn(money.opening, **lost, **won),
        "grr": formulas.grr(money.opening, **lost),
        "nrr": formulas.nrr(money.opening, **lost, expansion=money.expansion),
        "quick_ratio": formulas.quick_ratio(new=money.new, **won, **lost),
    }


def added(flows: Iterable[Flow]) -> Flow:
    """Sum flows by field: rates of the sum are means of the rates, weighted by exposure."""
    rows = [asdict(flow) for flow in flows]
    return Flow(**{name: sum(row[name] for row in rows) for name in Flow.__struct_fields__})


def _lists(columns: Any) -> dict[str, list[Any]]:
    return {key: values.tolist() for key, values in columns.items()}


def _rows(columns: dict[str, list[Any]]) -> tuple[Flow, ...]:
    names = Flow.__struct_fields__
    rows = zip(*(columns[name] for name in names), strict=True)
    return tuple(Flow(**dict(zip(names, row, strict=True))) for row in rows)


def _refuse_gaps(columns: dict[str, list[Any]], *keys: str) -> None:
    for key in keys:
        for month, gap in zip(columns["month"], columns[key], strict=True):
            if gap != 0:
                raise InternalError(what=f"MRR movements of {month} miss the close by {gap}")
