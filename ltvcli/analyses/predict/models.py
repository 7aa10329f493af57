"""Every model of purchases, fitted to one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ltvcli.stats.purchases.record import Cells, NotFitted, Purchases

EARNS_ITS_PLACE = {"mbg-cnbd-2": "mbg-nbd"}
"""Models that join the ensemble only if they beat the simpler model in the backtest."""
Fit = Callable[[Cells], Purchases | NotFitted]


def models() -> Mapping[str, Fit]:
    """Return the models by name."""
    from ltvcli.stats.purchases import bg_nbd, mbg_cnbd_k, mbg_nbd, pareto_nbd

    return {
        "bg-nbd": bg_nbd.fit,
        "mbg-nbd": mbg_nbd.fit,
        "pareto-nbd": pareto_nbd.fit,
        "mbg-cnbd-2": mbg_cnbd_k.fit,
    }


def fitted(cells: Cells) -> Mapping[str, Purchases | NotFitted]:
    """Fit every model; those that could not be fitted have the reason."""
    return {name: fit(cells) for name, fit in models().items()}
