"""The files of `ltv risk`: customers and prospects, joined with outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.errors import CustomersNotFoundError
from ltvcli.language import N_
from ltvcli.pipeline.read_files import open_sheets
from ltvcli.pipeline.steps import Step
from ltvcli.results import InputFile, Quantity, Sentence
from ltvcli.settings.settings import Settings
from ltvcli.units import DAYS_PER_MONTH, Unit

if TYPE_CHECKING:
    from ltvcli.analyses.risk.asked import Customers
    from ltvcli.facts.life_records import LifeRecords
    from ltvcli.read.attributes import AttributesReading

RECENT = N_(
    "{n} {n:customer|customers} began less than {months} {months:month|months} ago; their outcome "
    "is not known yet."
)


def read(
    source: Any,
    settings: Settings,
    step: Step,
    *,
    kind: str = "customers",
    outcome: str | None = None,
) -> AttributesReading:
    """Read a file of customers or of prospects.

    Args:
        source: a path or a pandas data frame.
        settings: what was given.
        step: called with the name of each step as it begins.
        kind: customers, prospects or declined.
        outcome: `COLUMN` or `COLUMN=VALUE` of customers who left.
    """
    from ltvcli.engines import duckdb
    from ltvcli.read import attributes
    from ltvcli.read.files import open_files

    role = "customer" if kind == "customers" else "prospect"
    chosen = {key: column for key, column in settings.map.items() if key == role}
    with open_sheets([source], settings, step) as (sheets, temp):
        (sheet,) = sheets
        open_files.find_again(sheets, temp)
        with (
            open_files.blamed(sheets, temp),
            duckdb.open(sheet.paths, temp, settings.memory) as engine,
        ):
            step(N_("Reading the files"))
            try:
                requested = attributes.Requested(kind=kind, role=role, outcome=outcome, map=chosen)
                return attributes.load(sheet, engine, requested)
            finally:
                open_files.check_unchanged(sheets)


def joined(
    reading: AttributesReading, records: LifeRecords, within: int, margin: float | None
) -> tuple[Customers, InputFile]:
    """Join customers with their outcomes by ID.

    Args:
        reading: of the file of customers.
        records: of the orders or subscriptions.
        within: months in which a customer leaves or not.
        margin: share of revenue that is kept; None for all of it.

    Raises:
        CustomersNotFoundError: not one customer is in both.
    """
    import numpy as np

    from ltvcli.analyses.risk.asked import Customers

    place_of = {customer: place for place, customer in enumerate(records.customer.tolist())}
    ids = reading.attributes.customers.tolist()
    places = np.array([place_of.get(customer, -1) for customer in ids], dtype=np.int64)
    if not (places >= 0).any():
        raise CustomersNotFoundError(
            file=reading.input.path,
            column=reading.named or "-",
            example=ids[0] if ids else "-",
            theirs=N_("customer"),
            other=next(iter(place_of), "-"),
        )
    rows = np.flatnonzero(places >= 0)
    at = places[rows]
    known = records.observed[at]
    lost = len(ids) - len(rows)
    excluded = {"customer-without-orders": lost} if lost else {}
    recent = int((~known).sum())
    notes = reading.input.notes
    if recent:
        began = Quantity(recent, Unit.COUNT)
        notes = (*notes, Sentence(RECENT, {"n": began, "months": within}))
    account = replace(
        reading.input,
        rows_used=len(rows),
        set_aside={**reading.input.set_aside, **excluded},
        notes=notes,
    )
    rows, at = rows[known], at[known]
    value = np.where(records.is_whole[at], records.revenue[at] * (margin or 1.0), np.nan)
    customers = Customers(
        attributes=reading.attributes.take(rows),
        left=records.left[at],
        file=reading.input.path,
        first=records.first[at],
        within=round(within * DAYS_PER_MONTH),
        value=value,
    )
    return customers, account


def below_cac(records: LifeRecords, within: LifeRecords, settings: Settings) -> LifeRecords:
    """Return records whose outcome is a contribution below CAC.

    Args:
        records: of the horizon.
        within: of the months in which CAC is to be earned; of the same customers.
        settings: of which `margin` and `cac` matter here.
    """
    assert settings.cac is not None
    margin = 1.0 if settings.margin is None else settings.margin
    return replace(records, left=within.revenue * margin < settings.cac, observed=within.is_whole)
