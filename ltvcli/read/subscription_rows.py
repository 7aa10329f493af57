"""One sheet of subscriptions as typed rows: ids, days, what is paid and for how long, and the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltvcli.config import Settings
from ltvcli.errors import NoDayError, UnknownIntervalError, UnknownStatusError
from ltvcli.language import N_
from ltvcli.read import amounts, dates, intervals, scan
from ltvcli.read.intervals import Interval
from ltvcli.read.mapping import currency_of, first_tier
from ltvcli.read.profiles import Profile
from ltvcli.read.scan import Ragged
from ltvcli.read.sheet import Sheet
from ltvcli.read.subscription_columns import DATES, NUMBERS, Meaning
from ltvcli.results import Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

AS_END = N_("“{column}” was taken as the end, as no other column says when a subscription ended.")
SUBSCRIPTION_AS_CUSTOMER = N_("No column names the customer, so each “{column}” counts as one.")
CENTS = N_(
    "“{column}” was read in the currency's smallest unit (cents); no column names it, so 100 to one."
)
FRACTIONS = N_("“{column}” was read as fractions: 0.1 is 10%.")
_WORDS = 200  # different intervals or states looked at; more is no such column
_YES = [
    "yes",
    "y",
    "true",
    "t",
    "1",
    "1.0",
    "churned",
    "はい",
    "有",
    "済",
    "解約",
    "解約済み",
    "退会",
    "離脱",
    "○",
]
_NO = [
    "no",
    "n",
    "false",
    "f",
    "0",
    "0.0",
    "active",
    "いいえ",
    "無",
    "未",
    "継続",
    "継続中",
    "有効",
    "×",
]
_DATE_FIELDS = [role for role in DATES if role != "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRows:
    """The table `subscription_sheet_<index>` in the engine: one row per record, in file order.

    Columns: customer, subscription, plan, currency and standing TEXT; start, stop (the end), asked,
    trial_start, trial_end, period_start, period_end and paused DATE; months and days that an amount
    is for; list_amount and amount per month; `problem` and `lone` as for orders.
    """

    index: int
    sheet: Sheet
    meaning: Meaning
    ragged: tuple[Ragged, ...]
    notes: tuple[Sentence, ...]

    @property
    def table(self) -> str:
        """Name of the table."""
        return f"subscription_sheet_{self.index}"


@dataclass(slots=True)
class _Query:
    """The SQL of the cells of one sheet, and the parameters it names."""

    cell: Mapping[str, str]
    values: dict[str, Any]

    def case(self, text: str, name: str, groups: Mapping[str, Sequence[str]]) -> str:
        """Write a CASE that gives, for each text, the SQL of the group it is in."""
        cases = []
        for number, (result, texts) in enumerate(groups.items()):
            self.values[f"{name}{number}"] = list(texts)
            cases.append(f"when list_contains(${name}{number}, {text}) then {result}")
        return f"case {' '.join(cases)} end" if cases else "null"


def store(
    engine: DuckDB, index: int, sheet: Sheet, meaning: Meaning, settings: Settings
) -> SubscriptionRows:
    """Store one sheet in the engine.

    Raises:
        InputError: numbers, dates, intervals or states are not written in a way that can be read.
    """
    columns = meaning.columns
    source, parameters = scan.relation(sheet)
    cell = {role: f"c{position}" for role, position in columns.position.items()}
    query = _Query(cell, dict(parameters))
    number, day, notes = _forms(engine, sheet, meaning, settings)
    fields = {
        "customer": f"tidy_id({cell['customer']})",
        "subscription": f"order_id({cell['subscription']})"
        if "subscription" in cell
        else "null::text",
        "plan": f"nullif(trim({cell['plan']}), '')" if "plan" in cell else "null::text",
        "currency": _currency(meaning, settings, query),
        "standing": _standing(engine, sheet, meaning, query),
        **_days(sheet, meaning, settings, day, number, query),
        **_interval(engine, sheet, meaning, number, query),
        **_amounts(engine, sheet, meaning, number, query),
        "lone": _left_out(columns.profile, columns.header, meaning, query),
        "problem": _problem(meaning, number, day, cell),
    }
    selected = ", ".join(f"{sql} as {name}" for name, sql in fields.items())
    engine.execute(
        f"create or replace table subscription_sheet_{index} as select {selected} from {source}",
        query.values,
    )
    return SubscriptionRows(
        index=index,
        sheet=sheet,
        meaning=meaning,
        ragged=tuple(scan.ragged(engine.connection, sheet)),
        notes=(*notes, *_notes(meaning)),
    )


def _forms(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: Settings
) -> tuple[dict[str, str], str, list[Sentence]]:
    """Decide how numbers and days are written, from whole columns where plain reading fails."""
    columns = meaning.columns
    source, parameters = scan.relation(sheet)
    numbers = [role for role in NUMBERS if role in columns.position]
    days = [role for role in DATES if role in columns.position]
    if meaning.shape == "months":
        days = ["month"]
    tests = [f"bool_or(not is_plain_number(c{columns.position[role]}))" for role in numbers]
    for role in days:
        cell = f"c{columns.position[role]}"
        plain = f"{dates.SANE.format(cell)} is null and not is_blank({cell})"
        plain += f" and month_only({cell}) is null" if role == "month" else ""
        tests.append(f"bool_or({plain})")
    odd: Sequence[bool] = ()
    if tests:
        asked = f"select {', '.join(tests)} from {source}"
        odd = engine.execute(asked, parameters).fetchone() or ()
    number = dict.fromkeys(numbers, "plain_number({})")
    notes: list[Sentence] = []
    for role, is_odd in zip(numbers, odd, strict=False):
        if is_odd or columns.decimal:
            form, found = amounts.form(engine, sheet, columns, role)
            number[role] = f"{form}_number({{}})"
            notes += found
    if not days or not any(odd[len(numbers) :]):
        return number, dates.SANE, notes
    if settings.date_format:
        dates.check_format(engine, sheet, columns, settings.date_format, days[0])
        return number, dates.GIVEN, notes
    day, found = dates.form(engine, sheet, columns, days)
    return number, day, [*notes, *found]


def _days(
    sheet: Sheet,
    meaning: Meaning,
    settings: Settings,
    day: str,
    number: Mapping[str, str],
    query: _Query,
) -> dict[str, str]:
    """Days by field; a year of 2099 or later is a way to write that there is no end."""
    if day == dates.GIVEN:
        query.values["formats"] = dates.formats(str(settings.date_format))
    cell = query.cell
    known = {role: day.format(cell[role]) for role in _DATE_FIELDS if role in cell}
    known |= {role: "null::date" for role in _DATE_FIELDS if role not in cell}
    if meaning.shape == "months":
        month = f"coalesce(month_only({cell['month']}), month_start({day.format(cell['month'])}))"
        known["start"] = month
        known["end"] = "(start + to_months(1))::date"
    if meaning.shape == "payments":
        known["start"] = day.format(cell["date"])
    if meaning.shape == "tenure":
        if settings.as_of is None:
            raise NoDayError(file=sheet.name, column=meaning.columns.name("tenure"))
        query.values["as_of"] = settings.as_of
        tenure = number["tenure"].format(cell["tenure"])
        known["start"] = (
            f"case when {tenure} between 0 and 1200 then "
            f"$as_of - greatest(ceil({tenure} * 30.436875)::int, 1) "
            "+ case when standing = 'ended' then 0 else 1 end end"
        )
        known["end"] = "case when standing = 'ended' then $as_of end"
    known["stop"] = f"case when {known['end']} < date '2099-01-01' then {known.pop('end')} end"
    return {name: sql for name, sql in known.items() if name != "date"}


def _interval(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, number: Mapping[str, str], query: _Query
) -> dict[str, str]:
    """Months and days that one amount is for; both 0: paid once; both NULL: unknown."""
    if meaning.interval:
        months, days = str(meaning.interval.months), str(meaning.interval.days)
    elif "interval" in query.cell:
        texts = _texts(engine, sheet, query.cell["interval"])
        groups: dict[Interval, list[str]] = {}
        for text in texts:
            if found := intervals.parse(text):
                groups.setdefault(found, []).append(text)
        if not groups:
            column = meaning.columns.name("interval")
            example = texts[0] if texts else ""
            raise UnknownIntervalError(file=sheet.name, column=column, example=example)
        for name in ("months", "days"):
            merged: dict[str, list[str]] = {}
            for interval, same in groups.items():
                merged.setdefault(str(getattr(interval, name)), []).extend(same)
            sql = query.case(query.cell["interval"], name, merged)
            months, days = (sql, "") if name == "months" else (months, sql)
    elif "period_end" in query.cell and meaning.shape == "payments":
        return {"months": "null::double", "days": "null::double"}
    else:
        months, days = "1", "0"
    if "interval_count" in query.cell:
        count = number["interval_count"].format(query.cell["interval_count"])
        count = f"case when {count} > 0 then {count} end"
        months, days = f"({months}) * {count}", f"({days}) * {count}"
    return {"months": f"({months})::double", "days": f"({days})::double"}


def _amounts(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, number: Mapping[str, str], query: _Query
) -> dict[str, str]:
    """Amounts per interval, before and after discounts; later divided by the interval's months."""
    cell = query.cell
    role = "mrr" if "mrr" in cell else "amount"
    gross = number[role].format(cell[role])
    if meaning.quantity is not None:
        query.values["quantity"] = meaning.quantity
        gross = f"({gross} * $quantity)"
    elif "quantity" in cell and role == "amount" and "taken" not in cell and "tax" not in cell:
        gross = f"({gross} * {number['quantity'].format(cell['quantity'])}::decimal(14, 4))"
    minus = f" - coalesce({number['tax'].format(cell['tax'])}, 0)" if "tax" in cell else ""
    taken = f" + coalesce({number['taken'].format(cell['taken'])}, 0)" if "taken" in cell else ""
    off = "".join(f" - ({sql})" for sql in _discounts(engine, sheet, meaning, gross, query))
    unit = " / minor_units(currency)" if meaning.minor_units else ""
    return {
        "gross": f"(({gross}{minus}{taken}){unit})::double",
        "net": f"(({gross}{minus}{off}){unit})::double",
    }


