"""Files with arm and outcome of a customer per row to the table `experiment_customers`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import NoArmError, NotNumbersError, OutcomeNotNumbersError
from ltvcli.facts.segments import JOINED
from ltvcli.language import N_
from ltvcli.read import accounts
from ltvcli.read.columns.header_lookup import currency_of
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.experiments.arm_names import named
from ltvcli.read.experiments.columns import BY, OUTCOME, Asked, understand
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.orders.amounts import NumberFormat
from ltvcli.results import Fact, InputFile, Sentence
from ltvcli.results.experiment import Doubts
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

__all__ = ["Asked", "ExperimentReading", "load"]

IDS = N_("Customers are identified by “{column}”.")


class ExperimentReading(Struct, frozen=True, kw_only=True):
    """The input read.

    Attributes:
        inputs: files with every row accounted for.
        currency: of the outcome, if known.
        outcomes: headers of the outcomes, the one that decides first.
        names: the most frequent spelling of each arm, by its normalized name.
        set_aside: rows that could not be used, by arm.
        doubts: what a reader of the effects must know.
    """

    inputs: tuple[InputFile, ...]
    currency: str | None
    outcomes: tuple[str, ...]
    names: dict[str, str]
    set_aside: dict[str, int]
    doubts: Doubts


def load(
    sheets: Sequence[Sheet], settings: ReadingSettings, engine: DuckDB, asked: Asked
) -> ExperimentReading:
    """Fill `experiment_customers`: a row per customer; see `facts.experiments`.

    A blank outcome counts as 0, since a customer who brought nothing counts; so does a blank in
    what was before. Arms that differ in case, width and spaces only are one.

    Args:
        sheets: opened files.
        settings: of which `map` and `currency` matter.
        engine: gets the tables, and `excluded_rows`.
        asked: columns as typed.

    Raises:
        InputError: columns or numbers cannot be understood, or no row can be used.
        ManyArmsError: there are too many arms to be arms.
        InternalError: rows were lost.
    """
    engine.define_macros("read/macros", "read/experiments/macros")
    engine.run("read/experiments/rows")
    for number in range(len(asked.outcomes)):
        engine.execute(f"alter table experiment_rows add column outcome_{number} decimal(18, 4)")
    stored = [_store(engine, number, sheet, settings, asked) for number, sheet in enumerate(sheets)]
    meanings = [meaning for meaning, _ in stored]
    columns = meanings[0][0]
    arm_header = columns.header[columns.position["arm"]]
    outcomes = tuple(
        columns.header[columns.position[OUTCOME.format(number)]]
        for number in range(len(asked.outcomes))
    )
    names, spellings = named(engine, arm_header)
    engine.run("read/experiments/people")
    ((blank, in_two_arms, repeated),) = rows_of(engine, "read/experiments/doubts")
    if in_two_arms:
        engine.run("read/experiments/two_arms")
        ((blank, *_),) = rows_of(engine, "read/experiments/doubts")
    engine.run("read/experiments/customers")
    engine.run("read/experiments/excluded_rows")
    alerts = [alerts for _, alerts in stored]
    inputs = accounts.inputs(engine, "read/experiments", "experiment", sheets, meanings, alerts)
    if not any(file.rows_used for file in inputs):
        raise NoArmError(file=sheets[0].name, arm=arm_header, outcome=outcomes[0])
    return ExperimentReading(
        inputs=inputs,
        currency=settings.currency or currency_of(outcomes[0]),
        outcomes=outcomes,
        names=names,
        set_aside=dict(rows_of(engine, "read/experiments/set_aside")),
        doubts=Doubts(spellings=spellings, blank=blank, in_two_arms=in_two_arms, repeated=repeated),
    )


def _store(
    engine: DuckDB, number: int, sheet: Sheet, settings: ReadingSettings, asked: Asked
) -> tuple[tuple[Columns, list[Sentence]], Mapping[str, Mapping[str, Fact]]]:
    """Add one sheet to `experiment_rows`; return its meaning, and facts for checks."""
    columns = understand(sheet, asked, settings.map)
    place = columns.position
    notes: list[Sentence] = []
    alerts: dict[str, Mapping[str, Fact]] = {}
    number_of = {}
    outcomes = [OUTCOME.format(outcome) for outcome in range(len(asked.outcomes))]
    for role in (*outcomes, "before"):
        if role in place:
            written = _form(engine, sheet, columns, role)
            cell = f"c{place[role]}"
            number_of[role] = (
                f"case when is_blank({cell}) then 0 else {written.form}_number({cell}) end"
            )
            notes += written.notes
            alerts |= written.alerts
    customer = "null::text"
    if "customer" in place:
        customer = f"tidy_id(c{place['customer']})"
        notes.append(Sentence(IDS, {"column": columns.name("customer")}))
    number_of.setdefault("before", "null")
    segments = [f"segment_value(c{place[role]})" for role in place if role.startswith(BY)]
    fields = {
        "customer": customer,
        "name": f"c{place['arm']}",
        **{role: f"cast({sql} as decimal(18, 4))" for role, sql in number_of.items()},
        "segment": f"concat_ws('{JOINED}', {', '.join(segments)})" if segments else "null::text",
        "is_blank": " or ".join(f"is_blank(c{place[role]})" for role in outcomes),
    }
    fields["is_number"] = " and ".join(
        f"({number_of[role]}) is not null" for role in (*outcomes, *({"before"} & place.keys()))
    )
    scan.store(engine, "experiment_table", sheet, fields, {})
    engine.run(
        "read/experiments/add",
        {"sheet": number, "has_customer": "customer" in place},
    )
    return (columns, notes), alerts


def _form(engine: DuckDB, sheet: Sheet, columns: Columns, role: str) -> NumberFormat:
    """Decide the format of numbers.

    Raises:
        OutcomeNotNumbersError: most cells are words.
    """
    try:
        return amounts.form(engine, sheet, columns, role)
    except NotNumbersError as error:
        facts = error.facts
        raise OutcomeNotNumbersError(
            file=sheet.name,
            column=facts["column"],
            example=facts["example"],
            option="--before" if role == "before" else "--outcome",
        ) from None
