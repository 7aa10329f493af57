"""Call lists of customers of orders or subscriptions, and the effect of the last list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, customer_ids
from ltvcli.errors import NotACallListError
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.steps import Step
from ltvcli.results import Row, Sentence
from ltvcli.results.risk import AHEAD, LastCalls, RiskReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.answer import Answer
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.moments import Subscribers
    from ltvcli.pipeline.load import Loaded
    from ltvcli.read.attributes import AttributesReading

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

SETTINGS = ("as_of", "currency", "date_format", "encoding", "exclude", "margin", "status_paid")
"""Settings that change the answer."""
LISTS = ("customers", "offers", "expansion")
"""Tables that list single customers."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    step: Step,
    read_last: AttributesReading | None,
    *,
    plain_ids: bool,
    rejects: Path | None = None,
) -> RiskReport:
    """List customers who fell silent or are likely to leave, and compare those of the last list.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders or subscriptions.
        settings: what was given.
        step: called with the name of each step as it begins.
        read_last: the last list, read; None if none was given.
        plain_ids: show IDs as they are, not hashes of them.
        rejects: where to write the rows that were excluded.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    with load.load(inputs, settings, rejects, step, command="risk", by="plan") as loaded:
        step(N_("Learning, and looking back"))
        key = ids_key(loaded, settings)
        margin = 1.0 if settings.margin is None else settings.margin
        last = None if read_last is None else _last(loaded, read_last, key, margin)
        answer = _of_orders if loaded.kind == "orders" else _of_subscribers
        answered = answer(loaded.engine, loaded.reading.as_of, margin, last)
        reading, kind = loaded.reading, loaded.kind
    left = N_("left: no order in {days} days")
    if kind != "orders":
        left = N_("left: pays no more after {days} days")
    return report.with_findings(
        settings,
        RiskReport(
            command="risk",
            version=__version__,
            as_of=reading.as_of,
            currency=reading.currency,
            inputs=reading.inputs if read_last is None else (*reading.inputs, read_last.input),
            given=report.given_settings(settings, SETTINGS),
            basis="revenue" if settings.margin is None else "margin",
            says=answered.says,
            terms=(
                Sentence(left, {"days": AHEAD}),
                customer_ids.term(settings, plain=plain_ids),
            ),
            main="customers",
            tables=hidden(answered.tables, None if plain_ids else key),
            verdict=answered.verdict,
            customers=answered.customers,
            left=answered.left,
            records=answered.records,
            bins=answered.bins,
            groups=answered.groups,
            calls=answered.calls,
            last=last,
        ),
    )


def ids_key(loaded: Loaded[Any], settings: Settings) -> bytes:
    """Return the key to hash IDs with, derived from the input if none is set."""
    if loaded.kind == "orders":
        return customer_ids.key(loaded.engine, settings)
    return customer_ids.key(loaded.engine, settings, "customer_ids/key_of_subscriptions")


def hidden(
    tables: Mapping[str, tuple[Row, ...]], key: bytes | None
) -> Mapping[str, tuple[Row, ...]]:
    """Return tables with hashes in place of IDs; as they are without a key."""
    if key is None:
        return tables
    return {
        name: tuple(
            {**row, "customer": customer_ids.hashed(str(row["customer"]), key)}
            if name in LISTS
            else row
            for row in rows
        )
        for name, rows in tables.items()
    }


def earlier(as_of: date) -> list[date]:
    """Return the earlier days that models learn from, each AHEAD days before the next."""
    from ltvcli.analyses.risk import calls

    return [as_of - timedelta(days=AHEAD) * number for number in range(calls.CUTOFFS, 0, -1)]


def _of_orders(engine: DuckDB, as_of: date, margin: float, last: LastCalls | None) -> Answer:
    from ltvcli.analyses.risk import calls_answer
    from ltvcli.facts import silences

    known = [(cut, silences.gather(engine, cut, AHEAD)) for cut in earlier(as_of)]
    now = silences.gather(engine, as_of, AHEAD)
    return calls_answer.answer(known, now, as_of, margin, last)


def _of_subscribers(engine: DuckDB, as_of: date, margin: float, last: LastCalls | None) -> Answer:
    from ltvcli.analyses.risk import models, subscriber_calls

    models.require()
    days = [*earlier(as_of), as_of]
    return subscriber_calls.answer(days, subscribers(engine, days), margin, last)


def subscribers(engine: DuckDB, days: Sequence[date]) -> list[Subscribers]:
    """Read who paid on each of some days, the last of which is the end of the data."""
    from ltvcli.facts import moments

    return [moments.gather(engine, day, AHEAD, is_last=day == days[-1]) for day in days]


def _since(loaded: Loaded[Any], day: date) -> tuple[list[str], Bools, Floats]:
    """Return who was a customer on the day of a list, who is back or still there, and revenue."""
    from ltvcli.facts import moments, silences

    if loaded.kind == "orders":
        orders = silences.gather(loaded.engine, day, AHEAD)
        return orders.customer.tolist(), orders.later_days > 0, orders.later_revenue
    days_after = min(AHEAD, (loaded.reading.as_of - day).days)
    paying = moments.gather(loaded.engine, day, max(days_after, 1))
    return paying.customer.tolist(), paying.later_mrr > 0, paying.later_paid


def _last(
    loaded: Loaded[Any], reading: AttributesReading, key: bytes, margin: float
) -> LastCalls | None:
    """Find the customers of the last list among those of the files, by ID or by its hash.

    Args:
        loaded: orders or subscriptions.
        reading: of the list.
        key: that IDs are hashed with.
        margin: share of revenue that is kept.

    Raises:
        NotACallListError: it has no arm and day, or none of its customers is known.
    """
    import numpy as np

    from ltvcli.analyses.risk import last_calls
    from ltvcli.facts.attributes import Kind

    columns = {column.name: column for column in reading.attributes.columns}
    arm, when = columns.get("arm"), columns.get("day")
    if arm is None or when is None or when.kind is not Kind.DAY or arm.kind is not Kind.LEVEL:
        raise NotACallListError(file=reading.input.path)
    day = date(1970, 1, 1) + timedelta(days=int(np.nanmin(when.values)))
    customers, back, revenue = _since(loaded, day)
    place_of: dict[str, int] = {}
    for place, customer in enumerate(customers):
        place_of[customer_ids.hashed(customer, key)] = place
        place_of[customer] = place
    places = np.array(
        [place_of.get(customer, -1) for customer in reading.attributes.customers.tolist()]
    )
    matched = places >= 0
    if not matched.any():
        raise NotACallListError(file=reading.input.path)
    control = np.array([arm.levels[int(code)] == "control" for code in arm.values[matched]])
    rows = places[matched]
    return last_calls.compared(day, control, back[rows], revenue[rows], margin)
