"""Prospects: churn probability, expected value, and the similar customers behind it.

A predicted probability is compared with the churn of the past customers with the nearest
probabilities. If it lies outside their interval, the nearer end of the interval is used, so that
85% is shown only if 85% of such customers left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.risk import likeness
from ltvcli.facts.attributes import Attribute, Attributes, Kind
from ltvcli.results.experiment import Range
from ltvcli.results.risk import Prospect, Word
from ltvcli.stats.inference import calibration, wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.models import Predict
    from ltvcli.analyses.risk.trials import Trial

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

NEAREST = 80
"""Past customers with the nearest chances."""
SURE = 0.8
"""Probability from which on a prospect is called high, or fit."""
REFERENCES = 16
"""Past customers whose cells stand in for a column, to see what it adds to a chance."""
TOLD = 2
WORTH_TELLING = 0.1
"""Log-odds that a column must add or take to be named."""


class Past(Struct, frozen=True, kw_only=True):
    """Past customers.

    Attributes:
        attributes: of those whose outcome is known.
        left: whether each left, shape `(n,)`.
        value: of each within the horizon, before CAC; NaN if the horizon is not over.
        weights: of each column in how alike customers are.
    """

    attributes: Attributes
    left: Bools
    value: Floats
    weights: tuple[float, ...]


class Scored(Struct, frozen=True, kw_only=True):
    """Prospects, and by name the most similar past customers with their `Worth.spread`."""

    prospects: tuple[Prospect, ...]
    spreads: Mapping[str, tuple[Ints, Floats]]


def aligned(asked: Attributes, learned: Attributes) -> Attributes:
    """Return the columns of `learned` as `asked` has them; new levels come last.

    Args:
        asked: of prospects, with a column of each name.
        learned: of customers.
    """
    by_key = {key(column.name): column for column in asked.columns}
    columns = tuple(_as(by_key[key(column.name)], column) for column in learned.columns)
    return replace(asked, columns=columns)


def key(name: str) -> str:
    """Return the key by which headers are compared.

    >>> key("Owner_Age ") == key("owner age")
    True
    """
    import unicodedata

    normal = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in normal if letter.isalnum())


def _as(column: Attribute, learned: Attribute) -> Attribute:
    """Write the cells of a column in the form of another column."""
    import numpy as np

    blank = np.isnan(column.values)
    if learned.kind is not Kind.LEVEL:
        if column.kind is learned.kind:
            return replace(column, name=learned.name)
        return replace(learned, values=np.where(blank, np.nan, np.inf))  # words for numbers
    number = {level.casefold(): place for place, level in enumerate(learned.levels)}
    texts = [
        "" if empty else column.levels[int(value)] if column.kind is Kind.LEVEL else f"{value:g}"
        for value, empty in zip(column.values, blank, strict=True)
    ]
    new = sorted({text for text in texts if text and text.casefold() not in number})
    number |= {text.casefold(): len(learned.levels) + place for place, text in enumerate(new)}
    places = np.array([number.get(text.casefold(), 0) for text in texts], dtype=np.float64)
    levels = (*learned.levels, *new)
    return replace(learned, levels=levels, values=np.where(blank, np.nan, places))


def outside(asked: Attributes, learned: Attributes) -> list[list[str]]:
    """Return for each prospect the columns in which no past customer was like it.

    Args:
        asked: of prospects, aligned.
        learned: of customers.
    """
    import numpy as np

    names: list[list[str]] = [[] for _ in range(len(asked))]
    for column, known in zip(asked.columns, learned.columns, strict=True):
        blank = np.isnan(column.values)
        if known.kind is Kind.LEVEL:
            strange = ~blank & ~np.isin(column.values, np.unique(known.values))
        else:
            low, high = np.nanmin(known.values), np.nanmax(known.values)
            strange = ~blank & ((column.values < low) | (column.values > high))
        if not np.isnan(known.values).any():
            strange |= blank
        for row in np.flatnonzero(strange):
            names[row].append(column.name)
    return names


def scored(
    names: Sequence[str],
    asked: Attributes,
    past: Past,
    predict: Predict,
    trial: Trial,
    chosen: str,
    cac: float | None,
) -> Scored:
    """Score prospects, those with the highest chance first.

    Args:
        names: of the prospects.
        asked: their attributes, aligned.
        past: customers.
        predict: gives chances, trained on all past customers.
        trial: chances that past customers had when the model was not trained on them.
        chosen: name of the model.
        cac: what is still to be spent on each; None if it is not known.
    """
    import numpy as np

    strange = outside(asked, past.attributes)
    known = np.array([not columns for columns in strange])
    chance = np.full(len(names), np.nan)
    if known.any():
        chance[known] = predict(asked.take(known))
    stated = trial.chances[chosen]
    order = np.argsort(stated, kind="stable")
    came = trial.left[order]
    base = float(past.left.mean())
    added = contributions(asked, past.attributes, predict, known)
    alike = likeness.most_similar(asked, past.attributes, past.weights)
    made = []
    spreads: dict[str, tuple[Ints, Floats]] = {}
    for row, name in enumerate(names):
        if not known[row]:
            made.append(_unknown(name, asked, strange[row], row))
            continue
        figure = held(float(chance[row]), stated[order], came)
        nearest = alike[row]
        brings = likeness.worth(past.value[nearest], past.left[nearest], figure.value, cac or 0.0)
        if brings is not None:
            spreads[name] = (nearest, brings.spread)
        made.append(
            Prospect(
                name=name,
                chance=figure,
                multiple=figure.value / base,
                percentile=float((stated < figure.value).mean()),
                expected=brings.expected if brings else None,
                word=_word(brings.below) if cac is not None and brings else None,
                because=reasons(asked, added[row], row),
                alike=len(nearest),
                alike_left=int(past.left[nearest].sum()),
            )
        )
    made.sort(key=lambda row: (row.chance is None, -(row.chance.value if row.chance else 0.0)))
    return Scored(prospects=tuple(made), spreads=spreads)


def _unknown(name: str, asked: Attributes, strange: Sequence[str], row: int) -> Prospect:
    return Prospect(
        name=name, chance=None, multiple=None, percentile=None, expected=None,
        word=Word.UNKNOWN, because=cells(asked, strange, row), alike=0, alike_left=0,
    )  # fmt: skip


def cells(asked: Attributes, names: Sequence[str], row: int) -> tuple[str, ...]:
    """Return the first cells of a prospect in some columns.

    Args:
        asked: of prospects.
        names: of the columns.
        row: of the prospect.
    """
    return tuple(_cell(column, row) for column in asked.columns if column.name in names)[:TOLD]


def held(chance: float, stated: Floats, came: Bools) -> Range:
    """Limit a probability to the interval of the customers with the nearest probabilities.

    Args:
        chance: of a prospect.
        stated: chances of past customers, ascending, shape `(n,)`.
        came: whether each left, shape `(n,)`.
    """
    import numpy as np

    n = min(NEAREST, len(stated))
    start = int(np.clip(np.searchsorted(stated, chance) - n // 2, 0, len(stated) - n))
    low, high = wilson.interval(int(came[start : start + n].sum()), n)
    return Range(value=min(max(chance, low), high), low=low, high=high)


def _word(below: float) -> Word:
    return Word.HIGH if below > SURE else Word.FIT if below < 1 - SURE else Word.WATCH


def contributions(asked: Attributes, learned: Attributes, predict: Predict, known: Bools) -> Floats:
    """Return each column's contribution to the log-odds of each prospect, shape `(n, columns)`.

    That is its log-odds less the mean of those with the cells of past customers in the column, who
    are spread over all of them.

    Args:
        asked: of prospects, aligned.
        learned: of past customers.
        predict: gives chances.
        known: which prospects have a chance, shape `(n,)`.
    """
    import numpy as np

    added = np.zeros((len(asked), len(asked.columns)))
    rows = np.flatnonzero(known)
    if not len(rows):
        return added
    these = asked.take(rows)
    usual = calibration.log_odds(predict(these))
    for place, column in enumerate(these.columns):
        cells = np.sort(learned.columns[place].values)  # blanks last
        picked = cells[((np.arange(REFERENCES) + 0.5) / REFERENCES * len(cells)).astype(int)]
        repeated = these.take(np.repeat(np.arange(len(rows)), REFERENCES))
        changed = replace(column, values=np.tile(picked, len(rows)))
        columns = (*repeated.columns[:place], changed, *repeated.columns[place + 1 :])
        chances = predict(replace(repeated, columns=columns))
        means = calibration.log_odds(chances).reshape(len(rows), REFERENCES).mean(axis=1)
        added[rows, place] = usual - means
    return added


def because(
    asked: Attributes, learned: Attributes, predict: Predict
) -> tuple[tuple[str, ...], ...]:
    """Return, for each prospect, the cells that raise (▲) or lower (▼) its risk most.

    Args:
        asked: of prospects, aligned.
        learned: of past customers.
        predict: gives chances.
    """
    import numpy as np

    added = contributions(asked, learned, predict, np.ones(len(asked), dtype=bool))
    return tuple(reasons(asked, added[row], row) for row in range(len(asked)))


def reasons(asked: Attributes, added: Floats, row: int) -> tuple[str, ...]:
    """Return the cells that raise (▲) or lower (▼) the risk most.

    Args:
        asked: of prospects.
        added: what each column adds to the log-odds of the prospect, shape `(columns,)`.
        row: of the prospect.
    """
    return tuple(
        f"{_cell(asked.columns[place], row)} {'▲' if more > 0 else '▼'}"
        for place, more in _strongest(added)
    )


def _strongest(added: Floats) -> list[tuple[int, float]]:
    """Return the columns with the largest contributions, and these."""
    places = sorted(range(len(added)), key=lambda place: (-abs(float(added[place])), place))
    return [(p, float(added[p])) for p in places[:TOLD] if abs(float(added[p])) > WORTH_TELLING]


def _cell(column: Attribute, row: int) -> str:
    """Write a cell with its header."""
    import numpy as np

    value = column.values[row]
    if np.isnan(value):
        return column.name
    if column.kind is Kind.LEVEL:
        return f"{column.name} {column.levels[int(value)]}"
    return f"{column.name} {value:g}"
