"""The cells of a workbook: values, and formulas with the value that each has."""

from __future__ import annotations

from dataclasses import dataclass, field

SUMMARY, INPUTS, DATA, CALCULATION, CHECKS, DEFINITIONS = (
    "Summary", "Inputs", "Data", "Calculation", "Checks", "Definitions",
)  # fmt: skip
FIRST = 3
"""Column of the first month in the calculation."""
Number = float | int | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value, or a formula with the value it has; `look` names a format."""

    value: Number = None
    formula: str = ""
    look: str = ""
    is_input: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet by its cells, and how many rows and columns stay in sight."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    freeze: tuple[int, int] = (0, 0)

    def put(
        self, row: int, column: int, value: Number, look: str = "", *, blue: bool = False
    ) -> None:
        """Write a value into a cell.

        Args:
            row: from 0.
            column: from 0.
            value: None for a cell without one.
            look: name of its format.
            blue: whether it is an input.
        """
        self.cells[row, column] = Cell(value=value, look=look, is_input=blue)

    def reckon(self, row: int, column: int, formula: str, value: Number, look: str = "") -> None:
        """Write a formula with its value into a cell.

        Args:
            row: from 0.
            column: from 0.
            formula: without the equals sign.
            value: None where the formula gives an empty text.
            look: name of its format.
        """
        self.cells[row, column] = Cell(value=value, formula=formula, look=look)


def column(number: int) -> str:
    """Name a column.

    >>> column(0), column(25), column(26), column(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
