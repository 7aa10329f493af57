"""One sheet of survey answers as rows: who, when, the score, and why a row is no answer.

| Timestamp  | Email         | How likely are you to recommend us? | row of `survey_rows`          |
| 2026/08/03 | A@example.com | 10 - very likely                    | a@example.com, 2026-08-03, 10 |
| 2026/08/04 | b@example.com |                                     | excluded: no-score            |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import AmbiguousDateError, MixedDateError, NotDatesError, NotScoresError
from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import dates
from ltvcli.read.orders.dates import Dates
from ltvcli.read.surveys import scale
from ltvcli.read.surveys.columns import profile_of, understand
from ltvcli.read.surveys.scale import Answers
from ltvcli.results import Fact, Sentence
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_SCORES = 0.8
"""Share of the cells of a column of scores that are such."""


class SurveyRows(Struct, frozen=True, kw_only=True):
    """The rows of one sheet in the table `survey_rows`."""

    sheet: Sheet
    columns: Columns
    notes: tuple[Sentence, ...]
    alerts: Mapping[str, Mapping[str, Fact]]
    answers: Answers


def store(
    engine: DuckDB,
    index: int,
    sheet: Sheet,
    chosen: Mapping[str, str],
    settings: ReadingSettings,
    as_of: date,
) -> SurveyRows:
    """Add one sheet to the table `survey_rows`.

    Args:
        engine: has the macros of surveys.
        index: position of the sheet.
        sheet: what to read.
        chosen: roles as typed with --map.
        settings: of which `date_format` and `today` matter.
        as_of: last day of the data; later answers are excluded.

    Raises:
        InputError: columns, days or scores cannot be understood.
    """
    cells = {f"c{number}": f"c{number}" for number in range(len(sheet.header))}
    scan.store(engine, "survey_table", sheet, cells, {})
    engine.execute(
        "create or replace temp view survey_cells as select rowid as record, * from survey_table"
    )
    title_rows = profile_of(sheet).title_rows
    titles = engine.execute(
        f"select {', '.join(cells)} from survey_cells where record < {title_rows} order by record"
    ).fetchall()

    def shows_scores(column: int) -> bool:
        return _shows_scores(engine, column, title_rows)

    columns = understand(sheet, titles, chosen, shows_scores)
    day = _day(engine, sheet, columns, settings, title_rows)
    _insert(engine, index, columns, day, as_of, settings.date_format, title_rows)
    _check_scores(engine, index, sheet, columns)
    place = columns.position["survey_score"]
    above = [row[place] for row in (sheet.header, *titles)]
    return SurveyRows(
        sheet=sheet,
        columns=columns,
        notes=day.notes,
        alerts=day.alerts,
        answers=scale.answers(
            engine, index, sheet.name, (sheet.header[place], place), [*filter(None, above)]
        ),
    )


def _shows_scores(engine: DuckDB, column: int, title_rows: int) -> bool:
    """Return whether most cells of a column are answers from 0 to 10."""
    ((filled, scores),) = engine.execute(
        f"""
        select count(*), count(survey_score(c{column}))
        from survey_cells where record >= {title_rows} and not is_blank(c{column})
        """
    ).fetchall()
    return bool(filled) and scores >= _SCORES * filled


def _day(
    engine: DuckDB, sheet: Sheet, columns: Columns, settings: ReadingSettings, title_rows: int
) -> Dates:
    """Decide the format of days; --date-format decides ambiguous ones.

    Raises:
        NotDatesError: most cells are no days.
        AmbiguousDateError: no cell shows whether day or month comes first.
        MixedDateError: both orders occur.
    """
    clean = _with_plain_days(engine, sheet, columns, title_rows)
    try:
        return dates.form(engine, clean, columns, ("survey_day",), settings.today)
    except (AmbiguousDateError, MixedDateError, NotDatesError):
        if not settings.date_format:
            raise
        dates.check_format(engine, clean, columns, settings.date_format, "survey_day")
        return Dates(sql=dates.given(settings.date_format))


def _with_plain_days(engine: DuckDB, sheet: Sheet, columns: Columns, title_rows: int) -> Sheet:
    """Copy the rows of answers, with days freed of zones and of seconds since 1970."""
    day = columns.position["survey_day"]
    cells = [
        f"survey_day_text(c{column}) as c{column}" if column == day else f"c{column}"
        for column in range(len(sheet.header))
    ]
    path = engine.temp / "survey-clean.parquet"
    quoted = str(path).replace("'", "''")
    engine.execute(
        f"copy (select {', '.join(cells)} from survey_cells where record >= {title_rows} "
        f"order by record) to '{quoted}' (format parquet)"
    )
    types = ("VARCHAR",) * len(sheet.header)
    return replace(sheet, shape="parquet", path=path, parts=(), types=types)


def _insert(
    engine: DuckDB,
    index: int,
    columns: Columns,
    day: Dates,
    as_of: date,
    date_format: str | None,
    title_rows: int,
) -> None:
    """Insert the rows; reasons that depend on other rows follow later."""
    place = columns.position

    def cell(role: str) -> str:
        return f"c{place[role]}" if role in place else "null::text"

    email = f"tidy_id({cell('survey_email')})"
    score = cell("survey_score")
    engine.execute(
        f"""
        insert into survey_rows
        select $sheet, record, id, email, day, score, comment, null, case
            when record < {title_rows} and day is null then 'title-row'
            {_left_out(columns)}
            when is_blank({score}) then 'no-score'
            when score is null then 'score-not-0-to-10'
            when day is null then 'date-not-a-date'
            when day > $as_of::date then 'after-as-of'
        end
        from (
            select *, tidy_id({cell("survey_customer")}) as id,
                case when contains({email}, '@') then {email} end as email,
                {day.sql.format(f"survey_day_text({cell('survey_day')})")} as day,
                survey_score({score}) as score,
                nullif(trim({cell("survey_comment")}), '') as comment
            from survey_cells
        )
        """,
        {
            "sheet": index,
            "as_of": as_of,
            **dates.parameters(day.sql, date_format),
        },
    )


def _left_out(columns: Columns) -> str:
    """Return the branches of SQL that give rows their reason that the profile leaves out."""
    branches = []
    for rule in columns.profile.leave_out:
        for column in first_tier(columns.header, (rule.where,)):
            words = ", ".join(f"'{word}'" for word in rule.values)
            branches.append(
                f"when lower(trim(coalesce(c{column}, ''))) in ({words}) then '{rule.reason}'"
            )
    return " ".join(branches)


def _check_scores(engine: DuckDB, index: int, sheet: Sheet, columns: Columns) -> None:
    """Make sure that most cells are answers from 0 to 10.

    Raises:
        NotScoresError: most are something else.
    """
    ((scores, refused),) = engine.execute(
        """
        select count(*) filter (score is not null),
            count(*) filter (reason = 'score-not-0-to-10')
        from survey_rows
        where sheet = $sheet
            and coalesce(reason, '') not in ('title-row', 'test', 'other-question')
        """,
        {"sheet": index},
    ).fetchall()
    if refused > scores:
        column, example = columns.name("survey_score"), _example(engine, columns)
        raise NotScoresError(file=sheet.name, column=column, example=f"“{example}”")


def _example(engine: DuckDB, columns: Columns) -> str:
    cell = f"c{columns.position['survey_score']}"
    rows: Sequence[tuple[str]] = engine.execute(
        f"select {cell} from survey_cells where not is_blank({cell}) "
        f"and survey_score({cell}) is null order by record limit 1"
    ).fetchall()
    return rows[0][0][:40]
