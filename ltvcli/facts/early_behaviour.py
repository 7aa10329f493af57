"""Behaviour of customers in their first days, from a log of events, without later data.

Of a customer who began on 1 May and did something on 1, 3 and 20 May, the first 14 days hold two
events on two days, the last one 11 days before their end; the first 30 days hold three.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Floats, Ints

WINDOWS = (14, 30)
"""Days after which customers are looked at, the first day included."""
MOST_NAMES = 8
"""Events with features of their own; all others are pooled."""
LEAST_SHARE = 0.02
"""Share of the customers of the log below which an event is pooled."""
ANY, OTHER = -1, 0
"""Codes of all events, and of those that are pooled."""
_STARTS = {
    "orders": "facts/early_behaviour/order_starts",
    "subscriptions": "facts/early_behaviour/subscription_starts",
}


class EventName(Struct, frozen=True, kw_only=True):
    """An event: how often it occurred in the first 30 days, of how many customers; if pooled."""

    event: str
    events: int
    customers: int
    pooled: bool


class Window(Struct, frozen=True, kw_only=True):
    """Behaviour of customers in the first `days` days, each array of shape `(codes, n)`.

    Rows are all events, the pooled ones, then each event with features of its own.

    Attributes:
        days: length of the window.
        events: how many.
        active_days: on how many days.
        since: days from the last one to the end of the window; NaN without any.
        value: sum of their values.
    """

    days: int
    events: Floats
    active_days: Floats
    since: Floats
    value: Floats


class EarlyBehaviour(Struct, frozen=True, kw_only=True):
    """A column per customer `(n,)`, in the order of ids.

    Attributes:
        customer: ids.
        first: day on which each began.
        decided: days from then until the outcome was known: until a second order, or the last paid
            day of who left; NaN if neither has come.
        names: of all events in the first days, the most usual first.
        log_first: first day of the log.
        log_last: its last day.
        windows: what was done, by length in days.
    """

    customer: NDArray[np.object_]
    first: NDArray[np.datetime64]
    decided: Floats
    names: tuple[EventName, ...]
    log_first: date
    log_last: date
    windows: Mapping[int, Window]

    @property
    def separate_events(self) -> tuple[str, ...]:
        """Names of the events that are not pooled."""
        return tuple(name.event for name in self.names if not name.pooled)


def gather(engine: Engine, kind: str, as_of: date) -> EarlyBehaviour:
    """Sum the behaviour of customers in their first days.

    Args:
        engine: holds `customers`, `orders` of orders, and `event_rows` and `events` of read.events.
        kind: "orders" or "subscriptions".
        as_of: last day of the data.
    """
    engine.run(_STARTS[kind], {} if kind == "orders" else {"as_of": as_of})
    engine.run("facts/early_behaviour/events", {"days": max(WINDOWS)})
    starts = engine.columns("facts/early_behaviour/starts")
    log = engine.row("facts/early_behaviour/log_days")
    names = _names(engine)
    separate = [name.event for name in names if not name.pooled]
    n = len(starts["customer"])
    return EarlyBehaviour(
        **starts,
        names=names,
        log_first=log["first"],
        log_last=log["last"],
        windows={days: _window(engine, days, separate, n) for days in WINDOWS},
    )


def _names(engine: Engine) -> tuple[EventName, ...]:
    """Return the events, those of few customers pooled."""
    rows = engine.columns("facts/early_behaviour/names")
    most = max(rows["customers"].tolist(), default=0)
    return tuple(
        EventName(
            event=str(event),
            events=int(events),
            customers=int(customers),
            pooled=bool(place >= MOST_NAMES or customers < LEAST_SHARE * most),
        )
        for place, (event, events, customers) in enumerate(
            zip(rows["event"], rows["events"], rows["customers"], strict=True)
        )
    )


def _window(engine: Engine, days: int, separate: list[str], n: int) -> Window:
    import numpy as np

    rows = engine.columns("facts/early_behaviour/counts", {"days": days, "names": separate})
    at = (rows["code"].astype(np.int64) + 1, rows["place"].astype(np.int64))
    shape = (len(separate) + 2, n)

    def filled(values: Ints | Floats, empty: float = 0.0) -> Floats:
        table = np.full(shape, empty)
        table[at] = values
        return table

    return Window(
        days=days,
        events=filled(rows["events"]),
        active_days=filled(rows["days"]),
        since=filled(days - 1 - rows["last"], np.nan),
        value=filled(rows["value"]),
    )


def without_events(early: EarlyBehaviour) -> tuple[int, int]:
    """Return the number of customers who began within the log, and of those without events."""
    import numpy as np

    began = (early.first >= np.datetime64(early.log_first)) & (
        early.first <= np.datetime64(early.log_last)
    )
    did = early.windows[max(WINDOWS)].events[0] > 0
    return int(began.sum()), int((began & ~did).sum())


def numbers(window: Window) -> Floats:
    """Return behaviour as numbers, shape `(n, k)`; equal columns appear once.

    They are counted in doublings (0, 1, 2, 4, 8, ...): from one event to two is as much as from ten
    to twenty. Who did nothing counts as if the last event were before the first day.

    Args:
        window: the first days.
    """
    import numpy as np

    since = np.where(np.isnan(window.since), window.days, window.since)
    every = [window.events, window.active_days, since, window.value]
    rows = [_doublings(row) for table in every for row in table]
    unlike = {row.tobytes(): row for row in rows if len(row) and (row != row[0]).any()}
    return np.column_stack([*unlike.values()]) if unlike else np.zeros((window.events.shape[1], 0))


def _doublings(values: Floats) -> Floats:
    """Return 0 for 0, 1 for 1, 2 for 2 and 3, 3 for 4 to 7, and so on; likewise below 0.

    >>> import numpy as np
    >>> _doublings(np.array([0.0, 1.0, 3.0, 4.0, -2.0])).tolist()
    [0.0, 1.0, 2.0, 3.0, -2.0]
    """
    import numpy as np

    size = np.floor(np.log2(np.maximum(np.abs(values), 0.5))) + 1
    doubled: Floats = np.sign(values) * size + 0.0
    return doubled
