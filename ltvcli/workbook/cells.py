"""The cells of a workbook: values, and formulas with their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from ltvcli.language import printable

SUMMARY, INPUTS, DATA, CALCULATION, ROWS, CHECKS, DEFINITIONS = (
    "Summary", "Inputs", "Data", "Calculation", "Rows", "Checks", "Definitions",
)  # fmt: skip
FIRST = 3
"""Column of the first month in the calculation."""
LONGEST_NAME = 31
"""Letters of the name of a sheet that Excel takes."""
LONGEST_TEXT = 32_767
"""Letters of a cell that Excel takes, in units of UTF-16."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_RESERVED = ("history",)
"""Names that Excel keeps for itself."""
Number = float | int | str | bool | None


class Cell(Struct, frozen=True, kw_only=True):
    """A value, or a formula with the value it has; `look` names a format."""

    value: Number = None
    formula: str = ""
    look: str = ""
    is_input: bool = False


class Sheet(Struct, frozen=True, kw_only=True):
    """A sheet by its cells, and the number of rows and columns that stay visible."""

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


class Tie(Struct, frozen=True, kw_only=True):
    """Two formulas that must have the same value, whatever the inputs are.

    `tolerance` is the place of the difference that is allowed, "" for none; `right_value` is given
    where it differs from `value` within it.
    """

    name: str
    left: str
    right: str
    value: Number
    right_value: Number = None
    look: str = "count"
    tolerance: str = ""


class Live(Struct, frozen=True, kw_only=True):
    """Sheets with formulas, with their inputs and checks.

    Attributes:
        summary: in place of that of the page.
        sheets: with formulas, in reading order.
        ties: what must tie.
        names: other names of sections by their titles; "" for those that these sheets hold.
        changes: label, formula and value of what inputs move, which is 0 as delivered.
        notes: what a reader must know who looks for formulas, for the summary.
    """

    summary: Sheet | None = None
    sheets: Sequence[Sheet] = ()
    ties: Sequence[Tie] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    changes: Sequence[tuple[str, str, Number]] = ()
    notes: Sequence[str] = ()


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


def sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that Excel accepts and no other sheet has, and add it to those taken.

    >>> taken = {"checks"}
    >>> sheet_name("Value of an average customer by month", taken), sheet_name("Checks", taken)
    ('Value of an average customer…', 'Checks (2)')
    """
    plain = " ".join(printable(title).translate(_NOT_IN_NAMES).split()) or "ltv"
    number = 1
    while True:
        ending = f" ({number})" if number > 1 else ""
        name = _shortened(plain, LONGEST_NAME - len(ending)) + ending
        if name.lower() not in taken and name.lower() not in _RESERVED:
            taken.add(name.lower())
            return name
        number += 1


def _shortened(text: str, most: int) -> str:
    """Shorten a text to the last whole word that fits.

    >>> _shortened("MRR movements", 8), _shortened("コホート別の累計価値", 6)
    ('MRR…', 'コホート別…')
    """
    if _length(text) <= most:
        return text
    kept = text
    while _length(kept) >= most:
        kept = kept[:-1]
    words = kept.rpartition(" ")[0] if text[len(kept) :][:1] != " " else kept
    return f"{(words or kept).rstrip()}…"


def fitting(text: str) -> str:
    r"""Escape control characters, and cut text that Excel would not accept.

    >>> fitting("a\x00"), len(fitting("x" * 40_000))
    ('a\\x00', 32767)
    """
    shown = printable(text)
    if _length(shown) <= LONGEST_TEXT:
        return shown
    return shown.encode("utf-16-le")[: 2 * LONGEST_TEXT - 2].decode("utf-16-le", "ignore") + "…"


def _length(text: str) -> int:
    """Count letters as Excel does."""
    return len(text) + sum(letter > "\uffff" for letter in text)
