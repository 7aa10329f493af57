"""Whether behaviour in the first days predicts better than the data known at signing.

At the end of the first days only those customers are compared whose outcome is still open: who had
left, or had ordered again, by then would give it away (landmark analysis: Anderson, Cain & Gelber
1983, J. Clinical Oncology 1, 710-719). Both ways of telling are the same logistic regression,
trained on the same customers and tested on the same later ones; what customers did counts in it
as far as it helped among the customers of the training.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ltvcli.analyses.risk import models, trials
from ltvcli.facts import early_behaviour
from ltvcli.facts.attributes import Attributes
from ltvcli.results.behaviour import Behaviour, EventRate
from ltvcli.results.experiment import Range
from ltvcli.results.risk import LOGISTIC
from ltvcli.stats.inference import roc, wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.early_behaviour import EarlyBehaviour, Window
    from ltvcli.stats.inference.roc import Area

    Bools = NDArray[np.bool_]
    Days = NDArray[np.datetime64]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def places(early: EarlyBehaviour, attributes: Attributes) -> Ints:
    """Return the position of each customer of a table in `early`, shape `(n,)`."""
    import numpy as np

    place_of = {customer: place for place, customer in enumerate(early.customer.tolist())}
    return np.array([place_of[customer] for customer in attributes.customers], dtype=np.int64)


def compared(
    early: EarlyBehaviour, places: Ints, known: Attributes, left: Bools, within: int
) -> tuple[Behaviour, ...]:
    """Compare both ways of telling who leaves, after each length of the first days.

    Args:
        early: what customers did.
        places: of the customers in `early`, shape `(n,)`.
        known: what was known of them at signing.
        left: whether each left, shape `(n,)`.
        within: days after which the outcome of a customer is known.
    """
    return tuple(
        _compared(early, window, places, known, left, within) for window in early.windows.values()
    )


def _compared(
    early: EarlyBehaviour,
    window: Window,
    places: Ints,
    known: Attributes,
    left: Bools,
    within: int,
) -> Behaviour:
    before, young, decided = _left_out(early, window.days, places)
    rows = ~(before | young | decided)
    at, gone, first = places[rows], left[rows], early.first[places][rows]
    n = gone_later = 0
    areas: list[Area | None] = [None, None, None]
    chances = _chances(known.take(rows), early_behaviour.numbers(window)[at], gone, first, within)
    if chances is not None:
        without, with_, later = chances
        n, gone_later = len(later), int(later.sum())
        areas = [roc.area(without, later), roc.area(with_, later)]
        areas.append(roc.difference(with_, without, later))
    at_signing, with_behaviour, difference = (_range(area) for area in areas)
    return Behaviour(
        days=window.days,
        customers=n,
        left=gone_later,
        at_signing=at_signing,
        with_behaviour=with_behaviour,
        difference=difference,
        before_log=int(before.sum()),
        too_young=int(young.sum()),
        decided=int(decided.sum()),
    )


def _range(area: Area | None) -> Range | None:
    return None if area is None else Range(value=area.value, low=area.low, high=area.high)


def _left_out(early: EarlyBehaviour, days: int, places: Ints) -> tuple[Bools, Bools, Bools]:
    """Count excluded customers: before the log, partly logged, or with an early outcome."""
    import numpy as np

    first, decided = early.first[places], early.decided[places]
    before = first < np.datetime64(early.log_first)
    young = ~before & (first + days - 1 > np.datetime64(early.log_last))
    return before, young, ~before & ~young & (decided < days)


def _chances(
    known: Attributes, did: Floats, left: Bools, first: Days, within: int
) -> tuple[Floats, Floats, Bools] | None:
    """Return the chances of later customers without behaviour and with it, and who of them left.

    Args:
        known: what was known of customers at signing.
        did: what they did, shape `(n, k)`.
        left: whether each left, shape `(n,)`.
        first: day on which each began, shape `(n,)`.
        within: days after which the outcome of a customer is known.

    Returns:
        None where too little was known to learn from.
    """
    import numpy as np

    parts = []
    for _, past, asked in trials.time_splits(left, first, within) if len(left) else ():
        if past is None:
            continue
        signing, scored, gone = known.take(past), known.take(asked), left[past]
        folds = trials.fold_numbers(gone, trials.CALIBRATION_FOLDS)
        without = models.fit(LOGISTIC, signing, gone)(scored)
        with_ = models.fit_with(signing, did[past], gone, folds)(scored, did[asked])
        parts.append((without, with_, left[asked]))
    if not parts:
        return None
    without, with_, later = (np.concatenate(each) for each in zip(*parts, strict=True))
    return without, with_, later


def rates(early: EarlyBehaviour, places: Ints, left: Bools) -> tuple[EventRate, ...]:
    """Return how many left of those who did each event in the shortest first days, and who did not.

    Args:
        early: what customers did.
        places: of the customers in `early`, shape `(n,)`.
        left: whether each left, shape `(n,)`.
    """
    import numpy as np

    window = next(iter(early.windows.values()))
    rows = ~np.logical_or.reduce(_left_out(early, window.days, places))
    return tuple(_rates(early, window, places[rows], left[rows]))


def _rates(early: EarlyBehaviour, window: Window, places: Ints, left: Bools) -> Iterator[EventRate]:
    pooled = sum(name.pooled for name in early.names)
    named = [(code, name, 1) for code, name in enumerate(early.separate_events, 2)]
    for code, name, names in [*named, (1, None, pooled)]:
        if not names:
            continue
        events = window.events[code][places]
        did = events > 0
        yield EventRate(
            event=name,
            events=int(events.sum()),
            names=names,
            did=int(did.sum()),
            rate_did=_rate(left[did]),
            rate_not=_rate(left[~did]),
        )


def _rate(left: Bools) -> Range | None:
    n, gone = len(left), int(left.sum())
    if not n:
        return None
    low, high = wilson.interval(gone, n)
    return Range(value=gone / n, low=low, high=high)
