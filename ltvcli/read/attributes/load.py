"""A table with a row per customer and any columns, every row accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.errors import NoColumnError, NoOutcomeColumnError
from ltvcli.facts.attributes import Attributes
from ltvcli.language import N_
from ltvcli.read import profiles
from ltvcli.read.attributes import outcome
from ltvcli.read.attributes.cells import attribute
from ltvcli.read.columns.header_lookup import first_tier, position_of
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import InputFile, Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.engines.duckdb import DuckDB

CUSTOMER, PROSPECT = "customer", "prospect"
IDS = {
    CUSTOMER: N_("Customers are identified by “{column}”."),
    PROSPECT: N_("Prospects are identified by “{column}”."),
}
_TABLE = "attribute_rows"
_IDS = {CUSTOMER: ("id",), PROSPECT: ("prospect", "prospect id", "lead", "lead id", "deal", "id")}
"""Headers of IDs besides the usual ones of customers."""


class Requested(Struct, frozen=True, kw_only=True):
    """The requested columns of a table.

    Attributes:
        kind: of the file, "customers" or "prospects".
        role: whom a row is about, "customer" or "prospect".
        outcome: `COLUMN` or `COLUMN=VALUE` as typed; None if there is none.
        map: columns by role as typed.
    """

    kind: str
    role: str = CUSTOMER
    outcome: str | None = None
    map: Mapping[str, str]


class AttributesReading(Struct, frozen=True, kw_only=True):
    """The input read.

    Attributes:
        input: the file with every row accounted for.
        attributes: rows that are used, in the order of a hash of the ID, or of the row where no
            column names customers; so the order of the file has no effect.
        left: whether each left, shape `(n,)`; None without an outcome.
        outcome: header of it; "" without.
        named: header of the IDs; "" if no column has them.
    """

    input: InputFile
    attributes: Attributes
    left: NDArray[np.bool_] | None
    outcome: str
    named: str


def load(sheet: Sheet, engine: DuckDB, requested: Requested) -> AttributesReading:
    """Read a table.

    Args:
        sheet: the file, opened.
        engine: reads it.
        requested: what is wanted.

    Raises:
        NoOutcomeColumnError: a column that was typed is not there.
        OutcomeValuesError: it is not known which value means that a customer left.
    """
    import numpy as np

    engine.define_macros("read/macros")
    place_of_id = _id(sheet, requested)
    fields = {f"a{n}": f"c{n}" for n in range(len(sheet.header))}
    count = scan.store(engine, _TABLE, sheet, fields, {})
    asked = None
    if requested.outcome is not None:
        asked = outcome.split(requested.outcome, sheet.header, sheet.name)
    names = _names(sheet.header)
    reasons = np.full(count, None, dtype=object)
    ids: NDArray[Any] = np.array([str(n + 1) for n in range(count)], dtype=object)
    if place_of_id is not None:
        ids = _texts(engine, f"tidy_id(a{place_of_id})")
        _set_aside_repeated(ids, reasons)
    column_of = {
        n: attribute(engine, _TABLE, f"a{n}", name)
        for n, name in enumerate(names)
        if n != place_of_id
    }
    left = None
    if asked is not None:
        left = outcome.left(column_of.pop(asked[0]), asked[1], sheet.name)
        blank = np.isnan(left)
        reasons[[reason is None for reason in reasons] & blank] = "no-outcome"
    keys = ids
    if place_of_id is None:
        cells = ", ".join(f"coalesce(a{n}, '')" for n in range(len(names)))
        keys = _texts(engine, f"concat_ws(chr(31), {cells})")
    used = np.flatnonzero([reason is None for reason in reasons])
    order = sorted(used.tolist(), key=lambda row: (_digest(str(keys[row])), str(keys[row])))
    rows = np.array(order, dtype=np.int64)
    table = Attributes(customers=ids, columns=tuple(column_of.values()))
    named = "" if place_of_id is None else sheet.header[place_of_id]
    header = sheet.header[asked[0]] if asked else ""
    columns = {
        **({requested.role: named} if named else {}),
        **({"outcome": header} if header else {}),
    }
    excluded = dict(Counter(str(reason) for reason in reasons if reason is not None))
    return AttributesReading(
        input=InputFile(
            path=sheet.name,
            kind=requested.kind,
            profile=profiles.GENERIC,
            sha256=sheet.sha256,
            first=None,
            last=None,
            rows_read=count + sum(sheet.damaged.values()),
            rows_used=len(rows),
            set_aside={**excluded, **sheet.damaged},
            columns=columns,
            notes=(Sentence(IDS[requested.role], {"column": named}),) if named else (),
        ),
        attributes=table.take(rows),
        left=None if left is None else left[rows] == 1,
        outcome=header,
        named=named,
    )


def _id(sheet: Sheet, requested: Requested) -> int | None:
    """Find the column that names customers: as typed, or the only one with a usual header."""
    if requested.role in requested.map:
        name = requested.map[requested.role]
        try:
            return position_of(requested.role, name, sheet.header)
        except NoColumnError as error:
            near = error.facts["near"]
            raise NoOutcomeColumnError(file=sheet.name, name=name, near=near) from None
    usual = profiles.load(profiles.GENERIC).columns["customer"]
    further = (_IDS[requested.role],)
    tiers = (*further, *usual) if requested.role == PROSPECT else (*usual, *further)
    hits = first_tier(sheet.header, tiers)
    return hits[0] if len(hits) == 1 else None


def _names(header: Sequence[str]) -> list[str]:
    """Number columns that share a header.

    >>> _names(["plan", "size", "plan"])
    ['plan#1', 'size', 'plan#2']
    """
    counts = Counter(header)
    seen: Counter[str] = Counter()
    names = []
    for name in header:
        seen[name] += 1
        names.append(f"{name}#{seen[name]}" if counts[name] > 1 else name)
    return names


def _set_aside_repeated(ids: NDArray[Any], reasons: NDArray[Any]) -> None:
    """Record rows without an ID, and those with the ID of an earlier row."""
    seen: set[str] = set()
    for row, customer in enumerate(ids.tolist()):
        if customer is None:
            reasons[row] = "no-customer"
        elif customer in seen:
            reasons[row] = "duplicate-customer"
        else:
            seen.add(customer)


def _texts(engine: DuckDB, sql: str) -> NDArray[Any]:
    import numpy as np

    values: Any = engine.execute(f"select {sql} as v from {_TABLE} order by rowid").fetchnumpy()[
        "v"
    ]
    texts = np.ma.getdata(values).copy()
    texts[np.ma.getmaskarray(values)] = None
    return texts


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
