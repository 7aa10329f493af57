"""The order of day, month and year in a column of dates, from all cells."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ltvcli.errors import AmbiguousDateError, MixedDateError

ORDERS = {"day": "%d{0}%m{0}{1}", "month": "%m{0}%d{0}{1}", "year": "{1}{0}%m{0}%d"}
_NARROW, _SPREAD = 10, 15  # years spanned: by an export at most, by misread days at least
_RECENT = 5  # years


def order_of_parts(
    file: str, header: str, cells_show: Mapping[str, Any], today: date | None
) -> str:
    """Decide whether day, month or year comes first.

    Args:
        file: name of the file.
        header: of the columns of dates.
        cells_show: what the cells show.
        today: the day of the run, if known.
    """
    if not cells_show["ordered"]:
        return "day"
    possible = [order for order in ORDERS if not cells_show[f"against_{order}"]]
    if not possible:
        orders = [order for order in ORDERS if cells_show[f"only_{order}"]]
        examples = ", ".join(f"“{cells_show[f'only_{order}']}”" for order in orders)
        raise MixedDateError(
            file=file, column=header, examples=examples, flags=_flags(cells_show, orders)
        )
    possible = _within_few_years(possible, cells_show, today)
    if len(possible) == 1:
        return possible[0]
    example = cells_show["unclear_year" if "year" in possible else "unclear"]
    if example:
        raise AmbiguousDateError(
            file=file, column=header, example=example, flags=_flags(cells_show, possible)
        )
    return possible[0]  # day and month are equal in every cell


def _within_few_years(
    possible: Sequence[str], cells_show: Mapping[str, Any], today: date | None
) -> list[str]:
    """Drop an order in which years of two digits are as spread out as days.

    05/01/24 and 25/02/24 are of 2024 if the day comes first; by year they were 20 years apart. That
    decides only for dates of the last years: old ones may well be 20 years apart.

    Args:
        possible: the orders that every cell allows.
        cells_show: what the cells show.
        today: the day of the run, if known.
    """
    if len(possible) < 2 or "year" not in possible:  # noqa: PLR2004 - nothing to decide
        return list(possible)
    recent = today.year - _RECENT if today else 0
    first, last = (
        cells_show["first_to"] - cells_show["first_from"],
        cells_show["last_to"] - cells_show["last_from"],
    )
    if first >= _SPREAD > _NARROW >= last and cells_show["last_to"] >= recent:
        return [order for order in possible if order != "year"]
    if last >= _SPREAD > _NARROW >= first and cells_show["first_to"] >= recent:
        return ["year"]
    return list(possible)


def _flags(cells_show: Mapping[str, Any], orders: Sequence[str]) -> str:
    """List the flags that declare an order, written like the dates."""
    example = next(
        cells_show[f"only_{order}"] or cells_show["unclear"] or cells_show["unclear_year"]
        for order in orders
    )
    between = re.search(r"\d+(\D)", example)
    year = "%Y" if cells_show["long_years"] else "%y"
    formats = [ORDERS[order].format(between[1] if between else "/", year) for order in orders]
    return ", ".join(f"--date-format {shlex.quote(date_format)}" for date_format in formats)
