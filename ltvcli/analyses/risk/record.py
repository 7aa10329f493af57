"""Evaluation of probabilities: AUC, Brier score, skill, calibration, lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.analyses.risk.trials import Trial
from ltvcli.results.experiment import Range
from ltvcli.results.risk import BASE
from ltvcli.results.risk_record import Bin, Record
from ltvcli.stats.inference import calibration, roc, wilson
from ltvcli.stats.inference.relative_risk import risk
from ltvcli.stats.inference.saved_error import saved
from ltvcli.stats.numerics.normal import Z_95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

BINS = 10
TOP = 0.1


def record(trial: Trial, model: str, *, chosen: bool) -> Record:
    """Return the evaluation of a model in a trial.

    Args:
        trial: with the chances of the model, and of the base rate.
        model: its name.
        chosen: whether its chances are shown.
    """
    chance, left = trial.chances[model], trial.left
    base = (trial.chances[BASE] - left) ** 2
    errors = (chance - left) ** 2
    ranks = model != BASE  # the base rate is the same for all customers
    area = roc.area(chance, left) if ranks else None
    stated = calibration.line(calibration.log_odds(chance), left) if ranks else None
    slope = None
    if stated is not None:
        half = Z_95 * stated.slope_error
        slope = Range(value=stated.slope, low=stated.slope - half, high=stated.slope + half)
    return Record(
        cutoff=trial.cutoff,
        model=model,
        customers=len(left),
        left=int(left.sum()),
        auc=Range(value=area.value, low=area.low, high=area.high) if area else None,
        brier=float(errors.mean()),
        brier_base=float(base.mean()),
        skill=skill(base, errors),
        slope=slope,
        lift=lift(chance, left) if ranks else None,
        chosen=chosen,
    )


def skill(base: Floats, errors: Floats) -> Range:
    """Return the reduction of squared errors as a share, with the interval of a ratio.

    Args:
        base: squared errors of the base rate, shape `(n,)`.
        errors: squared errors of the model, shape `(n,)`.

    >>> import numpy as np
    >>> skill(np.array([0.2, 0.2]), np.array([0.1, 0.1])).value
    0.5
    """
    share = saved(base, errors)
    return Range(value=share.value, low=share.low, high=share.high)


def lift(chance: Floats, left: Bools) -> Range | None:
    """Return how much more often the tenth with the highest chances left than all did.

    Where customers with the same chance fall on both sides of the tenth, it has its share of them.

    Args:
        chance: of each customer, shape `(n,)`.
        left: whether each left, shape `(n,)`.

    Returns:
        None where nobody left.

    Of twenty customers with five leavers, both of the top tenth left: four times as often.

    >>> import numpy as np
    >>> lift(np.arange(20) / 20, np.arange(20) >= 15).value
    4.0
    """
    import numpy as np

    n, gone = len(left), int(left.sum())
    top = max(round(TOP * n), 1)
    if not gone or n <= top:
        return None
    limit = np.sort(chance)[n - top]
    above, at = chance > limit, chance == limit
    room = (top - int(above.sum())) / int(at.sum())
    hits = int(left[above].sum()) + room * int(left[at].sum())
    value = hits / top / (gone / n)
    share = top / n
    compared = risk(round(hits), top, gone - round(hits), n - top)
    if compared is None:
        low, high = (end * n / gone for end in wilson.interval(hits, top))
    else:
        low, high = (end / (share * end + 1 - share) for end in (compared.low, compared.high))
    return Range(value=value, low=min(low, value), high=max(high, value))


def bins(chance: Floats, left: Bools) -> tuple[Bin, ...]:
    """Compare predicted with actual rates in ten bins of equal size.

    Args:
        chance: of each customer, shape `(n,)`.
        left: whether each left, shape `(n,)`.
    """
    import numpy as np

    order = np.argsort(chance, kind="stable")
    made = []
    for rows in np.array_split(order, min(BINS, len(order))):
        n, gone = len(rows), int(left[rows].sum())
        low, high = wilson.interval(gone, n)
        came = Range(value=gone / n, low=low, high=high)
        made.append(Bin(stated=float(chance[rows].mean()), came=came, customers=n, left=gone))
    return tuple(made)
