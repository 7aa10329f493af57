"""The tables of `ltv risk`, as JSON has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.results import Row, interval_columns
from ltvcli.results.risk import Column, Declined, Prospect, Saved
from ltvcli.results.risk_record import Bin, Group, Record


def tables(
    records: Sequence[Record],
    bins: Sequence[Bin],
    columns: Sequence[Column],
    groups: Sequence[Group],
    prospects: Sequence[Prospect] = (),
    declined: Declined | None = None,
) -> Mapping[str, tuple[Row, ...]]:
    """Return the tables.

    Args:
        records: of every model.
        bins: of the chosen one.
        columns: of the customers.
        groups: of the columns that are shown by themselves.
        prospects: that were scored.
        declined: prospects who were declined.
    """
    of_declined: dict[str, tuple[Row, ...]] = {} if declined is None else _of_declined(declined)
    return {
        "record": tuple(_record(row) for row in records),
        "calibration": tuple(
            {
                "bin": number,
                "said": row.stated,
                **interval_columns("came", row.came),
                "customers": row.customers,
                "left": row.left,
            }
            for number, row in enumerate(bins, 1)
        ),
        "prospects": tuple(_prospect(row) for row in prospects),
        **of_declined,
        "rates": tuple(
            {
                "column": group.column,
                "group": group.name,
                "customers": group.customers,
                "left": group.left,
                **interval_columns("rate", group.rate),
            }
            for group in groups
        ),
        "columns": tuple(
            {
                "column": column.name,
                "used": not column.because,
                "because": column.because or None,
                **interval_columns("auc", column.auc),
                "protected": column.protected or None,
            }
            for column in columns
        ),
    }


def _record(row: Record) -> Row:
    return {
        "cutoff": row.cutoff.isoformat() if row.cutoff else None,
        "model": row.model,
        "customers": row.customers,
        "left": row.left,
        **interval_columns("auc", row.auc),
        "brier": row.brier,
        "brier_base": row.brier_base,
        **interval_columns("skill", row.skill),
        **interval_columns("slope", row.slope),
        **interval_columns("lift_top_tenth", row.lift),
        "chosen": row.chosen,
    }


def _prospect(row: Prospect) -> Row:
    return {
        "prospect": row.name,
        "chance": row.chance.value if row.chance else None,
        "low": row.chance.low if row.chance else None,
        "high": row.chance.high if row.chance else None,
        "multiple": row.multiple,
        "percentile": row.percentile,
        **interval_columns("expected", row.expected),
        "word": str(row.word) if row.word else None,
        "because": ", ".join(row.because),
        "alike": row.alike,
        "alike_left": row.alike_left,
    }


def _of_declined(declined: Declined) -> dict[str, tuple[Row, ...]]:
    """Return the saving of declining, by owner and by prospect."""
    rows = tuple(
        {
            **_prospect(row),
            "owner": declined.owner_of.get(row.name),
            "saved": -row.expected.value if row.expected else None,
        }
        for row in declined.prospects
    )
    saved: list[tuple[str | None, Saved]] = [(None, declined.total), *declined.by_owner.items()]
    return {
        "saved": tuple(_saved(owner, figures) for owner, figures in saved),
        "declined": rows,
    }


def _saved(owner: str | None, figures: Saved) -> Row:
    return {
        "owner": owner,
        "declined": figures.declined,
        "unknown": figures.unknown,
        "alike": figures.alike,
        "alike_left": figures.alike_left,
        **interval_columns("avoided", figures.avoided),
        **interval_columns("forgone", figures.forgone),
        **interval_columns("net_saved", figures.net),
    }
