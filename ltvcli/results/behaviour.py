"""Behaviour in the first days: whether it improves on the data known at signing."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ltvcli.results.experiment import Range


class Behaviour(Struct, frozen=True, kw_only=True):
    """Whether behaviour in the first days predicts better than the data known at signing.

    Attributes:
        days: of these, the first included.
        customers: later ones that both ways were tested on; 0 if too little was known to test.
        left: of these.
        at_signing: AUC of what was known at signing.
        with_behaviour: AUC of that and of what customers did.
        difference: of the two areas.
        before_log: customers left out because they began before the log does.
        too_young: customers left out because their first days are not over, or not in the log.
        decided: customers left out because the outcome was known within these days.
    """

    days: int
    customers: int
    left: int
    at_signing: Range | None
    with_behaviour: Range | None
    difference: Range | None
    before_log: int
    too_young: int
    decided: int

    @property
    def adds(self) -> bool:
        """Whether behaviour improves the prediction significantly."""
        low = self.difference.low if self.difference else None
        return low is not None and low > 0


class EventRate(Struct, frozen=True, kw_only=True):
    """An event in the first days: share of those who left, of who did it and of who did not.

    Attributes:
        event: its name; None for all that are pooled.
        events: how often it occurred.
        names: how many events are pooled in it; 1 for an event with features of its own.
        did: customers who did it.
        rate_did: share of these who left.
        rate_not: share of all others who left.
    """

    event: str | None
    events: int
    names: int
    did: int
    rate_did: Range | None
    rate_not: Range | None


class ForecastBehaviour(Struct, frozen=True, kw_only=True):
    """Whether the forecast of customers uses behaviour in the first days, and why.

    Attributes:
        days: of these, the first included.
        cutoff: earlier day whose forecast was judged; None without a backtest.
        customers: who were judged; 0 if too few were.
        saved: share of the squared error of a customer's value that is saved; None if not judged.
        used: whether it is above 0 beyond chance, so that the forecast uses behaviour.
    """

    days: int
    cutoff: date | None
    customers: int
    saved: Range | None
    used: bool
