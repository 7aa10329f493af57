"""What a purchase brings: each customer's mean, drawn towards that of all by how little it says.

Whatever the model, what one purchase of a customer brings is `flat + share x (their mean so far)`,
with both numbers hanging on the number of purchases only; so customers can be added up first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ltvcli.language import N_
from ltvcli.stats.numerics.reproducible_sum import dot
from ltvcli.stats.purchases.record import NotFitted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.purchases import Spends

    Floats = NDArray[np.float64]

# From this correlation on the logs of how often customers with two or more purchases order and of
# what one brings cannot be taken for unrelated.
RELATED = 0.3
_LEAST_CUSTOMERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """The model of money: `because` says why it is each customer's own mean, if it is.

    `p`, `q`, `v` are of the Gamma-Gamma model.
    """

    p: float | None
    q: float | None
    v: float | None
    because: str = ""

    def flat_and_share(self, purchases: Floats) -> tuple[Floats, Floats]:
        """Give, for customers of so many purchases `(n,)`, the two numbers `(n,)`."""
        if self.p is None or self.q is None or self.v is None:
            return np.zeros(len(purchases)), np.ones(len(purchases))
        below = self.p * purchases + self.q - 1
        return self.p * self.v / below, self.p * purchases / below


def fit(spends: Spends) -> Spending:
    """Fit the Gamma-Gamma model, or say why each customer's own mean has to do."""
    from ltvcli.stats.purchases import gamma_gamma

    paid = np.isfinite(spends.step) & (spends.purchases > 0)
    customers = spends.customers[paid].astype(np.float64)
    purchases = spends.purchases[paid].astype(np.float64)
    mean = spends.spend[paid] / (customers * purchases)
    several = purchases > 1
    related = _correlation(np.log(purchases), np.log(mean), customers, several)
    if customers.sum() < _LEAST_CUSTOMERS or customers[several].sum() < _LEAST_CUSTOMERS:
        return _own(N_("too few customers came back"))
    if related is not None and abs(related) > RELATED:
        return _own(N_("who orders more often does not spend alike"))
    values = gamma_gamma.Values(orders=purchases, value=mean, weight=customers)
    found = gamma_gamma.fit(values)
    if isinstance(found, NotFitted):
        return _own(found.because)
    if found.q <= 1:
        return _own(N_("the mean over all customers is not defined (q ≤ 1)"))
    return Spending(p=found.p, q=found.q, v=found.gamma)


def _own(because: str) -> Spending:
    return Spending(p=None, q=None, v=None, because=because)


def _correlation(
    one: Floats, other: Floats, weight: Floats, where: NDArray[np.bool_]
) -> float | None:
    if where.sum() < 3:  # noqa: PLR2004 - two points always lie on a line
        return None
    one, other, weight = one[where], other[where], weight[where]
    away = one - np.average(one, weights=weight), other - np.average(other, weights=weight)
    spread = dot(weight, away[0] ** 2) * dot(weight, away[1] ** 2)
    return dot(weight, away[0] * away[1]) / spread**0.5 if spread > 0 else None
