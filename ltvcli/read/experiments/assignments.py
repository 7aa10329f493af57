"""Files of assignments (customer, arm, day) with orders: the value of each customer since then.

| customer | arm     | day        |                                                        |
| c1       | holdout | 2026-03-01 | orders of c1 from that day on count for the holdout    |
| c1       | mail    | 2026-03-01 | c1 is in two arms: excluded                            |
| c9       | mail    | 2026-03-01 | c9 has no order: counts as 0                           |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from ltvcli.errors import (
    AssignedElsewhereError,
    AssignedLaterError,
    NobodyAssignedError,
    NotObservedError,
)
from ltvcli.facts.experiments import step_of
from ltvcli.facts.segments import JOINED
from ltvcli.language import N_
from ltvcli.read import accounts, emails
from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.experiments.arm_names import named
from ltvcli.read.experiments.assignment_columns import FLAGS, Assigned, roles, understand
from ltvcli.read.experiments.columns import BY
from ltvcli.read.experiments.customer_keys import are_repeated, define_keys
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import dates
from ltvcli.read.orders.accounting import rows_of
from ltvcli.results import InputFile, Sentence
from ltvcli.results.experiment import Doubts
from ltvcli.settings.origins import override
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.orders.load import Reading

__all__ = ["Assigned", "Assignments", "load", "of_orders", "of_theirs"]

AnySettings = TypeVar("AnySettings", bound=ReadingSettings)

KIND = "assignments"
IDS = N_("Customers are identified by “{column}”.")
AGES = (7, 14, 30, 60, 90, 180, 365)
"""Days since the assignment, of which the longest is chosen that nine in ten customers reached."""
BEFORE = 365
"""Days before the assignment whose contribution is the earlier value."""


class Assignments(Struct, frozen=True, kw_only=True):
    """The assignments read, and the value of the customers.

    Attributes:
        inputs: files with every row accounted for.
        names: the most frequent spelling of each arm, by its normalized name.
        set_aside: rows that could not be used, by arm.
        doubts: what a reader of the effects must know.
        age: days since the assignment that count.
        chosen: whether the age was chosen, not typed.
        not_observed: customers who were not observed for so long.
        matched: customers who count and have an order on any day.
        orders_before: orders of these before the assignment, which count in no outcome.
    """

    inputs: tuple[InputFile, ...]
    names: dict[str, str]
    set_aside: dict[str, int]
    doubts: Doubts
    age: int
    chosen: bool
    not_observed: int
    matched: int
    orders_before: int


def of_orders(settings: AnySettings) -> AnySettings:
    """Return the settings without the roles of --map for files of assignments."""
    theirs = roles(settings)
    known = {role: column for role, column in settings.map.items() if role not in theirs}
    return override(settings, map=known)


def of_theirs(settings: AnySettings) -> AnySettings:
    """Return the settings with only the roles of --map for files of assignments."""
    return override(settings, map=roles(settings))


def load(
    sheets: Sequence[Sheet],
    orders: Sequence[Sheet],
    reading: Reading,
    settings: ReadingSettings,
    engine: DuckDB,
    asked: Assigned,
    kept: float | None,
) -> Assignments:
    """Fill `experiment_customers` of facts.experiments from assignments and `orders`.

    The outcome is what the orders of a customer brought from the day of the assignment until the
    common age: every assigned customer counts, with or without an order. Customers who were not
    observed for so long are excluded.

    Args:
        sheets: files of assignments, opened.
        orders: files of orders, which are read.
        reading: of the orders.
        settings: of which `map` and `date_format` matter.
        engine: holds `orders`; rows are added to `excluded_rows`.
        asked: how assignments are to be read.
        kept: margin: the share of revenue that is kept; None counts revenue less known cost.

    Raises:
        InputError: a file cannot be used.
        UnansweredError: nobody was observed for long enough.
        InternalError: rows were lost.
    """
    engine.define_macros("read/macros", "read/dates", "read/experiments/macros")
    define_keys(engine, reading.numbering)
    engine.run("read/experiments/assignment_rows")
    columns = [
        _store(engine, number, sheet, settings, asked) for number, sheet in enumerate(sheets)
    ]
    names, spellings = named(engine, columns[0].name("arm"))
    _match(engine, columns, orders, settings)
    in_two_arms = repeated = 0
    if are_repeated(engine):
        ((in_two_arms, repeated),) = rows_of(engine, "read/experiments/repeated")
    age, days = _age(engine, sheets, reading, asked)
    engine.run("read/experiments/not_observed", {"as_of": reading.as_of, "age": age})
    engine.run("read/experiments/assigned")
    engine.run(
        "read/experiments/outcomes",
        {
            "age": age,
            "before": BEFORE,
            "step": step_of(age),
            "first": days["first"],
            "last": days["last"],
            "by_cost": kept is None and reading.has_cost,
            "kept": Decimal(str(1.0 if kept is None else kept)),
        },
    )
    counts = engine.row("read/experiments/matched")
    if not counts["matched"] and not engine.row("read/experiments/are_known")["known"]:
        raise _elsewhere(engine, columns[0], reading)
    engine.run("read/experiments/exclude", {"first": len(orders)})
    return Assignments(
        inputs=accounts.inputs(
            engine,
            "read/experiments",
            KIND,
            sheets,
            [(meaning, _notes(meaning)) for meaning in columns],
        ),
        names=names,
        set_aside=dict(rows_of(engine, "read/experiments/set_aside")),
        doubts=Doubts(spellings=spellings, in_two_arms=in_two_arms, reassigned=repeated),
        age=age,
        chosen=asked.age is None,
        not_observed=counts["not_observed"],
        matched=counts["matched"],
        orders_before=counts["orders_before"],
    )


def _store(
    engine: DuckDB, number: int, sheet: Sheet, settings: ReadingSettings, asked: Assigned
) -> Columns:
    """Add one sheet to `experiment_rows`."""
    columns = understand(sheet, asked, roles(settings))
    place = columns.position
    customer = f"c{place['customer']}"
    segments = [f"segment_value(c{place[role]})" for role in place if role.startswith(BY)]
    fields = {
        "customer_key": "key_in_cell",
        "customer": f"case when key_in_cell is null then tidy_id({customer}) end",
        "email": f"tidy_id(c{place['email']})" if "email" in place else "null::text",
        "name": _arm(sheet, place["arm"]),
        "segment": f"concat_ws('{JOINED}', {', '.join(segments)})" if segments else "null::text",
    }
    cells = {"key_in_cell": f"as_key({customer})"}
    _store_days(engine, sheet, columns, settings, asked, fields, cells)
    engine.run("read/experiments/add_assignments", {"sheet": number})
    return columns


def _arm(sheet: Sheet, place: int) -> str:
    """Write the SQL of the name of an arm; yes in a column of controls is the control."""
    cell = f"c{place}"
    if first_tier((sheet.header[place],), FLAGS):
        return f"flagged_arm({cell})"
    return cell


def _store_days(
    engine: DuckDB,
    sheet: Sheet,
    columns: Columns,
    settings: ReadingSettings,
    asked: Assigned,
    fields: dict[str, str],
    cells: dict[str, str],
) -> None:
    """Store a sheet with its days, by a fast reading that falls back to a thorough one."""
    table, values = "experiment_table", dict[str, Any]()
    fields["is_odd"] = "false"
    if "date" not in columns.position:
        day, values = "$start::date", {"start": asked.start}
    elif settings.date_format:
        dates.check_format(engine, sheet, columns, settings.date_format)
        sql = dates.given(settings.date_format)
        day = sql.format(f"c{columns.position['date']}")
        values = dates.parameters(sql, settings.date_format)
    else:
        cell = f"c{columns.position['date']}"
        day = dates.SANE.format(cell)
        # CASE looks only at cells without a day for blanks; AND looks at all.
        is_odd = f"case when day_in_cell is null then not is_blank({cell}) else false end"
        plain = {**fields, "is_odd": is_odd, "day": "day_in_cell"}
        scan.store(engine, table, sheet, plain, values, cells={**cells, "day_in_cell": day})
        odd = f"select count(*) filter (is_odd) from {table}"
        ((rows,),) = engine.execute(odd).fetchall()
        if not rows:
            return
        day = dates.form(engine, sheet, columns, today=settings.today).sql.format(cell)
    scan.store(engine, table, sheet, {**fields, "day": day}, values, cells=cells)


def _match(
    engine: DuckDB,
    columns: Sequence[Columns],
    orders: Sequence[Sheet],
    settings: ReadingSettings,
) -> None:
    """Name customers as the orders do: by ID, else by e-mail address."""
    has_emails = any("email" in meaning.position for meaning in columns)
    if not has_emails and not engine.row("read/experiments/are_emails")["emails"]:
        return
    emails.add(engine, "orders", orders, of_orders(settings).map)
    engine.run("read/experiments/keys")


def _age(
    engine: DuckDB, sheets: Sequence[Sheet], reading: Reading, asked: Assigned
) -> tuple[int, Mapping[str, Any]]:
    """Return the common age in days, and the first and last day of an assignment.

    The age is as typed, or the longest usual one that nine in ten customers reached.

    Raises:
        NobodyAssignedError: no row can be used.
        AssignedLaterError: nobody was assigned before the orders end.
        NotObservedError: nobody reached the age.
    """
    days = engine.row("read/experiments/observed", {"as_of": reading.as_of})
    if not days["customers"]:
        counts = rows_of(engine, "read/experiments/reasons")
        reasons = ", ".join(f"{reason} {count}" for _, reason, count in counts)
        raise NobodyAssignedError(file=sheets[0].name, reasons=reasons)
    facts = {"first": days["first"], "as_of": reading.as_of}
    if days["longest"] < 1:
        raise AssignedLaterError(**facts)
    reached = max(days["most_reached"], 1)
    age = asked.age or max((usual for usual in AGES if usual <= reached), default=reached)
    if days["longest"] < age:
        raise NotObservedError(age=age, longest=days["longest"], **facts)
    return int(age), days


def _notes(columns: Columns) -> tuple[Sentence, ...]:
    return (Sentence(IDS, {"column": columns.name("customer")}),)


def _elsewhere(engine: DuckDB, columns: Columns, reading: Reading) -> AssignedElsewhereError:
    """Describe IDs of which none is known, by an example of each side."""
    row = engine.row("read/experiments/examples")
    return AssignedElsewhereError(
        column=columns.name("customer"),
        example=row["assigned"],
        theirs=reading.inputs[0].columns["customer"],
        another=row["ordered"],
    )
