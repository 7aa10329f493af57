"""Reading settings: which rows and columns of the files count, and how cells are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from ltvcli.errors import NotARateError
from ltvcli.language import N_
from ltvcli.settings.origins import Origins
from ltvcli.settings.parsing import Setting, lines, one_of, plain
from ltvcli.units import Rate, parse_date, parse_rate

MEANINGS = (
    "sale",
    "cancelled",
    "unpaid",
    "failed",
    "returned",
    "unfinished",
    "test",
    "trial",
    "not-a-sale",
    "past-due",
    "paused",
)
"""What a status can mean; the last two only for subscriptions."""
MEANING = one_of(MEANINGS, "cancelled")


@dataclass(frozen=True, kw_only=True)
class ReadingSettings(Origins):
    """How to read files. None means: recognise it from the file."""

    by: Annotated[
        tuple[str, ...],
        Setting(
            N_("Segment customers by channel or any column. Repeatable."),
            lines,
            several=True,
        ),
    ] = ()
    customers: Annotated[
        str | None,
        Setting(N_("File with one row per customer, for additional columns."), plain, file=True),
    ] = None
    cost_to_serve: Annotated[
        str | None,
        Setting(N_("Cost to serve an order: a share of its revenue (5%), or a column."), plain),
    ] = None
    spend: Annotated[
        tuple[str, ...],
        Setting(
            N_("Ad-spend file; tiktok=spend.csv names its channel. Repeatable."),
            lines,
            several=True,
            file=True,
        ),
    ] = ()
    survey: Annotated[
        tuple[str, ...],
        Setting(
            N_("File of survey answers (0 to 10) for NPS. Repeatable."),
            lines,
            several=True,
            file=True,
        ),
    ] = ()
    benchmarks: Annotated[
        tuple[str, ...],
        Setting(
            N_("File of benchmarks to compare with. Repeatable."), lines, several=True, file=True
        ),
    ] = ()
    map: Mapping[str, str] = field(default_factory=dict)
    exclude: Annotated[
        tuple[str, ...],
        Setting(
            N_("Rows to exclude: 'Status=Awaiting check'. Any column; repeatable."),
            lines,
            several=True,
        ),
    ] = ()
    status_paid: Annotated[
        tuple[str, ...],
        Setting(
            N_("Status that means paid, as in the file. Repeatable."),
            lines,
            several=True,
        ),
    ] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    date_format: Annotated[str | None, Setting(N_("Date format: %d/%m/%Y."), plain)] = None
    encoding: Annotated[
        str | None, Setting(N_("Encoding of the files: utf-8, cp932, ..."), plain)
    ] = None
    currency: Annotated[str | None, Setting(N_("Currency code: JPY, USD, ..."), plain)] = None
    as_of: Annotated[date | None, Setting(N_("Cut-off date of the data."), parse_date)] = None
    from_: Annotated[
        date | None,
        Setting(
            N_("Exclude orders before this day, and customers who ordered before it."), parse_date
        ),
    ] = None
    to: Annotated[date | None, Setting(N_("Exclude orders after this day."), parse_date)] = None
    new_since: Annotated[
        date | None,
        Setting(N_("Exclude customers whose first order is before this day."), parse_date),
    ] = None
    memory: Annotated[str | None, Setting(N_("Memory limit: 1GB."), plain)] = None
    today: date | None = None

    @property
    def words_given(self) -> dict[str, str]:
        """Return the given meaning of each status."""
        return {**self.words, **dict.fromkeys(self.status_paid, "sale")}

    @property
    def words_typed(self) -> list[str]:
        """List the statuses that were explained for this run, not in a file or a variable."""
        names = {f"words.{word}": word for word in self.words}
        typed = [word for name, word in names.items() if self.is_typed(name)]
        paid = self.status_paid if self.is_typed("status_paid") else ()
        return [*typed, *paid]

    @property
    def serve_rate(self) -> Rate | None:
        """Return the cost to serve as a share of revenue; None if it is a column, or not given."""
        try:
            return parse_rate("cost_to_serve", self.cost_to_serve or "")
        except NotARateError:
            return None
