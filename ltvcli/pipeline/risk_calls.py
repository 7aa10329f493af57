"""Whom to call of the customers of orders, and what the last calls brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ltvcli import __version__, customer_ids
from ltvcli.errors import NotACallListError
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.steps import Step
from ltvcli.results import InputFile, Sentence
from ltvcli.results.risk import LastCalls, RiskReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.attributes import AttributesReading

SETTINGS = ("as_of", "currency", "date_format", "encoding", "exclude", "margin", "status_paid")
"""Settings that change the answer."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    step: Step,
    read_last: AttributesReading | None,
    *,
    plain_ids: bool,
) -> RiskReport:
    """List customers who fell silent, and compare those of the last list.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders.
        settings: what was given.
        step: called with the name of each step as it begins.
        read_last: the last list, read; None if none was given.
        plain_ids: show ids as they are, not hashes of them.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.risk import calls, calls_answer
    from ltvcli.facts import silences

    margin = 1.0 if settings.margin is None else settings.margin
    with load.load_orders(inputs, settings, None, step, command="risk") as loaded:
        engine, as_of = loaded.engine, loaded.reading.as_of
        step(N_("Learning, and looking back"))
        between = timedelta(days=calls.AHEAD)
        cutoffs = [as_of - between * number for number in range(calls.CUTOFFS, 0, -1)]
        earlier = [(cut, silences.gather(engine, cut, calls.AHEAD)) for cut in cutoffs]
        key = customer_ids.key(engine, settings)
        last = None if read_last is None else _last(engine, read_last, key, margin)
        now = silences.gather(engine, as_of, calls.AHEAD)
        answered = calls_answer.answer(earlier, now, as_of, margin, last)
        files: tuple[InputFile, ...] = loaded.reading.inputs
        currency = loaded.reading.currency
    tables = dict(answered.tables)
    if not plain_ids:
        tables["customers"] = tuple(
            {**row, "customer": customer_ids.hashed(str(row["customer"]), key)}
            for row in tables["customers"]
        )
    days = {"days": calls.AHEAD}
    return report.with_findings(
        settings,
        RiskReport(
            command="risk",
            version=__version__,
            as_of=as_of,
            currency=currency,
            inputs=files if read_last is None else (*files, read_last.input),
            given=report.given_settings(settings, SETTINGS),
            basis="revenue" if settings.margin is None else "margin",
            says=answered.says,
            terms=(
                Sentence(N_("left: no order in {days} days"), days),
                customer_ids.term(settings, plain=plain_ids),
            ),
            main="customers",
            tables=tables,
            verdict=answered.verdict,
            customers=answered.customers,
            left=answered.left,
            records=answered.records,
            bins=answered.bins,
            calls=answered.calls,
            last=last,
        ),
    )


def _last(
    engine: DuckDB, reading: AttributesReading, key: bytes, margin: float
) -> LastCalls | None:
    """Find the customers of the last list among those of the orders, by id or by its hash.

    Raises:
        NotACallListError: it has no arm and day, or none of its customers is known.
    """
    import numpy as np

    from ltvcli.analyses.risk import calls, last_calls
    from ltvcli.facts import silences
    from ltvcli.facts.attributes import Kind

    columns = {column.name: column for column in reading.attributes.columns}
    arm, when = columns.get("arm"), columns.get("day")
    if arm is None or when is None or when.kind is not Kind.DAY or arm.kind is not Kind.LEVEL:
        raise NotACallListError(file=reading.input.path)
    day = date(1970, 1, 1) + timedelta(days=int(np.nanmin(when.values)))
    since = silences.gather(engine, day, calls.AHEAD)
    place_of: dict[str, int] = {}
    for place, customer in enumerate(since.customer.tolist()):
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
    return last_calls.compared(
        day, control, since.later_days[rows] > 0, since.later_revenue[rows], margin
    )
