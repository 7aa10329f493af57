"""Settings: what may be set, how its text is read, and where a value came from.

One record, `Settings`, serves flags, `LTV_*` variables and `ltv.yaml`: each field says how its text
is read. Precedence: flag, then variable, then file, then default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any, get_type_hints

from ltvcli.language import N_
from ltvcli.units import Money, Months, Rate, parse_amount, parse_date, parse_months, parse_rate


@dataclass(frozen=True, slots=True)
class Setting:
    """How a setting's text becomes its value, and what it means."""

    help: str
    parse: Callable[[str, str], Any]


def _text(_name: str, text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one run was told. None means: not said, measure it or leave it out."""

    aov: Annotated[Money | None, Setting(N_("Average order value."), parse_amount)] = None
    frequency: Annotated[float | None, Setting(N_("Orders a year."), parse_amount)] = None
    lifespan: Annotated[
        Months | None, Setting(N_("How long a customer stays: 2y, 24mo, 90d."), parse_months)
    ] = None
    arpu: Annotated[Money | None, Setting(N_("Revenue per customer and month."), parse_amount)] = (
        None
    )
    churn: Annotated[Rate | None, Setting(N_("Monthly churn: 5% or 0.05."), parse_rate)] = None
    margin: Annotated[Rate | None, Setting(N_("Contribution margin: 40% or 0.4."), parse_rate)] = (
        None
    )
    cac: Annotated[Money | None, Setting(N_("Cost to win one customer."), parse_amount)] = None
    retention_cost: Annotated[
        Money | None, Setting(N_("Cost to keep one customer for a year."), parse_amount)
    ] = None
    discount: Annotated[
        Rate | None, Setting(N_("Yearly discount rate: 10% or 0.1."), parse_rate)
    ] = None
    horizon: Annotated[
        Months | None, Setting(N_("How far ahead to count: 24mo or 2y."), parse_months)
    ] = None
    lapse_after: Annotated[
        Months | None,
        Setting(N_("Silence after which a customer counts as lapsed: 90d or 6mo."), parse_months),
    ] = None
    map: Mapping[str, str] = field(default_factory=dict)
    date_format: Annotated[str | None, Setting(N_("How dates are written: %d/%m/%Y."), _text)] = (
        None
    )
    encoding: Annotated[
        str | None, Setting(N_("Encoding of the files: utf-8, cp932, ..."), _text)
    ] = None
    currency: Annotated[str | None, Setting(N_("Currency code: JPY, USD, ..."), _text)] = None
    as_of: Annotated[date | None, Setting(N_("Last day the data speaks for."), parse_date)] = None
    from_: Annotated[date | None, Setting(N_("Leave out orders before this day."), parse_date)] = (
        None
    )
    to: Annotated[date | None, Setting(N_("Leave out orders after this day."), parse_date)] = None
    new_since: Annotated[
        date | None,
        Setting(N_("Leave out customers whose first order is before this day."), parse_date),
    ] = None
    memory: Annotated[str | None, Setting(N_("Memory limit of the engine: 1GB."), _text)] = None
    lang: Annotated[str | None, Setting(N_("Language of the result: en or ja."), _text)] = None
    format: Annotated[str | None, Setting(N_("How to write the result."), _text)] = None
    fail_under: Annotated[
        float | None, Setting(N_("Exit with 1 when LTV/CAC is below this."), parse_amount)
    ] = None
    strict: bool = False
    today: date | None = None
    origin: Mapping[str, str] = field(default_factory=dict)


@cache
def described() -> dict[str, Setting]:
    """List the settings that are written as text, in reading order: name to Setting."""
    hints = get_type_hints(Settings, include_extras=True)
    return {
        name: meta
        for name, hint in hints.items()
        for meta in getattr(hint, "__metadata__", ())
        if isinstance(meta, Setting)
    }
