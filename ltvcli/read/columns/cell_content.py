"""Types of the cells of a column, whatever its header: IDs, days, money, words.

| cells of a column              | shows    |
| c-1, c-2, c-1                  | ID       |
| 2026-01-05, 2026-02-11         | day      |
| 12.50, 8.00                    | money    |
| 1, 2, 1                        | integer  |
| a@example.com, b@example.com   | mail     |
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

Shows = Literal[
    "nothing", "mail", "day", "epoch", "percent", "currency", "money", "decimal", "integer", "id",
    "word", "text",
]  # fmt: skip

SAMPLE = 20_000
"""Rows looked at first; only columns that matter are then looked at as a whole."""
_MOST = 0.95  # share of cells that have to agree
_TWO_DECIMALS = 0.3  # share of cells in a column of money; pandas writes 12.50 as 12.5
_FEW = 30  # at most this many different words in a category
_ISO = (
    "USD EUR GBP JPY CNY AUD CAD CHF SEK NOK DKK PLN CZK HUF RON BGN TRY RUB INR IDR MYR SGD "
    "HKD TWD KRW THB PHP VND NZD MXN BRL ARS CLP COP PEN ZAR NGN KES EGP ILS AED SAR QAR UAH "
)
_CODES = frozenset(_ISO.split())


class Column(Struct, frozen=True, kw_only=True):
    """Counts over the cells of one column; `filled` cells are not blank.

    `days`, `epochs`, `mails`, `numbers`, `signed` (with a currency sign), `percents`, `integers`,
    `two_decimals`, `more_decimals`, `padded` (numbers with leading zeros) and `codes` (letters and
    digits without spaces) count filled cells. `named` counts IDs such as cus_1 or user-7.
    `least` and `most` are of the numbers. `samples` are the first different cells.
    """

    position: int
    header: str
    rows: int
    filled: int
    distinct: int
    days: int
    epochs: int
    mails: int
    numbers: int
    signed: int
    percents: int
    integers: int
    two_decimals: int
    more_decimals: int
    padded: int
    codes: int
    named: int
    least: float | None
    most: float | None
    samples: tuple[str, ...]

    @property
    def repeats(self) -> bool:
        """Return whether some values occur several times, and there is more than one value."""
        return 1 < self.distinct < self.filled

    @property
    def shows(self) -> Shows:
        """Return the type of nearly all cells."""
        enough = _MOST * self.filled
        if not self.filled:
            return "nothing"
        kinds: dict[Shows, int] = {
            "mail": self.mails,
            "day": self.days,
            "epoch": self.epochs,
            "percent": self.percents,
        }
        for shows, count in kinds.items():
            if count >= enough:
                return shows
        if self.numbers >= enough:
            return self._number()
        if {*self.samples} <= _CODES:
            return "currency"
        if self.distinct <= _FEW and 2 * self.distinct < self.filled and not self.codes >= enough:
            return "word"
        return "id" if self.codes >= enough else "text"

    def _number(self) -> Shows:
        if self.padded:
            return "id"
        if 2 * self.signed >= self.filled:
            return "money"
        if self.integers == self.numbers:
            return "integer"
        is_share = self.most is not None and self.most <= 1
        if self.more_decimals or is_share or self.two_decimals < _TWO_DECIMALS * self.filled:
            return "decimal"
        return "money"

    @property
    def may_be_quantity(self) -> bool:
        """Return whether the cells are small whole numbers."""
        return self.shows == "integer" and (self.most or 0) <= 1000  # noqa: PLR2004


def columns(
    engine: DuckDB, sheet: Sheet, positions: Sequence[int] | None = None, limit: int | None = SAMPLE
) -> list[Column]:
    """Count the cells of columns by type.

    Args:
        engine: has the macros of sql/read/macros.sql.
        sheet: what to look at.
        positions: of the columns; None means all.
        limit: rows looked at, from the first on; None means all.
    """
    engine.define_macros("read/dates")
    wanted = range(len(sheet.header)) if positions is None else positions
    source, parameters = scan.relation(sheet, parallel=not limit)
    cells = ", ".join(f"c{position}" for position in wanted)
    first = f" limit {limit}" if limit else ""
    engine.execute(
        f"create or replace temp table content_cells as select {cells} from {source}{first}",
        parameters,
    )
    return [_column(engine, sheet, position) for position in wanted]


def _column(engine: DuckDB, sheet: Sheet, position: int) -> Column:
    engine.execute(
        "create or replace temp table content_values as "
        f"select trim(c{position}) as t, count(*) as n, min(rowid) as place "
        f"from content_cells where not is_blank(c{position}) group by 1"
    )
    row = engine.row("read/content")
    ((rows,),) = engine.execute("select count(*) from content_cells").fetchall()
    samples = tuple(row.pop("samples") or ())
    ends = {name: row.pop(name) for name in ("least", "most")}
    return Column(
        position=position,
        header=sheet.header[position],
        rows=rows,
        distinct=int(row.pop("distinct_values")),
        samples=samples,
        **ends,
        **{name: int(count) for name, count in row.items()},
    )