def _discounts(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, gross: str, query: _Query
) -> list[str]:
    found = []
    for role in ("discount", "discount_percent"):
        if role not in query.cell:
            continue
        cell = query.cell[role]
        rate = f"coalesce(point_number(replace({cell}, '%', '')), 0)"
        if role == "discount":
            found.append(
                f"case when contains({cell}, '%') then {gross} * {rate} / 100 else abs({rate}) end"
            )
        else:
            source, parameters = scan.relation(sheet)
            row = engine.execute(
                f"select max({rate}) filter (not contains({cell}, '%')) from {source}", parameters
            ).fetchone()
            fractions = bool(row and row[0] and row[0] <= 1)
            of = f"case when contains({cell}, '%') then 100 else {1 if fractions else 100} end"
            found.append(f"{gross} * {rate} / {of}")
    return found


def _currency(meaning: Meaning, settings: Settings, query: _Query) -> str:
    columns = meaning.columns
    role = "mrr" if "mrr" in columns.position else "amount"
    code = settings.currency or columns.profile.currency or currency_of(columns.name(role))
    query.values["code"] = code.upper() if code else None
    if "currency" not in query.cell:
        return "$code::text"
    return f"coalesce(nullif(upper(trim({query.cell['currency']})), ''), $code::text)"


def _standing(engine: DuckDB, sheet: Sheet, meaning: Meaning, query: _Query) -> str:
    """Give the state that a word means; '' if it is unknown, NULL if there is no such column."""
    if "churned" in query.cell:
        groups = {"'ended'": _YES, "'paying'": _NO}
        return f"coalesce({query.case('word(' + query.cell['churned'] + ')', 'state', groups)}, '')"
    words = meaning.columns.profile.status
    if "status" not in query.cell or not words:
        return "null::text"
    texts = _texts(engine, sheet, f"word({query.cell['status']})")
    if not any(text in same for text in texts for same in words.values()):
        column = meaning.columns.name("status")
        example = texts[0] if texts else ""
        raise UnknownStatusError(file=sheet.name, column=column, example=example)
    groups = {f"'{state}'": same for state, same in words.items()}
    return f"coalesce({query.case('word(' + query.cell['status'] + ')', 'state', groups)}, '')"


