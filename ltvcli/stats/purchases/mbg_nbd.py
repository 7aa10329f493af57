"""The MBG/NBD model of repeat orders: a customer may leave after the first order too.

Its equations are those of `beta_geometric`.

Source: Batislam, Denizel & Filiztekin (2007), Empirical validation and comparison of models for
customer base analysis, International Journal of Research in Marketing 24(3), 201-209.
"""

from __future__ import annotations

from ltvcli.stats.purchases import beta_geometric
from ltvcli.stats.purchases.beta_geometric import BetaGeometric
from ltvcli.stats.purchases.nbd import Nbd
from ltvcli.stats.purchases.record import Cells, NotFitted

NAME = "MBG/NBD"


def fit(cells: Cells) -> BetaGeometric | Nbd | NotFitted:
    """Find the most likely parameters, or the simpler model that the record comes down to."""
    return beta_geometric.fit(cells, NAME, withstood=1)
