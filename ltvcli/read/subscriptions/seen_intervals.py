"""Intervals that cells name where no column of intervals is used: in words or in periods.

| plan        | amount | result                                                       |
| Pro Annual  | 120.00 | the words of `plan` name a year: --map interval=plan         |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import IntervalProposedError, MissingIntervalError
from ltvcli.read import profiles
from ltvcli.read.columns import status_columns
from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions import intervals
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.intervals import Interval
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


class Naming(Struct, frozen=True, kw_only=True):
    """A column whose words name intervals.

    Attributes:
        header: of the column.
        words: each word with its rows among the first ones of the sheet, and its interval.
    """

    header: str
    words: tuple[tuple[str, int, Interval | None], ...]

    @property
    def is_complete(self) -> bool:
        """Return whether every word names an interval."""
        return all(interval is not None for *_, interval in self.words)

    def unlike(self, interval: Interval) -> tuple[tuple[str, int, Interval | None], ...]:
        """Return the words that name another interval."""
        return tuple(word for word in self.words if word[2] not in (None, interval))


def naming(engine: DuckDB, sheet: Sheet) -> list[Naming]:
    """List the columns whose words name intervals, the best first.

    A column all of whose words are intervals (`term`: monthly, annual) comes before the names of
    plans (`plan`: Pro Monthly, Pro Annual).
    """
    header = sheet.header
    plans = profiles.load(profiles.GENERIC_SUBSCRIPTIONS).columns["plan"]
    is_plan = {at for tier in plans for at in first_tier(header, (tier,))}
    samples = status_columns.sample(engine, sheet, range(len(header)))
    terms, names = [], []
    for at, texts in samples.items():
        if not texts:
            continue
        parsed = tuple((text, rows, intervals.parse(text)) for text, rows in texts.items())
        if all(interval is not None for *_, interval in parsed):
            terms.append(Naming(header=header[at], words=parsed))
        elif at in is_plan:
            named = tuple((text, rows, intervals.within(text)) for text, rows in texts.items())
            names += [Naming(header=header[at], words=named)] if any(n[2] for n in named) else []
    return [*terms, *names]


def proposed(engine: DuckDB, sheet: Sheet, error: MissingIntervalError) -> MissingIntervalError:
    """Return the error that names a column of intervals, if there is one; else `error`.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        error: says that no column of intervals is known.
    """
    columns = naming(engine, sheet)
    if not columns:
        return error
    column = columns[0]
    named = [(rows, text) for text, rows, interval in column.words if interval is not None]
    return IntervalProposedError(
        file=sheet.name,
        column=error.facts["column"],
        other=column.header,
        example=max(named)[1],
        flag=f'--map interval="{column.header}"',
    )


def alerts(
    engine: DuckDB, sheet: Sheet, table: str, meaning: Meaning, chosen: Mapping[str, str]
) -> dict[str, Mapping[str, Fact]]:
    """Return the facts if one interval was given for all rows, and the cells name others.

    Args:
        engine: holds `table`.
        sheet: what was opened.
        table: the rows as they were read.
        meaning: what the columns mean.
        chosen: what was typed with --map.
    """
    typed = next((role for role in ("mrr", "arr") if role in chosen), None)
    if typed:
        usual = profiles.load(profiles.GENERIC_SUBSCRIPTIONS).columns[typed]
        if first_tier((chosen[typed],), usual):
            return {}
    elif not meaning.interval:
        return {}
    interval = meaning.interval or Interval(months=12 if typed == "arr" else 1)
    columns = naming(engine, sheet)
    periods = {} if typed else _periods_that_differ(engine, table, meaning, interval)
    if periods and not any(column.is_complete for column in columns):
        return periods
    for column in columns:
        words = column.unlike(interval)
        if words:
            text, _, _ = max(words, key=lambda word: word[1])
            flag = f'--map interval="{column.header}"'
            was = "--map interval"
            if typed:
                was = f"--map {typed}"
                flag = f'--map amount="{chosen[typed]}" {flag}'
            facts: dict[str, Fact] = {
                "column": column.header,
                "word": text,
                "rows": Quantity(sum(rows for _, rows, _ in words), Unit.COUNT),
                "flag": flag,
                "typed": was,
            }
            return {"intervals-differ": facts}
    return periods


def _periods_that_differ(
    engine: DuckDB, table: str, meaning: Meaning, interval: Interval
) -> dict[str, Mapping[str, Fact]]:
    """Return the facts where the period billed last is longer or shorter than one interval."""
    columns = meaning.columns
    if meaning.shape != "spans" or not {"period_start", "period_end"} <= columns.position.keys():
        return {}
    length = interval.months * 30.436875 + interval.days
    trial = "coalesce(trial_end >= period_end, false)"
    ((rows, known),) = engine.execute(
        f"""
        select count(*) filter (
            period_end - period_start not between {0.5 * length} and {1.5 * length}
        ), count(*)
        from {table} where period_end > period_start and not {trial}
        """
    ).fetchall()
    if not rows:
        return {}
    facts: dict[str, Fact] = {
        "column": columns.name("period_start"),
        "end": columns.name("period_end"),
        "rows": Quantity(rows, Unit.COUNT),
        "all": Quantity(known, Unit.COUNT),
    }
    return {"intervals-differ": facts}