def _texts(engine: DuckDB, sheet: Sheet, sql: str) -> list[str]:
    """List the different texts of a column, the most frequent first."""
    source, parameters = scan.relation(sheet)
    rows = engine.execute(
        f"select {sql} as t from {source} where not is_blank(t) group by t "
        f"order by count(*) desc, t limit {_WORDS}",
        parameters,
    ).fetchall()
    return [text for (text,) in rows]


def _left_out(profile: Profile, header: Sequence[str], meaning: Meaning, query: _Query) -> str:
    cases = []
    for number, rule in enumerate(profile.leave_out):
        for position in first_tier(header, (rule.where,))[:1]:
            query.values[f"left_out{number}"] = list(rule.values)
            test = f"list_contains($left_out{number}, lower(trim(c{position})))"
            cases.append(f"when {test} then '{rule.reason}'")
    if "renewal" in query.cell and meaning.shape == "payments":
        cases.append(
            f"when is_nobody(trim(coalesce({query.cell['renewal']}, ''))) then 'not-recurring'"
        )
    return f"case {' '.join(cases)} end" if cases else "null::text"


def _problem(meaning: Meaning, number: Mapping[str, str], day: str, cell: Mapping[str, str]) -> str:
    """Say what cannot be read: a filled cell that is no day or no number."""
    bad_days = " or ".join(
        f"({day.format(cell[role])} is null and not is_blank({cell[role]}))"
        for role in DATES
        if role in cell
    )
    bad_numbers = [
        f"({form.format(cell[role])} is null and not is_blank({cell[role]}))"
        for role, form in number.items()
    ]
    bad_numbers += [
        f"(point_number(replace({cell[role]}, '%', '')) is null and not is_blank({cell[role]}))"
        for role in ("discount", "discount_percent")
        if role in cell
    ]
    return (
        f"case when start is null or ({bad_days or 'false'}) then 'date-not-a-date' "
        f"when {' or '.join([*bad_numbers, 'gross is null'])} then 'amount-not-a-number' end"
    )


def _notes(meaning: Meaning) -> list[Sentence]:
    columns = meaning.columns
    notes = []
    if meaning.end_is_asked:
        notes.append(Sentence(AS_END, {"column": columns.name("end")}))
    if columns.position["customer"] == columns.position.get("subscription"):
        notes.append(Sentence(SUBSCRIPTION_AS_CUSTOMER, {"column": columns.name("customer")}))
    return notes
