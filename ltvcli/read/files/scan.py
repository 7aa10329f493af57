"""Sheets as SQL that DuckDB selects from, every cell text, with proof that all rows were read.

A CSV with the header `id,total` and the record `1,20.00` gives the row c0 = '1', c1 = '20.00'.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.errors import InternalError
from ltvcli.read.files.sheet import Sheet

if TYPE_CHECKING:
    from ltvcli.engines.addresses import Table
    from ltvcli.engines.duckdb import DuckDB

_SAMPLES = 200
"""Records of a file that are compared with the rows stored for them."""
_PLACE = "place_in_file"
_BUFFER = 10_000_000
"""Bytes of a CSV that one of several threads reads at a time.

By default DuckDB takes 32 MB. A file of 77 MB then has three such parts, which two threads do not
share evenly, and of which more threads take no advantage. With 4 MB, parsing takes longer.
"""
_BUFFER_OF_ONE = 2_000_000
"""Bytes of a CSV that a single thread reads at a time: first rows are read sooner."""
_NEWLINES = {b"\n": r"\n", b"\r": r"\r", b"\r\n": r"\r\n"}


def relation(
    sheet: Sheet, *, parallel: bool = True, typed: Collection[str] = ()
) -> tuple[str, dict[str, Any]]:
    """Write `sheet` as text to select from, with columns c0, c1, ... of text, and its parameters.

    Nothing a user wrote is in the text: columns are numbered and the path is a parameter. A Parquet
    sheet has one column more, `place_in_file`, the number of the row from 0.

    Args:
        sheet: a file, or a table of a database in this process.
        parallel: whether several threads may read a CSV; for a few first rows, one is faster.
        typed: columns of Parquet that keep their types.
    """
    columns = [f"c{number}" for number in range(len(sheet.header))]
    if sheet.table is not None:
        return _read_table(sheet.table, sheet.header), {}
    if sheet.shape == "parquet":
        return _read_parquet(sheet, columns, typed)
    records, (path,) = sheet.records, sheet.paths
    skip = 0 if records and records.is_copied else sheet.skip
    # Otherwise DuckDB detects the line ending, possibly from a line break within quotes.
    newline = records.form.newline if records else b"\n"
    source = _read_csv("$path", columns, sheet.delimiter, skip, newline, parallel=parallel)
    return source, {"path": str(path)}


def _read_table(table: Table, header: Sequence[str]) -> str:
    """Write the SQL that reads a table of a database in this process."""
    names = [name.replace('"', '""') for name in header]
    cells = ", ".join(f'cast("{name}" as varchar) as c{n}' for n, name in enumerate(names))
    where = f" where ({table.where}\n)" if table.where else ""
    return f"(select {cells} from {table.relation}{where})"


def _read_parquet(
    sheet: Sheet, columns: list[str], typed: Collection[str]
) -> tuple[str, dict[str, Any]]:
    """Write the SQL that reads the files of a sheet one after the other, and its parameters."""
    parts = sheet.parts
    folders = list(parts[0].folders) if parts else []
    stored = columns[: len(columns) - len(folders)]
    of_file = "[file_index::bigint + 1]"
    parameters: dict[str, Any] = {
        "paths": [str(path) for path in sheet.paths],
        "starts": [member.start for member in parts] or [0],
    }
    cells = [
        column if column in typed else _cell(column, kind)
        for column, kind in zip(columns, sheet.types, strict=True)
    ][: len(stored)]
    for number, (column, name) in enumerate(zip(columns[len(stored) :], folders, strict=True)):
        parameters[f"folder_{number}"] = [member.folders[name] for member in parts]
        cells.append(f"($folder_{number}::text[]){of_file} as {column}")
    names = ", ".join([*stored, "row_in_file"])
    return (
        f"(select {', '.join(cells)}, row_in_file + $starts{of_file} as {_PLACE} "
        "from read_parquet($paths, file_row_number = true, hive_partitioning = false) "
        f"t({names}))"
    ), parameters


def _read_csv(
    path: str, columns: list[str], delimiter: str, skip: int, newline: bytes, *, parallel: bool
) -> str:
    """Write the SQL that reads a file of undamaged records.

    Args:
        path: SQL of the path.
        columns: their names.
        delimiter: between cells.
        skip: lines before the first record.
        newline: what ends a record.
        parallel: whether several threads may read it.
    """
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    dialect = (
        f"delim = '{delimiter}', skip = {skip}, header = false, quote = '\"', "
        "escape = '\"', comment = '', compression = 'none', auto_detect = false, "
        "hive_partitioning = false, "
        f"new_line = '{_NEWLINES[newline]}', null_padding = false, parallel = {parallel}, "
        f"buffer_size = {_BUFFER if parallel else _BUFFER_OF_ONE}"
    )
    return f"read_csv({path}, columns = {{{types}}}, {dialect})"


def _cell(column: str, kind: str) -> str:
    """Show a Parquet cell as text: 7.0 as 7, because an ID is no measurement; NaN as missing.

    Args:
        column: SQL name of the column.
        kind: its type.
    """
    if kind == "VARCHAR":
        return column
    if kind not in ("DOUBLE", "FLOAT"):
        return f"{column}::varchar as {column}"
    number = f"try_cast({column}::varchar as double)"
    return (
        f"case when isnan({number}) then null "
        f"when {number} = trunc({number}) and abs({number}) < 1e18 "
        f"then {number}::bigint::varchar else {column}::varchar end as {column}"
    )


def store(
    engine: DuckDB,
    table: str,
    sheet: Sheet,
    fields: Mapping[str, str],
    values: Mapping[str, Any],
    limit: int | None = None,
    *,
    cells: Mapping[str, str] | None = None,
    typed: Collection[str] = (),
) -> int:
    """Create a table from a sheet, one row per record in file order, and return how many there are.

    A row is known by its rowid, which is the number of its record. That no record is missing and
    that each stands in its place is proved: by the number of records, which was counted without
    DuckDB, and by records all over the file, which are read once more for this.

    Args:
        engine: gets the table.
        table: its name.
        sheet: what to read.
        fields: the columns of the table, and their SQL.
        values: parameters named in the SQL.
        limit: read this many rows only; if there are more, nothing is proved.
        cells: what is read of the sheet for several fields, and its SQL, which may name those
            before it.
        typed: columns of Parquet that keep their types.

    Raises:
        InternalError: records are missing, or rows are not in the order of the file.
    """
    selected = ", ".join(f"{sql} as {name}" for name, sql in fields.items())
    first = f" limit {limit}" if limit else ""
    place = f", {_PLACE}" if sheet.shape == "parquet" else ""
    rows = 0
    for parallel in (False,) if limit else (True, False):
        source, parameters = relation(sheet, parallel=parallel, typed=typed)
        source = _with(cells, source)
        query = f"select {selected}{place} from {source}{first}"
        rows = engine.store_in_order(table, query, {**values, **parameters})
        if rows == limit:
            return rows
        if _is_whole(engine, table, sheet, fields, values, rows, cells):
            if sheet.records and sheet.shape == "csv":  # DuckDB refuses records of too few cells
                sheet.records.is_counted = False
            return rows
    expected = sheet.records.count if sheet.records else rows
    raise InternalError(what=f"{expected} records of {sheet.name}, {rows} rows or not in order")


def _with(cells: Mapping[str, str] | None, source: str) -> str:
    """Write the SQL of a source with more columns, each read before those that name it."""
    level: dict[str, str] = {}
    for name, sql in (cells or {}).items():
        if any(known in sql for known in level):
            source, level = _selected(level, source), {}
        level[name] = sql
    return _selected(level, source) if level else source


def _selected(cells: Mapping[str, str], source: str) -> str:
    more = ", ".join(f"{sql} as {name}" for name, sql in cells.items())
    return f"(select *, {more} from {source})"


def _is_whole(
    engine: DuckDB,
    table: str,
    sheet: Sheet,
    fields: Mapping[str, str],
    values: Mapping[str, Any],
    rows: int,
    cells: Mapping[str, str] | None,
) -> bool:
    """Return whether a table has every record of its sheet, each in its place.

    The places of rows of Parquet, which are compared for this, are not kept.
    """
    if sheet.shape == "parquet":
        moved = f"select count(*), count(*) filter ({_PLACE} <> rowid) from {table}"
        count = "select sum(num_rows)::bigint from parquet_file_metadata($1)"
        (stored, moved_rows) = engine.execute(moved).fetchone() or (0, 0)
        engine.execute(f"alter table {table} drop column {_PLACE}")
        return (
            not moved_rows
            and (stored,) == engine.execute(count, [[*map(str, sheet.paths)]]).fetchone()
        )
    if sheet.records is None or rows != sheet.records.count:
        return False
    path = engine.temp / "samples.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")  # quotes cells that contain \r or \n
        for number, record in sheet.records.samples(_SAMPLES):
            writer.writerow([number, *sheet.records.cells(record)])
    columns = ["record", *(f"c{number}" for number in range(len(sheet.header)))]
    source = _with(cells, _read_csv("$samples", columns, ",", 0, b"\r\n", parallel=False))
    selected = ", ".join(f"{sql} as {name}" for name, sql in fields.items())
    differ = " or ".join(f"sample.{name} is distinct from stored.{name}" for name in fields)
    query = f"""
        select count(*)
        from (select record::bigint as record, {selected} from {source}) as sample
        left join {table} as stored on stored.rowid = sample.record
        where stored.rowid is null or {differ}
    """
    given = {name: value for name, value in values.items() if name != "path"}
    return engine.execute(query, {**given, "samples": str(path)}).fetchone() == (0,)
