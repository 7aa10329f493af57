"""Tables of `ltv sources`: files, columns, status words and excluded rows."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.results import Row
from ltvcli.results.sources import SourceFile


def tables(files: Sequence[SourceFile]) -> dict[str, tuple[Row, ...]]:
    """Return the tables of files that were read or refused; empty ones are left out."""
    tables: dict[str, list[Row]] = {"files": [], "columns": [], "statuses": [], "excluded": []}
    for file in files:
        read = file.read
        tables["files"].append(
            {
                "file": file.path,
                "holds": file.kind,
                "profile": file.profile,
                "form": file.form,
                "encoding": file.encoding,
                "delimiter": file.delimiter,
                "header_line": file.header_line,
                "first_day": str(read.first) if read and read.first else None,
                "last_day": str(read.last) if read and read.last else None,
                "currency": file.currency,
                "rows_read": read.rows_read if read else None,
                "rows_used": read.rows_used if read else None,
                "rows_excluded": sum(read.set_aside.values()) if read else None,
                "exit_code": file.refused.exit_code if file.refused else 0,
            }
        )
        tables["columns"] += [
            {
                "file": file.path,
                "column": column.header,
                "role": ", ".join(column.roles) or None,
                "because": column.reason or None,
                "samples": ", ".join(column.samples),
            }
            for column in file.columns
        ]
        tables["statuses"] += [
            {
                "file": file.path,
                "column": word.column,
                "word": word.word,
                "rows": word.rows,
                "effect": word.meaning,
                "is_state": word.is_state,
            }
            for word in (read.statuses if read else ())
        ]
        tables["excluded"] += [
            {"file": file.path, "reason": reason, "rows": rows}
            for reason, rows in (read.set_aside.items() if read else ())
        ]
    return {name: tuple(rows) for name, rows in tables.items() if rows}
