"""IDs, days and numbers of a row of subscriptions, as SQL.

| cells                                    | fields                                        |
| customer c1, start 2026-01-05, end blank | customer 'c1', start 2026-01-05, stop NULL    |
| customer c2, start 05.2026               | problem 'date-not-a-date'                     |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from ltvcli.errors import NoDayError
from ltvcli.read.columns.status_decisions import Decided
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import dates
from ltvcli.read.subscriptions import segments
from ltvcli.read.subscriptions.columns import NUMBERS, Meaning
from ltvcli.read.subscriptions.shapes import DATES
from ltvcli.results import Fact, Sentence, StatusWord
from ltvcli.settings.reading import ReadingSettings

PLAIN = "plain"
_YES = "'true', 't', '1', '1.0', 'yes', 'y', 'はい', '○'"
_SHARES = ("discount", "discount_percent")  # few cells, often with a per-cent sign
PROBLEM_IF_PLAIN = (
    "case when start is null then 'date-not-a-date' "
    "when gross is null then 'amount-not-a-number' end"
)
"""SQL of the problem of a row whose days and numbers are plain: a cell that is needed is blank."""


class Numbered(Struct, frozen=True, kw_only=True):
    """A column of words that is stored as the numbers of its texts.

    Attributes:
        name: of the column of numbers.
        texts: each in the place of its number.
    """

    name: str
    texts: Sequence[str]


class Query(Struct, kw_only=True):
    """The fields selected from one sheet as SQL, and their parameters.

    Attributes:
        cell: role to the column of its cells.
        header: role to what the column is called.
        form: role to how its numbers are written; see read.amounts.
        day: how dates are written; see read.dates.
        values: parameters.
        is_proved_plain: whether rows are stored again if a day or a number is not plain.
        numbered: columns of words that are stored as numbers, by their cells.
        late: those of which some words got their number after the rows were stored.
        cells: name to SQL of what is read of the sheet for several fields, once for all of them.
        fields: name to SQL; one may use those of the same select.
        notes: what a reader of the result should know.
        alerts: facts for checks, by the name of the check.
        decided: what the words of status columns do.
        statuses: the same, for the record.
    """

    cell: Mapping[str, str]
    header: Mapping[str, str]
    form: Mapping[str, str]
    day: str
    values: dict[str, Any]
    is_proved_plain: bool = False
    numbered: dict[str, Numbered] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    cells: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    notes: list[Sentence] = field(default_factory=list)
    alerts: dict[str, Mapping[str, Fact]] = field(default_factory=dict)
    decided: list[Decided] = field(default_factory=list)
    statuses: tuple[StatusWord, ...] = ()

    def number(self, role: str) -> str:
        """Return SQL of the number in a cell."""
        if role in _SHARES:
            written = {*self.form.values()} & {"comma"} or {"point"}
            return f"{written.pop()}_number(replace({self.cell[role]}, '%', ''))"
        return f"{self.form[role]}_number({self.cell[role]})"

    def number_once(self, role: str) -> str:
        """Return SQL of the number in a cell that is read once for all fields that name it."""
        self.cells[f"number_of_{role}"] = self.number(role)
        return f"number_of_{role}"

    def has_tidy_id(self, role: str) -> str:
        """Return SQL that is true for an ID that is certainly tidy, and no word for a sum."""
        self.cells[f"tidy_{role}"] = f"is_tidy_id({self.cell[role]})"
        return f"tidy_{role}"

    def is_plain(self, role: str) -> bool:
        """Return whether the numbers of a column have only digits and a point."""
        return self.form[role] == PLAIN

    def date(self, role: str) -> str:
        """Return SQL of the day in a cell, NULL where there is no such column."""
        if role not in self.cell:
            return "null::date"
        cell = self.cell[role]
        day = self.day.format(cell)
        # SANE returns NULL for text that is not a date.
        if role not in ("month", "date", "start") and self.day != dates.SANE:
            day = f"case when not is_no_date({cell}) then {day} end"
        self.cells[f"day_of_{role}"] = day
        return f"day_of_{role}"


def empty_query(
    sheet: Sheet,
    meaning: Meaning,
    form: Mapping[str, str],
    day: str,
    *,
    is_proved_plain: bool = False,
) -> Query:
    """Return a query without fields.

    Args:
        sheet: what to read.
        meaning: what its columns mean.
        form: role to how its numbers are written.
        day: how dates are written.
        is_proved_plain: whether rows are stored again if a day or a number is not plain.
    """
    position = meaning.columns.position
    return Query(
        cell={role: f"c{number}" for role, number in position.items()},
        header=meaning.columns.named(),
        form=form,
        day=day,
        values=dict(scan.relation(sheet)[1]),
        is_proved_plain=is_proved_plain,
    )


def add(sheet: Sheet, meaning: Meaning, settings: ReadingSettings, query: Query) -> None:
    """Add IDs, days and `problem` (an unreadable day or number) to a query.

    Args:
        sheet: what was opened.
        meaning: what its columns mean.
        settings: of which `as_of` and `date_format` matter.
        query: gets the fields.

    Raises:
        NoDayError: there are only months of tenure, and no --as-of to count them back from.
    """
    cell = query.cell
    query.values |= dates.parameters(query.day, settings.date_format)
    query.fields |= {
        "customer": f"case when {query.has_tidy_id('customer')} then {cell['customer']} "
        f"else tidy_id({cell['customer']}) end",
        "subscription": f"order_id({cell['subscription']})"
        if "subscription" in cell
        else "null::text",
        "plan": f"nullif(trimmed({cell['plan']}), '')"
        if "plan" in cell and meaning.has_plans
        else "null::text",
        **segments.fields(meaning),
        **{role: query.date(role) for role in DATES if role not in ("end", "date")},
    }
    end = _end(meaning, query)
    if meaning.shape == "payments":
        query.fields["start"] = query.date("date")
    elif meaning.shape == "months":
        month = f"month_start({query.date('month')})"
        query.fields["start"] = f"coalesce(month_only({cell['month']}), {month})"
        end = "next_billed(start, 1, 0)"
    elif meaning.shape == "tenure":
        if settings.as_of is None:
            raise NoDayError(file=sheet.name, column=meaning.columns.name("tenure"))
        query.values["as_of"] = settings.as_of
        query.fields["start"] = (
            f"tenure_start({query.number('tenure')}, $as_of::date, status = 'ended')"
        )
        end = "case when status = 'ended' then $as_of::date end"
    if "renews" in cell:
        yes, no = f"lower(trim({cell['renews']})) in ({_YES})", f"not is_blank({cell['renews']})"
        query.fields["renews"] = f"case when {yes} then true when {no} then false end"
    query.fields["stop"] = f"real_end({end})"
    query.fields["problem"] = _problem(query)


def _end(meaning: Meaning, query: Query) -> str:
    """Return SQL of the end: as stated, or the end of the paid period if it ends with that."""
    end = query.date("end")
    if not {"ends_with_period", "period_end"} <= query.cell.keys():
        query.fields["leaves"] = "false"
        return end
    leaves = f"coalesce(lower(trim({query.cell['ends_with_period']})) in ({_YES}), false)"
    query.fields["leaves"] = leaves
    paid = f"case when {leaves} then {query.date('period_end')} end"
    return f"coalesce({paid}, {end})" if meaning.ends_when_asked else f"coalesce({end}, {paid})"


def _problem(query: Query) -> str:
    if query.is_proved_plain and query.cell.keys().isdisjoint(_SHARES):
        return PROBLEM_IF_PLAIN
    return (
        f"case when {' or '.join(['start is null', *_bad_days(query)])} then 'date-not-a-date' "
        f"when {' or '.join(['gross is null', *_bad_numbers(query)])} "
        "then 'amount-not-a-number' end"
    )


def odd(meaning: Meaning, query: Query) -> str:
    """Return SQL that is true for a row with a cell that needs more than plain reading."""
    numbers = [f"not is_plain_number({query.cell[role]})" for role in NUMBERS if role in query.cell]
    days = _bad_days(query)
    if meaning.shape == "months":
        days.append("start is null")
    return " or ".join([*numbers, *days])


def _bad_days(query: Query) -> list[str]:
    """Return tests for cells without a day; an end in the year 9999 means that there is none."""
    cells = {role: query.cell[role] for role in DATES if role in query.cell}
    bad = {role: f"not is_no_date({cell})" for role, cell in cells.items()}
    if "end" in bad:
        bad["end"] += f" and not starts_with(trim({cells['end']}), '9999')"
    # CASE skips the search for words in cells that hold a date or nothing.
    return [
        f"case when {query.date(role)} is not null or {cells[role]} is null then false "
        f"else {test} end"
        for role, test in bad.items()
    ]


def _bad_numbers(query: Query) -> list[str]:
    return [
        _bad(query.number_once(role), query.cell[role])
        for role in (*NUMBERS, *_SHARES)
        if role in query.cell
    ]


def _bad(sql: str, cell: str) -> str:
    return f"({sql} is null and not is_blank({cell}))"
