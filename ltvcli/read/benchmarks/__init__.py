"""Benchmarks: published figures that ship with ltv, and files of them that users write.

One row a figure. Columns: metric, definition, segment, low, median, high, n, year, source, url,
basis and window. A segment is a list of conditions with ; between them. `acv 12000-25000 USD`,
`arr 1000000- USD` and `customers -500` are compared with the data; anything else is words.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from ltvcli.errors import (
    BenchmarkCellError,
    BenchmarkColumnsError,
    LtvError,
    UnreadableSettingsError,
)
from ltvcli.language import N_
from ltvcli.results.benchmark import METRICS, STANDARD, WHOLE_HISTORY, Band, Benchmark
from ltvcli.settings import text_file
from ltvcli.units import EARLIEST, LATEST, NUMBER, Unit, parse_months

SHIPPED = Path(__file__).with_name("benchmarks.csv")
COLUMNS = (
    "metric", "definition", "segment", "low", "median", "high", "n", "year", "source", "url",
    "basis", "window",
)  # fmt: skip
SIZES = ("acv", "arr", "customers")
MOST = 5000
"""Benchmarks in a file."""
_NUMBER = f"({NUMBER})"
_BAND = re.compile(rf"(acv|arr|customers)\s+{_NUMBER}?\s*-\s*{_NUMBER}?\s*([a-z]{{3}})?", re.ASCII)
_VALUE = re.compile(rf"-?(?:{NUMBER})%?", re.ASCII)
_COUNT = re.compile(r"[1-9](?:\d{0,11}|\d{0,2}(?:,\d{3}){1,3})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
MOST_VALUE = 10.0**15
KNOWN_METRICS = ", ".join(METRICS)


def shipped() -> tuple[Benchmark, ...]:
    """Return the benchmarks that come with ltv."""
    return tuple(_rows(SHIPPED.read_text("utf-8"), SHIPPED.name))


def read(file: str) -> tuple[Benchmark, ...]:
    """Read the benchmarks of a user.

    Raises:
        UsageError: the file cannot be read, or a row is no benchmark; it names the line.
    """
    return tuple(_rows(text_file.read_csv(Path(file)), file))


def _rows(text: str, file: str) -> Iterator[Benchmark]:
    lines = csv.reader(StringIO(text, newline=""), delimiter=text_file.delimiter(text), strict=True)
    header: list[str] = []
    count = 0
    while True:
        place = f"{file}:{lines.line_num + 1}"
        try:
            cells = next(lines, None)
        except csv.Error:
            raise UnreadableSettingsError(file=place, because=N_("it is not CSV")) from None
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = _header(cells, place)
            continue
        if len(cells) > len(header):
            raise UnreadableSettingsError(
                file=place, because=N_("this line has more cells than the header")
            )
        count += 1
        if count > MOST:
            raise UnreadableSettingsError(
                file=file, because=N_("it has more than 5,000 benchmarks")
            )
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(_clean, cells), strict=False))
        yield _benchmark(row, place)
    if not header:
        raise UnreadableSettingsError(file=file, because=N_("it is empty"))


def _clean(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).split())


def _header(cells: Sequence[str], place: str) -> list[str]:
    names = [_clean(cell).casefold() for cell in cells]
    missing = [name for name in COLUMNS if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if missing or unknown or twice:
        wrong = [*missing, *unknown, *twice]
        raise BenchmarkColumnsError(place=place, wrong=wrong, columns=",".join(COLUMNS))
    return names


def _benchmark(row: Mapping[str, str], place: str) -> Benchmark:
    """Read a row; every cell is checked before the next."""
    metric = METRICS.get(row["metric"])
    if metric is None:
        raise _refused(row, "metric", KNOWN_METRICS, place)
    example = f"{metric.bases[0]} USD" if metric.unit is Unit.MONEY else metric.bases[0]
    basis, _, currency = row["basis"].partition(" ")
    window = _window(row["window"])
    wrong = {
        "definition": (not row["definition"], STANDARD),
        "source": (not row["source"], "SaaS Capital"),
        "basis": (
            not basis or (metric.unit is Unit.MONEY and not _CURRENCY.fullmatch(currency)),
            example,
        ),
        "n": (bool(row["n"]) and not _COUNT.fullmatch(row["n"]), "1500"),
        "year": (
            not (_YEAR.fullmatch(row["year"]) and EARLIEST.year <= int(row["year"]) <= LATEST.year),
            "2023",
        ),
        "window": (window is None, f"12mo, {WHOLE_HISTORY}"),
    }
    for column, (is_wrong, right) in wrong.items():
        if is_wrong:
            raise _refused(row, column, right, place)
    bands, traits = _conditions(row, place)
    return Benchmark(
        metric=row["metric"],
        definition=row["definition"],
        segment=row["segment"],
        bands=bands,
        traits=traits,
        n=int(row["n"].replace(",", "")) if row["n"] else None,
        year=int(row["year"]),
        source=row["source"],
        url=row["url"],
        basis=basis,
        currency=currency if metric.unit is Unit.MONEY else "",
        window=window or WHOLE_HISTORY,
        place=place,
        **_values(row, metric.unit, place),
    )


def _refused(row: Mapping[str, str], column: str, example: str, place: str) -> LtvError:
    return BenchmarkCellError(place=place, column=column, text=row[column], example=example)


def _values(row: Mapping[str, str], unit: Unit, place: str) -> dict[str, float | None]:
    """Read low, median and high: at least one of them, in rising order."""
    example = "90%" if unit is Unit.RATE else "3.2"
    values = {column: _value(row[column], unit) for column in ("low", "median", "high")}
    for column, value in values.items():
        if row[column] and value is None:
            raise _refused(row, column, example, place)
    given = [value for value in values.values() if value is not None]
    if not given:
        raise _refused(row, "median", example, place)
    if given != sorted(given):
        raise _refused(row, "high", N_("low, median and high in rising order"), place)
    return values


def _conditions(row: Mapping[str, str], place: str) -> tuple[tuple[Band, ...], tuple[str, ...]]:
    """Split the conditions of a segment into those that the data can answer and those in words."""
    bands: list[Band] = []
    traits: list[str] = []
    for condition in (condition.strip() for condition in row["segment"].split(";")):
        band = _band(condition)
        if band is not None:
            bands.append(band)
        elif condition.casefold().startswith(tuple(f"{size} " for size in SIZES)):
            raise _refused(row, "segment", "acv 12000-25000 USD", place)
        elif condition:
            traits.append(condition)
    return tuple(bands), tuple(traits)


def _value(text: str, unit: Unit) -> float | None:
    """Read a figure; a rate is written with % or as a fraction.

    >>> _value("102%", Unit.RATE), _value("1.02", Unit.RATE), _value("3%", Unit.RATIO)
    (1.02, 1.02, None)
    """
    if not _VALUE.fullmatch(text) or (text.endswith("%") and unit is not Unit.RATE):
        return None
    value = float(text.rstrip("%").replace(",", ""))
    value = value / 100 if text.endswith("%") else value
    return value if abs(value) <= MOST_VALUE else None


def _window(text: str) -> str | None:
    """Read the window of a figure: whole months, or all.

    >>> _window("1y"), _window("12mo"), _window("all"), _window("soon")
    ('12', '12', 'all', None)
    """
    if text.casefold() == WHOLE_HISTORY:
        return WHOLE_HISTORY
    try:
        months = parse_months("window", text)
    except LtvError:
        return None
    return str(int(months)) if months.is_integer() else None


def _band(text: str) -> Band | None:
    """Read a condition on size.

    >>> _band("acv 12,000-25000 USD")
    Band(key='acv', low=12000.0, high=25000.0, currency='USD')
    >>> _band("customers -500").high, _band("acv 12000-25000"), _band("acv 9-3 USD")
    (500.0, None, None)
    """
    match = _BAND.fullmatch(text.casefold())
    if match is None or not (match[2] or match[3]):
        return None
    low, high = (float(end.replace(",", "")) if end else None for end in (match[2], match[3]))
    if low is not None and high is not None and low >= high:
        return None
    if (match[4] is None) != (match[1] == "customers"):
        return None
    return Band(key=match[1], low=low, high=high, currency=(match[4] or "").upper())
