"""Ways to damage a file: single bytes, cells, rows and columns, its form, and settings."""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

HOSTILE = (
    "", " ", "0", "-0", "-1", "1e308", "-1e308", "1e400", "1e-320", "inf", "-inf", "nan", "NaN",
    "9" * 30, "9" * 400, "0." + "0" * 40 + "1", "99999999999999.99", "999999999999999",
    "12,34,56", "1.234,56", "(50)", "50-", "￥１，２００", "$1", "€ 5", "1 000", "0x10", "1_000",
    "+5", "--5", "2025-02-30", "0000-00-00", "0001-01-01", "1899-12-30", "1970-01-01",
    "9999-12-31", "2199-12-31", "2262-04-12", "31/12/2025", "12/31/25", "10-Dez-25", "2025-1-1",
    "20250101", "45000", "45000.5", "2025-01-01T00:00:00Z", "2025-01-01 25:61:61",
    "2025年1月1日", "Jan 1, 2025", "1735689600", "NULL", "None", "#N/A", "true", "false", "paid",
    "cancelled", "refunded", "test", "void", "=1+1", "@x", "\t=1", "\r=1", "\n=1", "a\nb",
    "a\r\nb", 'a"b', '"', '""', "'", "a,b", "a;b", "a\tb", "\x00", "\x1b[31m", "\u202e",
    "\ufeff", "é", "e\u0301", "顧客", "ｶﾅ", "👩‍👩‍👧", "\U0001f600" * 50, "x" * 10_000, "month",
    "year", "3 months", "every 9999 years", "0 days", "-1 month", "USD", "JPY", "XXX",
    "5.83871E+17", "007", "17850.0", "18446744073709551616", "guest", "{}", "[1]", "<b>", "%s",
)  # fmt: skip
HEADERS = (
    "", "amount", "total", "date", "customer", "email", "status", "currency", "refund", "order",
    "start", "end", "interval", "plan", "合計", "顧客ID", "日付", "created_at", "test",
    "x" * 300, "1", "=cmd", "a\nb", "Amount", "amount ", "tax",
)  # fmt: skip

Table = list[list[str]]


