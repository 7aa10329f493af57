"""Which customers left, by a column with two values.

| --outcome       | a customer left where            |
| Exited          | Exited is 1, yes, true, left ... |
| Status=Closed   | Status is Closed                 |
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import NoColumnError, NoOutcomeColumnError, OutcomeValuesError
from ltvcli.facts.attributes import Attribute, Kind
from ltvcli.read.attributes.cells import trimmed
from ltvcli.read.columns.header_lookup import position_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEFT = (
    "1", "true", "yes", "y", "t", "left", "churned", "churn", "exited", "cancelled", "canceled",
    "closed", "lost", "gone", "lapsed", "inactive", "はい", "有", "解約", "解約済", "解約済み",
    "退会", "退会済", "退会済み", "離脱", "離反", "休眠",
)  # fmt: skip
STAYED = (
    "0", "false", "no", "n", "f", "stayed", "retained", "active", "existing", "current", "open",
    "kept", "customer", "いいえ", "無", "継続", "継続中",
    "契約中", "会員", "在籍", "在籍中",
    "有効", "利用中",
)  # fmt: skip
_SHOWN = 8


def split(text: str, header: Sequence[str], file: str) -> tuple[int, str | None]:
    """Return the column of `COLUMN` or `COLUMN=VALUE`, and the value, None if not typed.

    Args:
        text: as typed for --outcome.
        header: of the file.
        file: its name.

    Raises:
        NoOutcomeColumnError: there is no such column.
    """
    try:
        return position_of("--outcome", text, header), None
    except NoColumnError as error:
        name, equals, value = text.rpartition("=")
        near = error.facts["near"]
        if equals:
            try:
                return position_of("--outcome", name, header), value
            except NoColumnError as again:
                near = again.facts["near"]
        raise NoOutcomeColumnError(file=file, name=name or text, near=near) from None


def left(column: Attribute, value: str | None, file: str) -> NDArray[np.float64]:
    """Return 1 for customers who left, 0 for those who stayed, NaN where that is blank.

    Args:
        column: the outcome.
        value: that means that a customer left; None for a usual one.
        file: its name.

    Raises:
        OutcomeValuesError: it is not known which value means that a customer left.
    """
    import numpy as np

    blank = np.isnan(column.values)
    if column.kind is Kind.LEVEL:
        texts: list[str] = list(column.levels)
        codes = column.values
    else:
        numbers, places = np.unique(column.values[~blank], return_inverse=True)
        texts = [f"{number:g}" for number in numbers[: _SHOWN + 1]]
        codes = np.full(len(blank), np.nan)
        codes[~blank] = places
    words = [text.casefold() for text in texts]
    if value is not None:
        wanted = trimmed(value).casefold()
        hits = [number for number, word in enumerate(words) if word == wanted]
    else:
        hits = [number for number, word in enumerate(words) if word in LEFT]
        if len(set(words) - {words[n] for n in hits} - set(STAYED)) or not _is_clear(words):
            hits = []
    if not hits:
        raise OutcomeValuesError(
            file=file,
            column=column.name,
            values=", ".join(texts[:_SHOWN]) or "-",
            example=f"{column.name}={texts[0] if texts else 'VALUE'}",
        )
    result = np.isin(codes, hits).astype(np.float64)
    result[blank] = np.nan
    return result


def _is_clear(words: Sequence[str]) -> bool:
    """Return whether every word is one for having left or for having stayed."""
    return bool(words) and all(word in LEFT or word in STAYED for word in words)
