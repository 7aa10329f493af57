"""The column that identifies the customer: an ID before an e-mail address before a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.read.columns.header_lookup import ambiguous, first_tier
from ltvcli.read.columns.mapping import CUSTOMER_NAMES, Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import GENERIC, Tiers

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

EMAIL: Tiers = (
    ("Customer Email", "customer email address", "Email (Billing)", "billing email"),
    ("注文者メールアドレス", "購入者メールアドレス", "顧客メールアドレス"),
    ("email", "e mail", "email address", "user email", "buyer email"),
    ("メールアドレス", "メール", "eメール", "mail address", "mail"),
)
"""Headers of e-mails, the best first."""
NAMES_IN_PROFILES: Tiers = (("取引相手",),)
"""Headers of names that a known export has in place of an id."""
ID_OR_NAME: Tiers = (("customer", "client", "user", "member", "buyer", "account", "顧客", "会員"),)
"""Headers of IDs in some files and of names in others: the cells decide."""
Sample = Callable[[int], tuple[bool, bool]]
"""Says of a column whether most first cells have no digit, and whether they are several words."""
_SAMPLE = 1000
_LETTER = r"[A-Za-zÀ-ÖØ-öø-\x{1FFF}\x{3040}-\x{9FFF}\x{AC00}-\x{D7A3}]"  # \pL compiles slowly
_JAPANESE = r"[\p{Han}\p{Hiragana}\p{Katakana}]"


def email_column(columns: Columns) -> int | None:
    """Find a column of e-mail addresses besides the customer column."""
    if first_tier((_customer(columns),), EMAIL):
        return None
    hits = first_tier(columns.header, EMAIL)
    return hits[0] if hits else None


def decide(engine: DuckDB, sheet: Sheet, columns: Columns, chosen: Mapping[str, str]) -> Columns:
    """Decide from the cells what an ambiguous header such as Customer means, and find e-mails.

    A column without digits holds names; if the file has e-mail addresses, these are the customers.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        columns: what its columns mean, by their headers.
        chosen: role to header, as typed with --map.
    """
    return decide_by(partial(_sample, engine, sheet), columns, chosen)


def decide_by(sample: Sample, columns: Columns, chosen: Mapping[str, str]) -> Columns:
    """Decide as `decide` does, by what a sample of the cells says.

    Args:
        sample: says it of the column at a position.
        columns: what the columns mean, by their headers.
        chosen: role to header, as typed with --map.
    """
    columns = replace(columns, email=email_column(columns))
    if "customer" in chosen:
        return columns
    header = (_customer(columns),)
    if first_tier(header, (*CUSTOMER_NAMES, *NAMES_IN_PROFILES)):
        return replace(columns, is_name=True)
    if columns.profile.name != GENERIC or not first_tier(header, ID_OR_NAME):
        return columns
    without_digits, of_words = sample(columns.position["customer"])
    if without_digits and columns.email is not None:
        position = {**columns.position, "customer": columns.email}
        return replace(columns, position=position, email=None)
    return replace(columns, is_name=of_words)


def name_column(sheet: Sheet) -> int | None:
    """Find the column of customer names, for files without any other identification.

    Raises:
        AmbiguousColumnError: several columns would do.
    """
    hits = first_tier(sheet.header, CUSTOMER_NAMES)
    if len(hits) > 1:
        raise ambiguous(sheet.name, "customer", hits, sheet.header)
    return hits[0] if hits else None


def _customer(columns: Columns) -> str:
    return columns.header[columns.position["customer"]]


def _sample(engine: DuckDB, sheet: Sheet, position: int) -> tuple[bool, bool]:
    """Return whether most of the first cells have no digit, and whether they are several words."""
    source, parameters = scan.relation(sheet, parallel=False)
    cell = f"c{position}"
    words = rf"[^\d@]*({_LETTER}[\s\x{{3000}}]+{_LETTER}|{_JAPANESE})[^\d@]*"
    without_digits, of_words = engine.execute(
        f"""
        select avg((not regexp_matches({cell}, '[\\d@]'))::int) > 0.5,
            avg(regexp_full_match({cell}, '{words}')::int) > 0.5
        from (select trim({cell}) as {cell} from {source} limit {_SAMPLE})
        where not is_nobody({cell})
        """,
        parameters,
    ).fetchone() or (False, False)
    return bool(without_digits), bool(of_words)