def table(raw: bytes) -> Table | None:
    """Cut a sample into cells; None if it is not text."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return list(csv.reader(io.StringIO(text, newline="")))
        except csv.Error:
            return None
    return None


def written(rows: Table, chance: random.Random) -> bytes:
    """Write cells as CSV, most of the time plainly."""
    out = io.StringIO(newline="")
    plain = chance.random() < 0.7
    writer = csv.writer(
        out,
        delimiter="," if plain else chance.choice(",;\t|"),
        lineterminator="\n" if plain else chance.choice(("\n", "\r\n", "\r")),
        quoting=csv.QUOTE_MINIMAL if plain else csv.QUOTE_ALL,
    )
    writer.writerows(rows)
    encodings = ("utf-8",) if plain else ("utf-8", "utf-8-sig", "cp932", "utf-16", "latin-1")
    return out.getvalue().encode(chance.choice(encodings), "replace")


def change_bytes(raw: bytes, chance: random.Random) -> bytes:
    """Damage bytes wherever they stand."""
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(data) + 1) if data else 0
        length = chance.choice((1, 1, 2, 8, 100))
        match chance.randrange(6):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = chance.randbytes(length)
            case 3:
                data[at:at] = data[at : at + length]
            case 4:
                data[at:at] = chance.choice(
                    (b'"', b"\n", b"\r", b",", b"\0", b"\xff", b"\xef\xbb\xbf")
                )
            case _ if chance.random() < 0.2:
                del data[at:]
    return bytes(data)


def change_cells(rows: Table, chance: random.Random) -> None:
    """Put hostile text into single cells, or into much of a column."""
    column = chance.randrange(max(map(len, rows), default=1) or 1)
    many = chance.random() < 0.3
    for row in rows[1:] if chance.random() < 0.9 else rows:
        if many and column < len(row) and chance.random() < 0.5:
            row[column] = chance.choice(HOSTILE)
    for _ in range(0 if many else chance.choice((1, 2, 5))):
        row = chance.choice(rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(HOSTILE)


def change_structure(rows: Table, chance: random.Random) -> None:
    """Drop, repeat, shuffle and widen rows and columns; rename headers."""
    width = max(map(len, rows), default=0)
    match chance.randrange(11):
        case 0:
            _each(rows, chance.randrange(width or 1), lambda row, at: row.pop(at))
        case 1:
            _each(rows, chance.randrange(width or 1), lambda row, at: row.insert(at, row[at]))
        case 2:
            other = chance.randrange(width or 1)
            _each(rows, chance.randrange(width or 1), lambda row, at: row.append(row.pop(at)))
            _each(rows, other, lambda row, at: row.insert(0, row.pop(at)))
        case 3 if rows and rows[0]:
            rows[0][chance.randrange(len(rows[0]))] = chance.choice(HEADERS)
        case 4:
            del rows[chance.randrange(len(rows)) : chance.randrange(len(rows)) + 1]
        case 5:
            head, body = rows[:1], rows[1:]
            chance.shuffle(body)
            rows[:] = head + body
        case 6:
            rows[1:] = rows[1:] * chance.choice((2, 3, 20))
        case 7:
            chance.choice(rows).extend(["more"] * chance.choice((1, 3)))
        case 8:
            row = chance.choice(rows)
            del row[chance.randrange(len(row) + 1) :]
        case 9:
            rows.insert(
                chance.randrange(len(rows) + 1), chance.choice(([], ["Report"], [""] * width))
            )
        case _:
            del rows[: chance.choice((1, len(rows)))]


def _each(rows: Table, at: int, change: Callable[[list[str], int], object]) -> None:
    for row in rows:
        if at < len(row):
            change(row, at)


def packed(
    raw: bytes, rows: Table | None, chance: random.Random, folder: Path, name: str = "in"
) -> Path:
    """Save as CSV, or as gzip, workbook or Parquet, which may be damaged in turn."""
    form = chance.choice(("csv",) * 6 + ("gz", "xlsx", "parquet", "parquet"))
    damage = chance.random() < 0.4
    if form == "gz":
        raw = gzip.compress(raw, mtime=0)
    elif form != "csv" and rows and len(rows) > 1 and len(rows) * len(rows[0]) < 4000:
        path = folder / f"{name}.{form}"
        if (_workbook if form == "xlsx" else _parquet)(rows, path, chance):
            if damage:
                path.write_bytes(change_bytes(path.read_bytes(), chance))
            return path
        form = "csv"
    else:
        form = "csv"
    path = folder / (f"{name}.csv.gz" if form == "gz" else f"{name}.csv")
    path.write_bytes(change_bytes(raw, chance) if form == "gz" and damage else raw)
    return path


def _workbook(rows: Table, path: Path, chance: random.Random) -> bool:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    try:
        for row in rows:
            sheet.append([_typed(cell) if chance.random() < 0.7 else cell for cell in row])
        book.save(path)
    except (ValueError, TypeError, openpyxl.utils.exceptions.IllegalCharacterError):
        return False
    _undated(path)
    return True


def _undated(path: Path) -> None:
    """Take the time of writing out of a workbook, so that a case has the same bytes every day."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = re.sub(
        rb"(?<=>)\d{4}-\d\d-\d\dT[\d:]+Z(?=<)", b"2026-01-01T00:00:00Z", parts[core]
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)


def _parquet(rows: Table, path: Path, chance: random.Random) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = [name or f"column {number}" for number, name in enumerate(rows[0])]
    columns = []
    for at in range(len(names)):
        texts = [row[at] if at < len(row) else None for row in rows[1:]]
        values = [None if text is None else _typed(text) for text in texts]
        same = len({type(value) for value in values} - {type(None)}) == 1
        columns.append(values if same and chance.random() < 0.8 else texts)
    try:
        pq.write_table(pa.table([pa.array(column) for column in columns], names=names), path)
    except (pa.ArrowException, UnicodeError, OverflowError):
        return False
    return True


def _typed(text: str) -> object:
    try:
        return float(text) if "." in text else int(text[:18])
    except ValueError:
        return text
