"""Today's customers: who of them leaves next, the most at stake first.

With files, models are trained on the customers of earlier days, by what they had done and by the
columns of the customers file, and are tested on the newest day whose outcome is known. A snapshot
has no later day: every customer who has not left is scored by models that were trained on the other
folds. In both, a chance lies within the interval of what the customers with
the nearest chances did.

| chance         | rate of all | word  |
| 40% (30-50%)   | 10%         | high  |
| 12% (5-20%)    | 10%         | watch |
| 2% (0-6%)      | 10%         | low   |
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.risk import columns as judging
from ltvcli.analyses.risk import models, prospects, trials, watched
from ltvcli.analyses.risk.rates import groups_of
from ltvcli.analyses.risk.watched import Watched
from ltvcli.facts.attributes import Attributes
from ltvcli.results.experiment import Range
from ltvcli.results.risk import LEAKS
from ltvcli.results.risk_record import Verdict
from ltvcli.results.today import Present, Standing, Today

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.trials import Trial

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

WITH_REASONS = 1_000
"""Customers for whom reasons are given, from the top of the list."""


class Joined(Struct, frozen=True, kw_only=True):
    """Customers on several days, with the columns of the file of customers.

    Attributes:
        over: those who are in the file.
        brings: expected 90-day value of each customer of the last day, if retained, shape `(n,)`.
        of_file: names of the columns of the file.
        missing: customers of the last day who are not in the file.
    """

    over: Watched
    brings: Floats
    of_file: frozenset[str]
    missing: int


def joined(over: Watched, brings: Floats, file: Attributes) -> Joined:
    """Add the columns of a file to customers on several days.

    Where both have a column of the same name, that of the day is used: the one of the file may be
    from later.

    Args:
        over: customers on several days.
        brings: expected 90-day value of the customers of the last day, shape `(n,)`.
        file: with a row per customer.
    """
    import numpy as np

    place_of = {customer: place for place, customer in enumerate(file.customers.tolist())}
    places = np.array([place_of.get(c, -1) for c in over.attributes.customers.tolist()], dtype=int)
    rows, now = places >= 0, over.day_of == len(over.days) - 1
    known_then = over.attributes.take(rows)
    taken = {prospects.key(column.name) for column in known_then.columns}
    added = tuple(
        column.take(places[rows])
        for column in file.columns
        if prospects.key(column.name) not in taken
    )
    return Joined(
        over=replace(
            over,
            attributes=replace(known_then, columns=(*known_then.columns, *added)),
            day_of=over.day_of[rows],
            came=over.came[rows],
        ),
        brings=brings[rows[now]],
        of_file=frozenset(column.name for column in added),
        missing=int((now & ~rows).sum()),
    )


def leaks(of: Joined) -> Mapping[str, str]:
    """Return the columns of the file that are known only after a customer leaves, and why.

    The file is from today: for customers who left since the newest day whose outcome is known, it
    may hold what nobody knew on that day.

    Args:
        of: customers on several days.
    """
    newest = of.over.day_of == len(of.over.days) - 2
    left = of.over.came[newest]
    if not left.any() or left.all():
        return {}
    known = of.over.attributes.only(set(of.of_file)).take(newest)
    verdicts = judging.judged(known, left, trials.fold_numbers(left), ())
    return {row.name: row.because for row in verdicts if row.because in LEAKS}


def of_files(of: Joined, used: Collection[str]) -> Today:
    """Test models on the newest day, and score today's customers if one of them passes.

    Args:
        of: customers on several days.
        used: names of the columns of the file that may be used.
    """
    over = of.over
    kept = {c.name for c in over.attributes.columns if c.name not in of.of_file or c.name in used}
    over = replace(over, attributes=over.attributes.only(kept))
    now = over.day_of == len(over.days) - 1
    today, past = over.attributes.take(now), over.attributes.take(~now)
    counted = {name for name in of.of_file if name in used}
    strange = prospects.outside(today.only(counted), past.only(counted)) if len(past) else []
    names = [str(customer) for customer in today.customers]

    def at_stake(chance: Range, place: int) -> float:
        return chance.value * float(of.brings[place])

    def wanted(chances: Sequence[Range], _: float) -> list[int]:
        places = [place for place in range(len(chances)) if not strange[place]]
        return sorted(places, key=lambda p: (-at_stake(chances[p], p), names[p]))

    scored = watched.score(replace(over, with_reasons=WITH_REASONS), wanted)
    present = Today(
        verdict=scored.verdict,
        customers=scored.customers,
        left=scored.came,
        present=len(names),
        missing=of.missing,
        records=scored.records,
        bins=scored.bins,
        column=scored.column,
        groups=scored.groups,
    )
    if scored.verdict is Verdict.TOO_FEW:
        newest = over.day_of == len(over.days) - 2
        known, left = over.attributes.only(counted).take(newest), over.came[newest]
        rates = tuple(group for column in known.columns for group in groups_of(column, left))
        return replace(present, groups=rates)
    if scored.verdict is not Verdict.SCORE:
        return present
    usual = scored.came / scored.customers
    rows = []
    for place, because in zip(scored.listed, scored.because, strict=True):
        chance = scored.chances[place]
        rows.append(_row(names[place], chance, usual, because, at_stake(chance, place)))
    unknown = [
        Present(
            customer=names[place],
            chance=None,
            multiple=None,
            at_stake=None,
            word=Standing.UNKNOWN,
            because=prospects.cells(today, columns, place),
        )
        for place, columns in enumerate(strange)
        if columns
    ]
    return replace(present, rows=(*rows, *unknown))


def of_snapshot(attributes: Attributes, left: Bools, trial: Trial, model: str) -> Today:
    """Score the customers of a snapshot who have not left, each by models trained on others.

    Args:
        attributes: of all customers, the columns that are used.
        left: whether each left, shape `(n,)`.
        trial: out of fold.
        model: that was chosen by it.
    """
    import numpy as np

    stated = trial.chances[model]
    order = np.argsort(stated, kind="stable")
    ascending, came = stated[order], left[order]
    staying = np.flatnonzero(~left)
    chances = [prospects.held(float(stated[place]), ascending, came) for place in staying]
    names = [str(customer) for customer in attributes.customers[staying]]
    listed = sorted(range(len(staying)), key=lambda row: (-chances[row].value, names[row]))
    predict = models.fit(model, attributes, left)
    because = prospects.because(
        attributes.take(staying[np.array(listed[:WITH_REASONS], dtype=int)]), attributes, predict
    )
    usual = float(left.mean())
    reasons = [*because, *([()] * (len(listed) - len(because)))]
    return Today(
        verdict=Verdict.SCORE,
        customers=len(left),
        left=int(left.sum()),
        present=len(names),
        rows=tuple(
            _row(names[row], chances[row], usual, why, None)
            for row, why in zip(listed, reasons, strict=True)
        ),
    )


def _row(
    customer: str, chance: Range, usual: float, because: tuple[str, ...], at_stake: float | None
) -> Present:
    return Present(
        customer=customer,
        chance=chance,
        multiple=chance.value / usual,
        at_stake=at_stake,
        word=_word(chance, usual),
        because=because,
    )


def _word(chance: Range, usual: float) -> Standing:
    assert chance.low is not None
    assert chance.high is not None
    if chance.low > usual:
        return Standing.HIGH
    return Standing.LOW if chance.high < usual else Standing.WATCH
