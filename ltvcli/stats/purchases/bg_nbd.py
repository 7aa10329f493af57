"""The BG/NBD model of repeat orders: customers without a repeat order never left.

Its equations are those of `beta_geometric`.

Source: Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2),
275-284.
"""

from __future__ import annotations

from ltvcli.stats.purchases import beta_geometric
from ltvcli.stats.purchases.beta_geometric import BetaGeometric
from ltvcli.stats.purchases.nbd import Nbd
from ltvcli.stats.purchases.record import Cells, NotFitted

NAME = "BG/NBD"


def fit(cells: Cells) -> BetaGeometric | Nbd | NotFitted:
    """Find the most likely parameters, or the simpler model that the record comes down to."""
    return beta_geometric.fit(cells, NAME, withstood=0)
