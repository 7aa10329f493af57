"""Today's customers of `ltv risk --customers`: read from the exports, joined with the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import TooShortForCallsError
from ltvcli.language import N_
from ltvcli.pipeline import risk_calls
from ltvcli.results import Sentence
from ltvcli.results.risk import AHEAD
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.today import Joined
    from ltvcli.analyses.risk.watched import Watched
    from ltvcli.facts.attributes import Attributes
    from ltvcli.pipeline.load import Loaded

    Floats = NDArray[np.float64]


class Now(Struct, frozen=True, kw_only=True):
    """Customers of the exports on several days.

    Attributes:
        kind: "orders" or "subscriptions".
        over: their days; None where the files do not reach back far enough.
        brings: expected 90-day value of each customer of the last day, if retained, shape `(n,)`.
        key: that IDs are hashed with.
    """

    kind: str
    over: Watched | None
    brings: Floats
    key: bytes

    def joined(self, file: Attributes) -> Joined | None:
        """Add the columns of the file of customers; None without days."""
        from ltvcli.analyses.risk import today

        return None if self.over is None else today.joined(self.over, self.brings, file)

    def terms(self) -> tuple[Sentence, ...]:
        """Return the definition of today's customers, and of churn."""
        present, leaves = (
            N_("today's customers: pay now"),
            N_("left: pays no more after {days} days"),
        )
        if self.kind == "orders":
            present = N_("today's customers: ordered in the last {days} days")
            leaves = N_("left: no order in {days} days")
        return Sentence(present, {"days": AHEAD}), Sentence(leaves, {"days": AHEAD})


def gather(loaded: Loaded[Any], settings: Settings) -> Now:
    """Read the customers of several days, with their behaviour up to then.

    Args:
        loaded: orders or subscriptions.
        settings: of which `margin` and `id_key` matter here.
    """
    import numpy as np

    margin = 1.0 if settings.margin is None else settings.margin
    read = _of_orders if loaded.kind == "orders" else _of_subscribers
    over, brings = None, np.empty(0)
    try:
        over, brings = read(loaded, margin)
    except TooShortForCallsError:
        over = None
    return Now(kind=loaded.kind, over=over, brings=brings, key=risk_calls.ids_key(loaded, settings))


def _of_orders(loaded: Loaded[Any], margin: float) -> tuple[Watched, Floats]:
    from ltvcli.analyses.risk import buyers
    from ltvcli.facts import silences

    days = [*risk_calls.earlier(loaded.reading.as_of), loaded.reading.as_of]
    moments = [silences.gather(loaded.engine, day, AHEAD) for day in days]
    return buyers.over_days(days, moments, buyers.leaves), buyers.expected_value(moments, margin)


def _of_subscribers(loaded: Loaded[Any], margin: float) -> tuple[Watched, Floats]:
    from ltvcli.analyses.risk import subscriber_calls, subscribers

    days = [*risk_calls.earlier(loaded.reading.as_of), loaded.reading.as_of]
    moments = risk_calls.subscribers(loaded.engine, days)
    over = subscribers.over_days(days, moments, subscriber_calls.leaves)
    return over, subscriber_calls.expected_value(moments[-1], margin)
