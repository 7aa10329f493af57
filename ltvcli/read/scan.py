"""A sheet as something DuckDB can select from, every cell text; and the rows it could not cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltvcli.errors import UnclosedQuoteError
from ltvcli.read.lines import lines_at
from ltvcli.read.sheet import Sheet

if TYPE_CHECKING:
    import duckdb

_REASONS = {
    "MISSING COLUMNS": "ragged",
    "TOO MANY COLUMNS": "ragged",
    "UNQUOTED VALUE": "bad-quote",
    "LINE SIZE OVER MAXIMUM": "line-too-long",
    "INVALID ENCODING": "bad-encoding",
}


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row that does not fit the columns, and the line on which it begins."""

    line: int
    reason: str
    text: str


def relation(sheet: Sheet) -> tuple[str, dict[str, str]]:
    """Write `sheet` as text to select from, with columns c0, c1, ... of text, and its parameters.

    Nothing a user wrote is in the text: columns are numbered and the path is a parameter.
    """
    columns = [f"c{number}" for number in range(len(sheet.header))]
    parameters = {"path": str(sheet.path)}
    if sheet.shape == "parquet":
        cells = ", ".join(_cell(column) for column in columns)
        return f"(select {cells} from read_parquet($path) t({', '.join(columns)}))", parameters
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    dialect = (
        f"delim = '{sheet.delimiter}', skip = {sheet.skip}, header = false, quote = '\"', "
        "escape = '\"', comment = '', compression = 'none', auto_detect = false, "
        "store_rejects = true, null_padding = false"
    )
    return f"read_csv($path, columns = {{{types}}}, {dialect})", parameters


def _cell(column: str) -> str:
    """Show a Parquet cell as text: 7.0 as 7, because an id is no measurement; NaN as missing."""
    number = f"try_cast({column}::varchar as double)"
    return (
        f"case when typeof({column}) not in ('DOUBLE', 'FLOAT') then {column}::varchar "
        f"when isnan({number}) then null "
        f"when {number} = trunc({number}) and abs({number}) < 1e18 "
        f"then {number}::bigint::varchar else {column}::varchar end as {column}"
    )


def ragged(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> list[Ragged]:
    """List the rows of `sheet` that could not be cut into columns whenever it was read.

    Raises:
        UnclosedQuoteError: a quote swallowed the rows after it.
    """
    import duckdb

    if sheet.shape != "csv":
        return []
    try:
        rows = connection.execute(
            """
            select min(error_type), any_value(csv_line), line_byte_position, min(byte_position)
            from reject_errors
            where scan_id in (select scan_id from reject_scans where file_path = $path)
            group by line_byte_position order by line_byte_position
            """,
            {"path": str(sheet.path)},
        ).fetchall()
    except duckdb.CatalogException:  # no file has been read yet
        return []
    for kind, text, _, quote in rows:
        # A cell may hold line breaks; a broken one that does has run into the rows below it.
        if kind in ("UNQUOTED VALUE", "LINE SIZE OVER MAXIMUM") and "\n" in _bare(text):
            (line,) = lines_at(sheet.path, [quote - 1])
            raise UnclosedQuoteError(file=sheet.name, line=line)
    # The text of a row may begin with the line breaks of blank lines before it.
    begins = [at - 1 + len(text) - len(text.lstrip("\r\n")) for _, text, at, _ in rows]
    return [
        Ragged(line, _REASONS.get(kind, "ragged"), _bare(text))
        for line, (kind, text, *_) in zip(lines_at(sheet.path, begins), rows, strict=True)
    ]


def _bare(text: str) -> str:
    return text.strip("\r\n")
