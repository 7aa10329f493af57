"""Descriptions of names: the record that figures, methods, checks and reasons carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_type_hints

from msgspec import Struct

from ltvcli.units import Unit


class About(Struct, frozen=True, kw_only=True):
    """The description of a name. Figures, methods, checks and reasons for exclusion have one."""

    label: str
    definition: str
    formula: str = ""
    source: str = ""
    pitfalls: str = ""


class Figure(About, frozen=True, kw_only=True):
    """The description of a number, and its unit; `per` names the period of a rate or flow."""

    unit: Unit
    per: Literal["", "month", "year"] = ""

    @property
    def measure(self) -> str:
        """Unit and period, as programs read them: "money/month"."""
        return f"{self.unit}/{self.per}" if self.per else str(self.unit)


def described(record: type[Struct]) -> Iterator[tuple[str, Figure]]:
    """List the fields of a result type that carry a Figure, in reading order: (key, figure).

    >>> from ltvcli.results import PaybackVerdict
    >>> [key for key, _ in described(PaybackVerdict)]
    ['payback_observed']
    """
    hints: dict[str, Any] = get_type_hints(record, include_extras=True)
    for name in record.__struct_fields__:
        for meta in getattr(hints[name], "__metadata__", ()):
            if isinstance(meta, Figure):
                yield name, meta
