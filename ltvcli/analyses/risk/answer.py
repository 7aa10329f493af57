"""Who leaves, how well that is known, and by what: `ltv risk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltvcli.analyses.risk import columns as judging
from ltvcli.analyses.risk import groups as grouping
from ltvcli.analyses.risk import models, sentences, trials
from ltvcli.analyses.risk.record import bins as binned
from ltvcli.analyses.risk.record import record
from ltvcli.errors import NoAttributesError, NobodyLeftError
from ltvcli.facts.attributes import Attribute, Attributes
from ltvcli.results import Row, Statement
from ltvcli.results.experiment import Range
from ltvcli.results.risk import (
    ENOUGH,
    MODELS,
    SCORES,
    SINGLE,
    Bin,
    Column,
    Group,
    Record,
    Verdict,
)
from ltvcli.stats.inference import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.columns import Judged
    from ltvcli.analyses.risk.trials import Step, Trial

    Bools = NDArray[np.bool_]

BLANK, RARE = "(blank)", "(rare)"
LARGE = 1e6
"""Numbers from here on are written whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The parts of the report; see `results.risk`."""

    verdict: Verdict
    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    records: tuple[Record, ...]
    bins: tuple[Bin, ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]


def snapshot(
    attributes: Attributes, left: Bools, without: Sequence[str], file: str, step: Step
) -> Answer:
    """Answer from outcomes as of one day, so that no split by time is possible.

    Args:
        attributes: of customers, in an order that has nothing to do with the outcome.
        left: whether each left, shape `(n,)`.
        without: names of columns that are not to be used.
        file: name of the file, for errors.
        step: called with the share of the work that is done.

    Raises:
        NobodyLeftError: all left, or none.
        NoAttributesError: no column is left.
    """
    folds = trials.fold_numbers(left)
    verdicts = _judged(attributes, left, folds, without, file)
    used = attributes.only({column.name for column in verdicts if not column.because})
    if min(int(left.sum()), int((~left).sum())) < ENOUGH:
        return _too_few(used, left, verdicts)
    with models.on_one_thread():
        trial = trials.out_of_fold(used, left, folds, step)
    return _of_trials(used, left, verdicts, [trial])


def _judged(
    attributes: Attributes, left: Bools, folds: NDArray[np.int64], without: Sequence[str], file: str
) -> tuple[Judged, ...]:
    if left.all() or not left.any():
        raise NobodyLeftError(left=int(left.sum()), customers=len(left))
    verdicts = judging.judged(attributes, left, folds, without)
    if all(column.because for column in verdicts):
        reasons = ", ".join(f"{column.name} ({column.because})" for column in verdicts) or "-"
        raise NoAttributesError(file=file, reasons=reasons)
    return verdicts


def _of_trials(
    used: Attributes, left: Bools, verdicts: Sequence[Judged], tried: Sequence[Trial]
) -> Answer:
    """Choose a model by its record, or a single column, or nothing."""
    name = trials.winner(tried)
    records = tuple(
        record(trial, model, chosen=model == name and name in SCORES)
        for trial in tried
        for model in MODELS
    )
    best = models.best_column(used, left)
    groups = groups_of(_column(used, best), left)
    if name in SCORES:
        verdict, groups = Verdict.SCORE, ()
        bins = binned(tried[-1].chances[str(name)], tried[-1].left)
    else:
        verdict, bins = (Verdict.COLUMN if name else Verdict.NOTHING), ()
        groups = groups if name else ()
    chosen = next((row for row in reversed(records) if row.chosen), None)
    single = next(row for row in reversed(records) if row.model == SINGLE)
    columns = _columns(verdicts)
    return Answer(
        verdict=verdict,
        says=(
            Statement(says=sentences.headline(verdict, chosen, best, len(left), int(left.sum()))),
            *sentences.details(chosen, single, bins, columns, groups),
        ),
        tables=_tables(records, bins, columns, groups),
        records=records,
        bins=bins,
        columns=columns,
        groups=groups,
    )


def _too_few(used: Attributes, left: Bools, verdicts: Sequence[Judged]) -> Answer:
    """Return rates by every single column, where a model would be made of chance."""
    groups = tuple(group for column in used.columns for group in groups_of(column, left))
    columns = _columns(verdicts)
    first = sentences.headline(Verdict.TOO_FEW, None, "", len(left), int(left.sum()))
    return Answer(
        verdict=Verdict.TOO_FEW,
        says=(Statement(says=first), *sentences.details(None, None, (), columns, ())),
        tables=_tables((), (), columns, groups),
        records=(),
        bins=(),
        columns=columns,
        groups=groups,
    )


def _column(attributes: Attributes, name: str) -> Attribute:
    return next(column for column in attributes.columns if column.name == name)


def groups_of(column: Attribute, left: Bools) -> tuple[Group, ...]:
    """Return how many of each group of a column left, with Wilson intervals."""
    learned = grouping.learn(column)
    rates = grouping.rates(learned.codes(column), learned.count, left)
    if learned.edges is None:
        names = [*learned.names, RARE, BLANK]
    else:
        names = [
            _span(low, high) for low, high in zip(learned.lows, learned.highs, strict=True)
        ] + [BLANK]
    made = []
    for name, customers, gone in zip(names, rates.customers, rates.left, strict=True):
        if customers:
            low, high = wilson.interval(int(gone), int(customers))
            made.append(
                Group(
                    column=column.name,
                    name=name,
                    customers=int(customers),
                    left=int(gone),
                    rate=Range(value=int(gone) / int(customers), low=low, high=high),
                )
            )
    return tuple(made)


def _span(low: float, high: float) -> str:
    """Write the numbers of a group.

    >>> _span(2.0, 2.0), _span(18.0, 27.0), _span(0.0, 45000.5)
    ('2', '18 – 27', '0 – 45,000.5')
    """
    ends = [f"{end:,.6g}" if abs(end) < LARGE else f"{end:,.0f}" for end in (low, high)]
    return ends[0] if low == high else " – ".join(ends)


def _columns(verdicts: Sequence[Judged]) -> tuple[Column, ...]:
    """Return the columns, those that tell most first, then those that are left out."""
    made = [
        Column(
            name=column.name,
            because=column.because,
            auc=(
                Range(value=column.alone.value, low=column.alone.low, high=column.alone.high)
                if column.alone
                else None
            ),
            protected=column.protected,
        )
        for column in verdicts
    ]
    return tuple(
        sorted(
            made,
            key=lambda column: (bool(column.because), -(column.auc.value if column.auc else 0)),
        )
    )


def _tables(
    records: Sequence[Record],
    bins: Sequence[Bin],
    columns: Sequence[Column],
    groups: Sequence[Group],
) -> Mapping[str, tuple[Row, ...]]:
    return {
        "record": tuple(_record(row) for row in records),
        "calibration": tuple(
            {
                "bin": number,
                "said": row.stated,
                **_ends("came", row.came),
                "customers": row.customers,
                "left": row.left,
            }
            for number, row in enumerate(bins, 1)
        ),
        "rates": tuple(
            {
                "column": group.column,
                "group": group.name,
                "customers": group.customers,
                "left": group.left,
                **_ends("rate", group.rate),
            }
            for group in groups
        ),
        "columns": tuple(
            {
                "column": column.name,
                "used": not column.because,
                "because": column.because or None,
                **_ends("auc", column.auc),
                "protected": column.protected or None,
            }
            for column in columns
        ),
    }


def _record(row: Record) -> Row:
    return {
        "cutoff": row.cutoff.isoformat() if row.cutoff else None,
        "model": row.model,
        "customers": row.customers,
        "left": row.left,
        **_ends("auc", row.auc),
        "brier": row.brier,
        "brier_base": row.brier_base,
        **_ends("skill", row.skill),
        **_ends("slope", row.slope),
        **_ends("lift_top_tenth", row.lift),
        "chosen": row.chosen,
    }


def _ends(name: str, figure: Range | None) -> dict[str, float | None]:
    return {
        name: figure.value if figure else None,
        f"{name}_low": figure.low if figure else None,
        f"{name}_high": figure.high if figure else None,
    }
