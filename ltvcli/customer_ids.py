"""Customer IDs in results: hashed with a key, unless they are asked for as they are.

The key is the setting `id_key`. Without one it is made from all orders, so that the same data gives
the same hashes, and a hash cannot be tried out by whoever has the result alone.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ltvcli.language import N_
from ltvcli.results import Row, Sentence

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine
    from ltvcli.settings.output import OutputSettings

LISTS = ("minus_customers", "keep", "at_risk")
"""Tables that list single customers."""
SHOWN = 20
"""Hexadecimal digits of a hash: 80 bits, enough that no two of a billion customers share one."""
_BLOCK = 64  # bytes of a block of SHA-256, to which HMAC fills up its key
_INNER, _OUTER = 0x36, 0x5C


def key(
    engine: Engine, settings: OutputSettings, query: str = "customer_ids/key_of_orders"
) -> bytes:
    """Return the key to hash IDs with, 32 bytes: from the setting, else derived from the input.

    Args:
        engine: holds it.
        settings: of which `id_key` matters here.
        query: sums up what was read, in one row.
    """
    row = {} if settings.id_key else engine.row(query)
    return key_of(" ".join(f"{name}={value}" for name, value in sorted(row.items())), settings)


def key_of(text: str, settings: OutputSettings) -> bytes:
    """Return the key to hash IDs with, 32 bytes: by the setting, else made from a text.

    Args:
        text: what sums up the data.
        settings: of which `id_key` matters here.
    """
    return hashlib.sha256((settings.id_key or text).encode()).digest()


def hashed(customer: str, key: bytes) -> str:
    """Return HMAC-SHA-256 of an ID, shortened; a letter keeps spreadsheets from reading a number.

    >>> hashed("what do ya want for nothing?", b"Jefe")
    'c5bdcc146bf60754e6a04'
    """
    return "c" + hmac.digest(key, customer.encode(), "sha256").hex()[:SHOWN]


def pads(key: bytes) -> Mapping[str, bytes]:
    """Return the inner and outer pad of HMAC, for a query that hashes IDs itself.

    Source: RFC 2104.
    """
    filled = key.ljust(_BLOCK, b"\0")
    return {
        "inner_pad": bytes(byte ^ _INNER for byte in filled),
        "outer_pad": bytes(byte ^ _OUTER for byte in filled),
    }


def hidden(tables: Mapping[str, tuple[Row, ...]], key: bytes) -> dict[str, tuple[Row, ...]]:
    """Return tables with hashes in place of customer ids."""
    return {
        name: tuple(_hidden(rows, key)) if name in LISTS else rows for name, rows in tables.items()
    }


def _hidden(rows: Iterable[Row], key: bytes) -> Iterable[Row]:
    return ({**row, "customer": hashed(str(row["customer"]), key)} for row in rows)


def term(settings: OutputSettings, *, plain: bool) -> Sentence:
    """Describe how IDs are shown."""
    if plain:
        return Sentence(N_("customer IDs not hashed"))
    if settings.id_key:
        return Sentence(N_("customer IDs hashed with id_key"))
    return Sentence(
        N_("customer IDs hashed (--plain-ids shows them, LTV_ID_KEY keeps hashes across exports)")
    )
