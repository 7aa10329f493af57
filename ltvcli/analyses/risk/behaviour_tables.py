"""Early behaviour as JSON has it: whether it adds, and how many left by event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.results import Row, interval_columns
from ltvcli.results.behaviour import Behaviour, EventRate


def tables(
    behaviour: Sequence[Behaviour], rates: Sequence[EventRate]
) -> Mapping[str, tuple[Row, ...]]:
    """Return the tables `behaviour` and `early_events`.

    Args:
        behaviour: by length of the first days.
        rates: by event.
    """
    return {
        "behaviour": tuple(_behaviour(row) for row in behaviour),
        "early_events": tuple(_rate(row) for row in rates),
    }


def _behaviour(row: Behaviour) -> Row:
    return {
        "days": row.days,
        "customers": row.customers,
        "left": row.left,
        **interval_columns("auc_at_signing", row.at_signing),
        **interval_columns("auc_with_behaviour", row.with_behaviour),
        **interval_columns("difference", row.difference),
        "adds": row.adds if row.difference else None,
        "before_log": row.before_log,
        "too_young": row.too_young,
        "decided": row.decided,
    }


def _rate(row: EventRate) -> Row:
    return {
        "event": row.event,
        "names": row.names,
        "events": row.events,
        "customers": row.did,
        **interval_columns("left_did", row.rate_did),
        **interval_columns("left_did_not", row.rate_not),
    }
