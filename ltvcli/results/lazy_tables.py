"""Tables that are computed when they are read: of a long payroll, most readers want the sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ltvcli.results.reports import Row

Rows = tuple[Row, ...]


class LazyTables(Mapping[str, Rows]):
    """Tables by name, each computed when it is first read, and once only.

    >>> tables = LazyTables({"owners": lambda: ({"owner": "Sato"},)})
    >>> "owners" in tables, tables["owners"]
    (True, ({'owner': 'Sato'},))
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Mapping[str, Callable[[], Rows]]) -> None:
        """Take the functions that compute the tables, by name."""
        self._make = make
        self._made: dict[str, Rows] = {}

    def __getitem__(self, name: str) -> Rows:
        """Return a table."""
        if name not in self._made:
            self._made[name] = self._make[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Return whether there is a table of this name, without computing it."""
        return name in self._make

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(self._make)

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(self._make)
