"""Months and days that one amount is for: from words, a number, or the period billed last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.errors import NumericIntervalError, UnknownIntervalError
from ltvcli.read.columns import status_columns
from ltvcli.read.columns.header_lookup import key
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions import intervals
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.fields import Query
from ltvcli.read.subscriptions.texts import Texts, all_match, case

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_WHOLE_NUMBER = re.compile(r"\d+([.,]0+)?")


def with_interval(engine: DuckDB, sheet: Sheet, meaning: Meaning) -> Meaning:
    """Read a number with a period, such as a billing interval of 3 and a billing period of month.

    The column that was taken for the interval by its header holds numbers only; another one whose
    header may be of an interval holds the periods.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
    """
    columns = meaning.columns
    place = columns.position.get("interval")
    if place is None or "interval_count" in columns.position:
        return meaning
    header = columns.header
    usual = {**columns.profile.columns}
    tiers = (*usual.get("interval", ()), *usual.get("interval_count", ()))
    taken = {*columns.position.values()}
    candidates = [
        n
        for n, name in enumerate(header)
        if n not in taken and any(key(name) == key(alias) for tier in tiers for alias in tier)
    ]
    if not candidates:
        return meaning
    samples = status_columns.sample(engine, sheet, [place, *candidates])
    numbers = [n for n in (place, *candidates) if all_match(samples.get(n, {}), _is_number)]
    periods = [n for n in (place, *candidates) if all_match(samples.get(n, {}), intervals.parse)]
    if len(numbers) != 1 or len(periods) != 1:
        return meaning
    position = {**columns.position, "interval": periods[0], "interval_count": numbers[0]}
    return replace(meaning, columns=replace(columns, position=position))


def _is_number(text: str) -> bool:
    return bool(_WHOLE_NUMBER.fullmatch(text.strip()))


def interval_fields(sheet: Sheet, meaning: Meaning, query: Query, texts: Texts) -> dict[str, str]:
    """Return SQL of the months and days that one amount is for.

    Both are 0 if it is paid once, and NULL if that is unknown.

    Args:
        sheet: what was opened.
        meaning: what its columns mean.
        query: gets the words as parameters.
        texts: different texts of the columns of words, with their rows.
    """
    if meaning.interval:
        fields = {"months": str(meaning.interval.months), "days": str(meaning.interval.days)}
    elif "interval" in query.cell:
        cell = query.cell["interval"]
        is_plan = query.cell.get("plan") == cell
        named = intervals.within if is_plan else intervals.parse
        read = {text: named(text) for text, _ in texts["interval"]}
        known = [(text, interval) for text, interval in read.items() if interval is not None]
        if not known:
            column = meaning.columns.name("interval")
            example = next(iter(read), "")
            error = NumericIntervalError if _is_number(example) else UnknownIntervalError
            raise error(file=sheet.name, column=column, example=example)
        fields = {}
        for name in ("months", "days"):
            groups: dict[str, list[str]] = {}
            for text, interval in known:
                groups.setdefault(str(getattr(interval, name)), []).append(text)
            fields[name] = case(query, cell, name, groups)
    elif meaning.shape == "spans" and {"mrr", "arr"}.isdisjoint(query.cell) and by_period(meaning):
        fields = _period_billed(query)
    elif meaning.shape == "payments":
        return {"months": "null::double", "days": "null::double"}  # taken from the period instead
    else:
        fields = {"months": "1", "days": "0"}
    if "interval_count" in query.cell:
        count = query.number("interval_count")
        fields = {
            name: f"{sql} * case when {count} > 0 then {count} end" for name, sql in fields.items()
        }
    return {name: f"({sql})::double" for name, sql in fields.items()}


def by_period(meaning: Meaning) -> bool:
    """Return whether the last billed period gives the billing interval."""
    place = meaning.columns.position
    return (
        meaning.shape == "spans"
        and not meaning.interval
        and not {"interval", "mrr", "arr"} & place.keys()
        and {"period_start", "period_end"} <= place.keys()
    )


def _period_billed(query: Query) -> dict[str, str]:
    """Return SQL of the months and days of the period billed last; NULL where that is a trial.

    2026-01-05 to 2027-01-05 is 12 months, 2026-03-02 to 2026-03-16 is 14 days.
    """
    first, last = query.date("period_start"), query.date("period_end")
    known = f"{last} > {first}"
    if "trial_end" in query.cell:
        known += f" and not coalesce({query.date('trial_end')} >= {last}, false)"
    count = f"round(({last} - {first}) / 30.436875)"
    is_months = f"{count} >= 1 and abs(({last} - {first}) - {count} * 30.436875) <= 3"
    return {
        "months": f"case when {known} and {is_months} then {count} when {known} then 0 end",
        "days": f"case when {known} and {is_months} then 0 when {known} then {last} - {first} end",
    }
