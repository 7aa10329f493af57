"""Files with arm and outcome of a customer in one row to the table `experiment_customers`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltvcli.errors import (
    InternalError,
    ManyArmsError,
    NoArmError,
    NotNumbersError,
    OutcomeNotNumbersError,
)
from ltvcli.language import N_
from ltvcli.read.columns.header_lookup import currency_of
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.experiments.columns import Asked, understand
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts
from ltvcli.read.orders.accounting import rows_of
from ltvcli.results import InputFile, Sentence
from ltvcli.results.experiment import Doubts, Spellings
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

__all__ = ["Asked", "ExperimentReading", "load"]

MOST_ARMS = 50
_MOST_SPELLINGS = 2000
IDS = N_("Customers are identified by “{column}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentReading:
    """What was read.

    Attributes:
        inputs: files with every row accounted for.
        currency: of the outcome, if known.
        outcome: header of the outcome.
        names: the most frequent spelling of each arm, by its normalized name.
        set_aside: rows that could not be used, by arm.
        doubts: what a reader of the effects must know.
    """

    inputs: tuple[InputFile, ...]
    currency: str | None
    outcome: str
    names: dict[str, str]
    set_aside: dict[str, int]
    doubts: Doubts


def load(
    sheets: Sequence[Sheet], settings: ReadingSettings, engine: DuckDB, asked: Asked
) -> ExperimentReading:
    """Fill `experiment_customers(arm TEXT, outcome, before DECIMAL(18,4))`: a row per customer.

    A blank outcome counts as 0, since a customer who brought nothing counts; so does a blank in
    what was before. Arms that differ in case, width and spaces only are one.

    Args:
        sheets: opened files.
        settings: of which `map` and `currency` matter.
        engine: gets the tables.
        asked: columns as typed.

    Raises:
        InputError: columns or numbers cannot be understood, or no row can be used.
        ManyArmsError: there are too many arms to be arms.
        InternalError: rows were lost.
    """
    engine.define_macros("read/macros")
    engine.run("read/experiments/rows")
    meanings = [
        _store(engine, number, sheet, settings, asked) for number, sheet in enumerate(sheets)
    ]
    engine.run("read/experiments/two_arms")
    columns = meanings[0][0]
    arm_header, outcome = (columns.header[columns.position[role]] for role in ("arm", "outcome"))
    names, spellings = _named(engine, arm_header)
    engine.run("read/experiments/customers")
    counted = {
        sheet: (records, used) for sheet, records, used in rows_of(engine, "read/experiments/files")
    }
    if not any(used for _, used in counted.values()):
        raise NoArmError(file=sheets[0].name, arm=arm_header, outcome=outcome)
    reasons: dict[int, dict[str, int]] = {}
    for number, reason, count in rows_of(engine, "read/experiments/reasons"):
        reasons.setdefault(number, {})[reason] = count
    inputs = []
    for number, (sheet, (meaning, notes)) in enumerate(zip(sheets, meanings, strict=True)):
        records, used = counted.get(number, (0, 0))
        excluded = reasons.get(number, {})
        if records != used + sum(excluded.values()):
            raise InternalError(what=f"rows of {sheet.name} were lost")
        inputs.append(
            InputFile(
                path=sheet.name,
                kind="experiment",
                profile=meaning.profile.name,
                sha256=sheet.sha256,
                first=None,
                last=None,
                rows_read=records + sum(sheet.damaged.values()),
                rows_used=used,
                set_aside={**excluded, **sheet.damaged},
                columns=meaning.named(),
                notes=tuple(notes),
            )
        )
    ((blank, in_two_arms, repeated),) = rows_of(engine, "read/experiments/doubts")
    return ExperimentReading(
        inputs=tuple(inputs),
        currency=settings.currency or currency_of(outcome),
        outcome=outcome,
        names=names,
        set_aside=dict(rows_of(engine, "read/experiments/set_aside")),
        doubts=Doubts(spellings=spellings, blank=blank, in_two_arms=in_two_arms, repeated=repeated),
    )


def _store(
    engine: DuckDB, number: int, sheet: Sheet, settings: ReadingSettings, asked: Asked
) -> tuple[Columns, list[Sentence]]:
    """Add one sheet to `experiment_rows`."""
    columns = understand(sheet, asked, settings.map)
    place = columns.position
    notes: list[Sentence] = []
    number_of = {}
    for role in ("outcome", "before"):
        if role in place:
            form, rounded = _form(engine, sheet, columns, role)
            cell = f"c{place[role]}"
            number_of[role] = f"case when is_blank({cell}) then 0 else {form}_number({cell}) end"
            notes += rounded
    customer = "null::text"
    if "customer" in place:
        customer = f"tidy_id(c{place['customer']})"
        notes.append(Sentence(IDS, {"column": columns.name("customer")}))
    fields = {
        "customer": customer,
        "written": f"segment_value(coalesce(c{place['arm']}, ''))",
        "outcome": f"cast({number_of['outcome']} as decimal(18, 4))",
        "before": f"cast({number_of.get('before', 'null')} as decimal(18, 4))",
        "is_blank": f"is_blank(c{place['outcome']})",
    }
    scan.store(engine, "experiment_table", sheet, fields, {})
    engine.run(
        "read/experiments/add",
        {
            "sheet": number,
            "has_customer": "customer" in place,
            "has_before": "before" in place,
        },
    )
    return columns, notes


def _form(engine: DuckDB, sheet: Sheet, columns: Columns, role: str) -> tuple[str, list[Sentence]]:
    """Decide how numbers are written.

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
            option=f"--{role}",
        ) from None


def _named(engine: DuckDB, header: str) -> tuple[dict[str, str], tuple[Spellings, ...]]:
    """Name each arm as most rows write it, and list those written in several ways.

    Raises:
        ManyArmsError: there are too many.
    """
    written: dict[str, list[str]] = {}
    for arm, text, _ in rows_of(engine, "read/experiments/spellings", {"most": _MOST_SPELLINGS}):
        written.setdefault(arm, []).append(text)
    if len(written) > MOST_ARMS:
        example = next(iter(written.values()))[0]
        raise ManyArmsError(column=header, most=MOST_ARMS, example=example)
    spellings = tuple(
        Spellings(arm=texts[0], written=tuple(texts))
        for texts in written.values()
        if len(texts) > 1
    )
    return {arm: texts[0] for arm, texts in written.items()}, spellings
