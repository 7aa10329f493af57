"""One sheet of spend as rows: channel, days, exact amount, and why a row is excluded.

| Month   | Channel  | Spend (k) | row of `spend_rows`                                       |
| 2026-09 | Google   | 1.5       | 'Google', 2026-09-01 to 2026-09-30, amount 1500.0000      |
| 2026-09 | Total    | 1.5       | excluded: total-row                                       |
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import NegativeSpendError
from ltvcli.language import N_
from ltvcli.read.columns.header_lookup import ambiguous
from ltvcli.read.columns.header_scale import scale_of
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import fields
from ltvcli.read.spend import recognition, total_rows, value_formats
from ltvcli.read.spend.columns import CHANNEL, Meaning, currency_of
from ltvcli.read.spend.sheets import SpendSheet
from ltvcli.read.spend.total_rows import ROUNDING, exclude_sums
from ltvcli.read.spend.value_formats import SpendFormat
from ltvcli.results import Fact, Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

FROM_TITLE = N_("All spend is for {first} to {last} (from the title), and is spread evenly.")
AS_TYPED = N_("All spend is for {first} to {last}, and is spread evenly.")
SCALED = N_("By its header, “{column}” is in units of {scale}; its numbers were multiplied.")
AS_EXPENSES = N_("All amounts in “{column}” are below zero, and were read as expenses.")
WIDE = N_("Read as one column for each channel: {channels}.")
_LONGEST = 3700  # days; a longer period is a mistyped year
_CENT = Decimal("0.01")


class SpendRows(Struct, frozen=True, kw_only=True):
    """The rows of one sheet in the table `spend_rows`.

    Attributes:
        index: position of the sheet.
        sheet: what was read.
        meaning: what its columns mean.
        notes: what was decided, for the reader of a result.
        alerts: facts for checks, by the name of the check.
        was_negative: all amounts were below zero, and were read as expenses.

    Columns of `spend_rows`: sheet and record INTEGER; channel_label TEXT, the channel as written;
    first and last DATE; period_first and period_last DATE, of the whole file; amount DECIMAL(18,4);
    currency TEXT; is_unnamed BOOLEAN, of a known report a row without a campaign; reason TEXT, why
    the record is excluded. A record has a row for each channel of a wide sheet.
    """

    index: int
    sheet: Sheet
    meaning: Meaning
    notes: tuple[Sentence, ...]
    alerts: Mapping[str, Mapping[str, Fact]]
    was_negative: bool


def store(
    engine: DuckDB, index: int, sheet: Sheet, chosen: Mapping[str, str], settings: ReadingSettings
) -> SpendRows:
    """Add one sheet to the table `spend_rows`.

    Args:
        engine: has the macros of spend.
        index: position of the sheet.
        sheet: what to read.
        chosen: roles as typed with --map.
        settings: of which `date_format` and `currency` matter, the latter for what $ means.

    Raises:
        InputError: columns, numbers or days cannot be understood.
    """
    cells = {f"c{number}": f"c{number}" for number in range(len(sheet.header))}
    scan.store(engine, "spend_table", sheet, cells, {})
    engine.execute(
        "create or replace temp view spend_cells as select rowid as record, * from spend_table"
    )
    meaning = recognition.understand(engine, sheet, chosen, partial(_is_numeric, engine))
    form = value_formats.decide(engine, sheet, meaning, settings)
    values: dict[str, Any] = {"sheet": index, "period_first": None, "period_last": None}
    if meaning.period:
        values |= {"period_first": meaning.period.first, "period_last": meaning.period.last}
    if isinstance(sheet, SpendSheet) and sheet.channel and not meaning.channels:
        meaning = _on_channel(meaning, sheet.channel)
    for role in meaning.money:
        _insert(engine, meaning, form, role, settings, values)
    exclude_sums(engine, index)
    expenses = _without_sign(engine, index, meaning, sheet.name)
    _compare_with_totals(engine, index, sheet.name, meaning, form)
    notes = [
        *form.notes,
        *expenses,
        *_notes(meaning, chosen),
        *value_formats.periods_of_days(engine, index, meaning),
    ]
    return SpendRows(
        index=index,
        sheet=sheet,
        meaning=meaning,
        notes=tuple(notes),
        alerts=form.alerts,
        was_negative=bool(expenses),
    )


def _on_channel(meaning: Meaning, channel: str) -> Meaning:
    """Return the meaning with all rows on one channel."""
    columns = meaning.columns
    position = {role: at for role, at in columns.position.items() if role != "spend_channel"}
    profile = replace(columns.profile, channel=channel)
    return replace(meaning, columns=replace(columns, position=position, profile=profile))


def _is_numeric(engine: DuckDB, column: int) -> bool:
    """Return whether a column contains only numbers."""
    cell = f"c{column}"
    ((is_numeric,),) = engine.execute(
        f"""
        select bool_and(case
            when is_plain_number({cell}) then true
            else has_point(bare_number({cell})) or has_comma(bare_number({cell}))
        end)
        from spend_cells where not is_total(c0) and not not_reported({cell})
        """
    ).fetchall()
    return bool(is_numeric)


def _insert(
    engine: DuckDB,
    meaning: Meaning,
    form: SpendFormat,
    role: str,
    settings: ReadingSettings,
    values: dict[str, Any],
) -> None:
    """Add the rows of one column of amounts."""
    place = meaning.columns.position
    cell = f"c{place[role]}"
    parameters = dict(values)
    label = "$label::text"
    if "spend_channel" in place:
        channel = f"c{place['spend_channel']}"
        label = f"case when not_reported({channel}) then '' else trim({channel}) end"
    else:
        parameters["label"] = role.removeprefix(CHANNEL) if role != "spend" else _channel(meaning)
    first, last = form.days
    amounts = {amount_role: _amount(meaning, form, amount_role) for amount_role in meaning.money}
    missing = [f"not_reported(c{place[amount_role]})" for amount_role in meaning.money]
    bad = [
        f"({sql} is null and not not_reported(c{place[amount_role]}))"
        for amount_role, sql in amounts.items()
    ]
    if form.days_values:
        parameters |= form.days_values
    engine.execute(
        f"""
        insert into spend_rows
        select $sheet, record, {label}, first, last, $period_first::date, $period_last::date,
            coalesce({amounts[role]}, 0), {_currency(meaning, role, settings, parameters)},
            {_unnamed(meaning)} or {form.sums},
            case
                when {total_rows.total(meaning)} then 'total-row'
                when {total_rows.planned(meaning)} then 'not-spent'
                when first is null or last is null or last - first > {_LONGEST}
                    then 'date-not-a-date'
                when last < first then 'end-before-start'
                when {" or ".join(bad)} then 'amount-not-a-number'
                when {" and ".join(missing)} then 'not-reported'
            end
        from (select *, {first} as first, {last} as last from spend_cells)
        where {len(meaning.money) == 1} or not not_reported({cell}) or {" and ".join(missing)}
        """,
        parameters,
    )


def _amount(meaning: Meaning, form: SpendFormat, role: str) -> str:
    """Return SQL of an amount in whole units of its currency."""
    at = meaning.columns.position[role]
    number = f"{form.number[role]}_number(c{at})"
    scale = scale_of(meaning.columns.header[at])
    return number if scale == 1 else f"cast({number} * {scale:f} as decimal(18, 4))"


def _channel(meaning: Meaning) -> str:
    return meaning.columns.profile.channel


def _unnamed(meaning: Meaning) -> str:
    """Return SQL that is true for a row without a campaign; known reports have one in each row."""
    at = meaning.columns.position.get("spend_campaign")
    known = at is not None and meaning.columns.profile.recognise
    return f"not_reported(c{at})" if known else "false"


def _without_sign(engine: DuckDB, index: int, meaning: Meaning, file: str) -> list[Sentence]:
    """Read amounts as expenses if all of them are below zero, and add a note.

    Raises:
        NegativeSpendError: spend adds up to less than zero, with amounts of both signs.
    """
    ((total, most),) = engine.execute(
        "select sum(amount), max(amount) from spend_rows where sheet = $sheet and reason is null",
        {"sheet": index},
    ).fetchall()
    if not total or total > 0:
        return []
    column = meaning.columns.name(meaning.money[0])
    if most > 0:
        raise NegativeSpendError(file=file, column=column)
    engine.execute("update spend_rows set amount = -amount where sheet = $sheet", {"sheet": index})
    return [Sentence(AS_EXPENSES, {"column": column})]


def _compare_with_totals(
    engine: DuckDB, index: int, file: str, meaning: Meaning, form: SpendFormat
) -> None:
    """Check that columns read as channels add up to a column of totals, if there is one.

    Raises:
        AmbiguousColumnError: they do not, so either is not what it looks like.
    """
    read = form.number[meaning.money[0]]
    scale = scale_of(meaning.columns.header[meaning.columns.position[meaning.money[0]]])
    for at in meaning.totals:
        ((differing,),) = engine.execute(
            f"""
            select count(*) from (
                select record, sum(amount) as added
                from spend_rows where sheet = $sheet and reason is null group by record
            ) join (
                select record, {read}_number(c{at}) * {scale:f} as total from spend_cells
            ) using (record)
            where abs(total - added) > {ROUNDING} * abs(total) + {_CENT}
            """,
            {"sheet": index},
        ).fetchall()
        if differing:
            hits = [at, *(meaning.columns.position[role] for role in meaning.money)]
            raise ambiguous(file, "spend", hits, meaning.columns.header)


def _currency(
    meaning: Meaning, role: str, settings: ReadingSettings, values: dict[str, Any]
) -> str:
    """Return SQL of the currency: of a column, a symbol, the header, or the report."""
    place, profile = meaning.columns.position, meaning.columns.profile
    currency = currency_of(meaning.columns.header[place[role]]) or profile.currency
    values["currency_of_file"] = currency
    known = []
    if "spend_currency" in place:
        cell = f"c{place['spend_currency']}"
        known.append(f"case when not not_reported({cell}) then upper(trim({cell})) end")
    elif not currency:
        known.append(fields.symbols(f"c{place[role]}", settings, values))
    return f"coalesce({', '.join([*known, '$currency_of_file::text'])})"


def _notes(meaning: Meaning, chosen: Mapping[str, str]) -> list[Sentence]:
    """Describe decisions about the file."""
    notes = []
    if meaning.period and not meaning.dates:
        text = AS_TYPED if "spend_date" in chosen else FROM_TITLE
        facts = {"first": meaning.period.first, "last": meaning.period.last}
        notes.append(Sentence(text, dict(facts)))
    for role in meaning.money:
        header = meaning.columns.name(role)
        if (scale := scale_of(header)) != 1:
            notes.append(Sentence(SCALED, {"column": header, "scale": f"{scale:g}"}))
    if meaning.channels:
        notes.append(Sentence(WIDE, {"channels": ", ".join(meaning.channels)}))
    return notes
