"""The same subscriptions under each convention, and the causes of the differences."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import asdict, replace

from ltvcli.analyses.mrr.conventions import CAUSES, CONVENTIONS, INTERACTION, STANDARD, Convention
from ltvcli.analyses.mrr.movements import Ledger, added, rates
from ltvcli.formulas import mrr as formulas
from ltvcli.results.mrr import Comparison

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine

MOVEMENTS = ("new", "expansion", "contraction", "churn", "reactivation")

# Sums of twelve months have four decimals; a smaller difference is the rounding of floats.
NOISE = 1e-9


def answer(
    engine: Engine,
    as_of: date,
    first: date,
    last: date,
    names: Collection[str] = tuple(CONVENTIONS),
) -> tuple[Comparison, ...]:
    """Compare conventions over the complete months `first` to `last`.

    MRR, customers and ARPU are those at the end of the last month, movements the sums over all.
    Rates are sums over sums: means of the months' rates, weighted by their denominators.

    Args:
        engine: holds `periods`; see `Ledger`.
        as_of: cut-off date of the data.
        first: a day of the first month.
        last: a day of the last month.
        names: of the conventions.

    Returns:
        Nothing if no month of `periods` lies between `first` and `last`.
    """
    ledger = Ledger(engine, as_of, first, last)
    usual = _figures(ledger, STANDARD)
    rows: list[Comparison] = []
    for name in names:
        convention = CONVENTIONS[name]
        changed = {cause: _only(cause, convention) for cause in CAUSES}
        parts = {
            cause: _figures(ledger, changed_convention)
            for cause, changed_convention in changed.items()
            if changed_convention != STANDARD
        }
        for key, value in _figures(ledger, convention).items():
            rows += _explained(convention.name, key, value, usual[key], parts)
    return tuple(rows)


def _only(cause: str, convention: Convention) -> Convention:
    """Return `standard` with only the switches of `cause` set as in `convention`."""
    switches = {name: getattr(convention, name) for name in CAUSES[cause]}
    return replace(STANDARD, **switches)


def _figures(ledger: Ledger, convention: Convention) -> dict[str, float | None]:
    flows = ledger.flows(convention)
    if not flows.months:
        return {}
    end = flows.calendar[-1]
    moved = asdict(added(flows.calendar))
    return {
        "mrr": end.closing,
        "customers": end.customers_closing,
        **{key: moved[key] for key in MOVEMENTS},
        "arpu": formulas.arpu(end.closing, end.customers_closing),
        **rates(added(flows.money), added(flows.people), convention),
    }


def _explained(
    name: str,
    key: str,
    value: float | None,
    usual: float | None,
    effects: dict[str, dict[str, float | None]],
) -> list[Comparison]:
    difference = _difference(value, usual)
    rows = [Comparison(convention=name, key=key, value=value, difference=difference, because=None)]
    if not difference:
        return rows
    unexplained = difference
    for cause, figures in effects.items():
        effect = _difference(figures[key], usual)
        if effect:
            unexplained -= effect
            rows.append(
                Comparison(
                    convention=name, key=key, value=figures[key], difference=effect, because=cause
                )
            )
    if abs(unexplained) > NOISE:
        rows.append(
            Comparison(
                convention=name, key=key, value=value, difference=unexplained, because=INTERACTION
            )
        )
    return rows


def _difference(value: float | None, usual: float | None) -> float | None:
    if value is None or usual is None:
        return None
    return value - usual if abs(value - usual) > NOISE else 0.0
