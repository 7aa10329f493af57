"""The value of a purchase: each customer's mean, shrunken towards that of all.

Under any model the expected value of a purchase is `flat + share x (the customer's mean to date)`,
where both numbers depend on the number of purchases only; so customers can be summed first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from ltvcli.language import N_
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.record import NotFitted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.purchases import Spends

    Floats = NDArray[np.float64]

# From this correlation on, the logs of the number and the mean value of purchases, of customers
# with two or more, are not taken as unrelated.
RELATED = 0.3
_LEAST_CUSTOMERS = 30


class Spending(Struct, frozen=True, kw_only=True):
    """The model of order values; if it is each customer's mean, `because` is the reason.

    `p`, `q`, `v` are of the Gamma-Gamma model.
    """

    p: float | None
    q: float | None
    v: float | None
    because: str = ""

    def flat_and_share(self, purchases: Floats) -> tuple[Floats, Floats]:
        """Return `flat` and `share` `(n,)` for customers with `purchases` `(n,)`."""
        if self.p is None or self.q is None or self.v is None:
            return np.zeros(len(purchases)), np.ones(len(purchases))
        below = self.p * purchases + self.q - 1
        return self.p * self.v / below, self.p * purchases / below


def fit(spends: Spends) -> Spending:
    """Fit the Gamma-Gamma model, or return the reason for using each customer's mean."""
    from ltvcli.stats.purchases import gamma_gamma

    paid = np.isfinite(spends.step) & (spends.purchases > 0)
    customers = spends.customers[paid].astype(np.float64)
    purchases = spends.purchases[paid].astype(np.float64)
    mean = spends.spend[paid] / (customers * purchases)
    several = purchases > 1
    related = _correlation(np.log(purchases), np.log(mean), customers, several)
    if customers.sum() < _LEAST_CUSTOMERS or customers[several].sum() < _LEAST_CUSTOMERS:
        return _own(N_("too few repeat customers"))
    if related is not None and abs(related) > RELATED:
        return _own(N_("order value depends on order frequency"))
    values = gamma_gamma.Values(orders=purchases, value=mean, weight=customers)
    model = gamma_gamma.fit(values)
    if isinstance(model, NotFitted):
        return _own(model.because)
    if model.q <= 1:
        return _own(N_("the mean over all customers is not defined (q ≤ 1)"))
    return Spending(p=model.p, q=model.q, v=model.gamma)


def _own(because: str) -> Spending:
    return Spending(p=None, q=None, v=None, because=because)


def _correlation(
    left: Floats, right: Floats, weight: Floats, where: NDArray[np.bool_]
) -> float | None:
    if where.sum() < 3:  # noqa: PLR2004 - two points always lie on a line
        return None
    left, right, weight = left[where], right[where], weight[where]
    deviations = left - np.average(left, weights=weight), right - np.average(right, weights=weight)
    spread = dot(weight, deviations[0] ** 2) * dot(weight, deviations[1] ** 2)
    return dot(weight, deviations[0] * deviations[1]) / spread**0.5 if spread > 0 else None
