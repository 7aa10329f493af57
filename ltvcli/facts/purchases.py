"""Customers with the same record, counted together: the data of predictions and their backtest.

A purchase is a day with an order; several orders of a customer on one day count once. Like all
facts these are plain GROUP BY sums. Arrays of one table have the same length `(n,)`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.facts.orders import BUCKETS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Floats, Ints
    from ltvcli.facts.orders import Facts

# With few customers records are exact to the day. With more, those whose days differ by less than a
# week are counted together, or by less than four weeks if over half a year ago: cells keep the mean
# of their days, so that totals change by less than 0.1%.
TO_THE_DAY = 20_000
# With this many customers a model is as well determined as with ten times as many.
SAMPLE_FROM = 100_000
SLOTS = 4
"""Number of cut-offs in one pass over the data."""


class Known(Struct, frozen=True, kw_only=True):
    """Customers known on a day, by their record until then and purchases in the `days` after it.

    cell: number of the record, shared by its rows; `span_days` and `age_days` are means of the row.
    spend: revenue of the row's customers up to the day; `later_spend` is that of the days after it,
    `later_squares` the sum of its squares by customer.
    """

    day: date
    days: int
    cell: Ints
    frequency: Ints
    span_days: Floats
    age_days: Floats
    customers: Ints
    spend: Floats
    later: Ints
    later_spend: Floats
    later_squares: Floats


class Standing(Struct, frozen=True, kw_only=True):
    """All customers by record on the last day; steps identify the record in the engine."""

    frequency: Ints
    span_step: Ints
    silence_step: Ints
    span_days: Floats
    age_days: Floats
    customers: Ints
    spend: Floats


class Customers(Struct, frozen=True, kw_only=True):
    """Single customers `(n,)`, by their place in the table `early_starts`.

    cell: number of the record, as in Known, or place of the record in Standing.
    frequency: purchases after the first; `spend` is revenue to date.
    later, later_spend: purchases and revenue in the days after a cut-off; none of today.
    """

    place: Ints
    cell: Ints
    frequency: Ints
    spend: Floats
    later: Ints | None = None
    later_spend: Floats | None = None


class Weeks(Struct, frozen=True, kw_only=True):
    """Purchases by week and by week of the first one, counted back: week 0 ends on the last day.

    They are those of the customers in the sample; `share` is its share of all customers.
    """

    share: float
    first_week: Ints
    week: Ints
    customers: Ints
    repeats: Ints
    repeat_spend: Floats


class Spends(Struct, frozen=True, kw_only=True):
    """Customers by number of purchases and by average value of a purchase, within 1%.

    `step` is NaN where that value is 0 or negative.
    """

    purchases: Ints
    step: Floats
    customers: Ints
    spend: Floats


class FirstPurchases(Struct, frozen=True, kw_only=True):
    """Customers of the sample by segment, size of the first purchase in thirds, and weeks since."""

    segment: Ints
    size: Ints
    week: Ints
    customers: Ints
    first_spend: Floats
    largest: Floats
    repeats: Ints
    repeat_spend: Floats


class Returns(Struct, frozen=True, kw_only=True):
    """Purchases of the sample by what they come `after`: "start" are first ones.

    "gap" is a usual time without a purchase, "silence" a longer one. value, earlier: sums of the
    logs of their values and of those of the purchases before them, of squares and of products.
    watched: purchases long enough ago; `followed` by another one within that time.
    """

    after: NDArray[np.object_]
    purchases: Ints
    watched: Ints
    followed: Ints
    value: Floats
    earlier: Floats
    value_squares: Floats
    earlier_squares: Floats
    products: Floats


class ForecastSums(Struct, frozen=True, kw_only=True):
    """Expected orders and value of customers, by segment and cohort (months since year 0).

    Before the day: `past_orders`, `past_spend`. After it: `orders`, `value`, and `none_within` of
    the customers with no order in the first 90 days.
    """

    segment: Ints
    cohort: Ints
    customers: Ints
    past_orders: Ints
    past_spend: Floats
    orders: Floats
    value: Floats
    none_within: Floats


def sample(engine: Engine, facts: Facts) -> float:
    """Fill the table `purchases` with all customers, or a sample of very many; return its share."""
    buckets = min(BUCKETS, math.ceil(BUCKETS * SAMPLE_FROM / max(facts.customers, 1)))
    engine.run("facts/purchases/purchases", {"buckets": buckets})
    return buckets / BUCKETS


def known(engine: Engine, facts: Facts, periods: Sequence[tuple[date, int]]) -> tuple[Known, ...]:
    """Return the records known on each day, and purchases in the days after it, in one pass.

    It fills the table `histories`, with a slot for each of the periods, from 1.

    Args:
        engine: holds `purchases`; see `sample`.
        facts: of the same orders.
        periods: at most SLOTS pairs of cut-off and number of days after it.
    """
    never = (facts.first - timedelta(days=2), 1)
    slots = [*periods, *[never] * (SLOTS - len(periods))]
    days: dict[str, Any] = {"as_of": facts.as_of}
    for slot, (day, length) in enumerate(slots, start=1):
        days |= {f"cut{slot}": day, f"end{slot}": day + timedelta(days=length)}
    engine.run("facts/purchases/backtest_customers", days)
    samples = []
    for slot, (day, length) in enumerate(periods, start=1):
        rows = engine.columns(
            "facts/purchases/backtest_records", {"slot": slot, "cutoff": day, **_steps(facts)}
        )
        cell = _numbered(_key(rows))
        samples.append(Known(day=day, days=length, cell=cell, **_means(rows)))
    return tuple(samples)


def customer_records(engine: Engine, facts: Facts) -> Standing:
    """Fill the table `standing` with every customer, and return customers by record."""
    engine.run("facts/purchases/customers", {"as_of": facts.as_of, **_steps(facts)})
    return Standing(**_means(engine.columns("facts/purchases/customer_records")))


def known_customers(
    engine: Engine, facts: Facts, periods: Sequence[tuple[date, int]], day: date
) -> Customers:
    """Return the customers behind the records of one of the `periods` of `known`, after it.

    Args:
        engine: holds `histories` and `early_starts` (of facts.early_behaviour).
        facts: of the same orders.
        periods: as given to `known`.
        day: the cut-off.
    """
    slot = 1 + [cutoff for cutoff, _ in periods].index(day)
    rows = engine.columns(
        "facts/early_behaviour/cutoff_customers", {"slot": slot, "cutoff": day, **_steps(facts)}
    )
    return Customers(cell=_numbered(_key(rows)), **rows)


def standing_customers(engine: Engine, records: Standing) -> Customers:
    """Return the customers behind the records of `standing`, after it.

    Args:
        engine: holds `standing` and `early_starts` (of facts.early_behaviour).
        records: of all customers.
    """
    import numpy as np

    names = ("frequency", "span_step", "silence_step")
    keys = _key({name: getattr(records, name) for name in names})
    order = np.argsort(keys)
    rows = engine.columns("facts/early_behaviour/standing_customers")
    cell = order[np.searchsorted(keys[order], _key(rows))]
    return Customers(cell=cell, **rows)


def set_factors(engine: Engine, place: Ints, orders: Floats, value: Floats) -> None:
    """Multiply the forecast of customers in `standing`, before `forecast`.

    Args:
        engine: holds `standing` and `early_starts`.
        place: of customers in `early_starts`, shape `(n,)`.
        orders: factors of expected orders, shape `(n,)`.
        value: factors of expected value, shape `(n,)`.
    """
    engine.run(
        "facts/early_behaviour/factors",
        {"places": place.tolist(), "orders": orders.tolist(), "value": value.tolist()},
    )


def forecast(engine: Engine, records: Standing, columns: Mapping[str, Floats]) -> ForecastSums:
    """Fill the table `forecast` with the expected orders and value of each record, and sum it.

    Args:
        engine: holds `standing`.
        records: all customers, by record.
        columns: orders, flat, rate, none_within, alive of each record `(n,)`; also orders_low,
            orders_high, value_low and value_high, which may be empty.
    """
    typed = {
        name: ("integer", getattr(records, name).tolist())
        for name in ("frequency", "span_step", "silence_step")
    }
    typed |= {name: ("double", values.tolist()) for name, values in columns.items()}
    engine.fill("forecast", typed)
    return ForecastSums(**engine.columns("facts/purchases/forecast_groups"))


def weeks(engine: Engine, facts: Facts, share: float) -> Weeks:
    """Return the purchases of the sample week by week.

    Args:
        engine: holds the sampled `purchases`; see `sample`.
        facts: of the same orders.
        share: of all customers that the sample holds, as `sample` returns it.
    """
    return Weeks(
        share=share, **engine.columns("facts/purchases/weekly_purchases", {"as_of": facts.as_of})
    )


def spends(engine: Engine, slot: int = 0) -> Spends:
    """Return the value of the purchases of the sample, until now or until a cut-off.

    Args:
        engine: holds `histories`; see `known`.
        slot: of the cut-off; 0 for the last day of the data.
    """
    return Spends(**engine.columns("facts/purchases/order_values", {"slot": slot}))


def returns(engine: Engine, facts: Facts, short: int, long: int, watched: int) -> Returns:
    """Return purchases after usual gaps and after silences, with the values before them.

    Args:
        engine: holds the sampled `purchases`; see `sample`.
        facts: of the same orders.
        short: days of a gap at least.
        long: days of a gap at most; a longer one is a silence.
        watched: days in which another purchase follows or not.
    """
    days = {"short": short, "long": long, "watched": watched, "as_of": facts.as_of}
    return Returns(**engine.columns("facts/purchases/returns", days))


def new_customers(engine: Engine, facts: Facts, days: int) -> Floats:
    """Return the customers by days from their first counted order to as_of, `(days,)`.

    Args:
        engine: holds `customers`.
        facts: of the same orders.
        days: up to as_of, in which the first order lies.
    """
    import numpy as np

    rows = engine.columns("facts/purchases/new_customers", {"as_of": facts.as_of, "days": days})
    return np.bincount(rows["ago"], weights=rows["customers"], minlength=days).astype(np.float64)


def first_purchases(engine: Engine, facts: Facts) -> FirstPurchases:
    """Return first purchases of different sizes, and the value of the purchases after them."""
    return FirstPurchases(
        **engine.columns("facts/purchases/first_purchases", {"as_of": facts.as_of})
    )


def _steps(facts: Facts) -> Mapping[str, int]:
    fine, coarse = (1, 1) if facts.customers <= TO_THE_DAY else (7, 28)
    return {"fine": fine, "coarse": coarse}


def _means(rows: dict[str, Any]) -> dict[str, Any]:
    for key in ("span_days", "age_days"):
        rows[key] = rows[key] / rows["customers"]
    return rows


def _key(rows: dict[str, Any]) -> Ints:
    """Return one number per record; the steps are taken out of `rows`."""
    span, silence = rows.pop("span_step"), rows.pop("silence_step")
    key: Ints = (rows["frequency"] << 40) + (span << 20) + silence
    return key


def _numbered(key: Ints) -> Ints:
    import numpy as np

    return np.unique(key, return_inverse=True)[1]
