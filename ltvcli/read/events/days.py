"""Formats of the days of a log: moments since 1970, plain dates, or dates as elsewhere.

| cells                                 | read as                                |
| 1602611311, 1602611311000             | 2020-10-13, the day of UTC             |
| 2026-08-03T23:10:00+09:00             | 2026-08-03, the day that is written    |
| 8/13/2026 10:00                       | by the order that all cells show       |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltvcli.errors import AmbiguousDateError, MixedDateError, NotDatesError
from ltvcli.language import N_
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import dates
from ltvcli.results import Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

MOMENTS = N_(
    "Cells of “{column}” count time since 1970: their days are those of UTC, and may differ by one "
    "from the days of the orders."
)


def reading(
    engine: DuckDB, sheet: Sheet, columns: Columns, settings: ReadingSettings
) -> tuple[str, dict[str, Any], list[Sentence]]:
    """Return SQL of the day of an event, the values of its parameters, and notes.

    The usual ways are looked for first, in one pass: the ways in which people write dates take ten
    times as long. --date-format answers where the cells do not.

    Args:
        engine: has the macros of events.
        sheet: what to read.
        columns: what its columns mean.
        settings: of which `date_format` and `today` matter.

    Raises:
        InputError: the cells are no dates, or do not tell the order of day and month.
    """
    cell = f"c{columns.position['event_day']}"
    plain = dates.SANE.format(f"event_day_text({cell})")
    source, parameters = scan.relation(sheet)
    ((filled, moments, days),) = engine.execute(
        f"select count(*), count(epoch_day({cell})), count({plain}) from {source} "
        f"where not is_blank({cell})",
        parameters,
    ).fetchall()
    if 2 * moments > filled:
        note = Sentence(MOMENTS, {"column": columns.name("event_day")})
        return f"epoch_day({cell})", {}, [note]
    if days == filled and filled:
        return plain, {}, []
    engine.define_macros("read/dates")
    try:
        form = dates.form(engine, sheet, columns, ("event_day",), settings.today)
    except (AmbiguousDateError, MixedDateError, NotDatesError):
        if not settings.date_format:
            raise
        dates.check_format(engine, sheet, columns, settings.date_format, "event_day")
        sql = dates.given(settings.date_format)
        return sql.format(cell), dates.parameters(sql, settings.date_format), []
    return form.sql.format(cell), {}, list(form.notes)
