"""Every model of purchases, fitted to one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ltvcli.stats.purchases.record import Cells, NotFitted, Purchases

EARNS_ITS_PLACE = {"mbg-cnbd-2": "mbg-nbd"}
"""Models that mix in only where their record is better than that of the simpler one."""
Fit = Callable[[Cells], Purchases | NotFitted]


def models() -> Mapping[str, Fit]:
    """List the models by the name they are asked for with."""
    from ltvcli.stats.purchases import bg_nbd, mbg_cnbd_k, mbg_nbd, pareto_nbd

    return {
        "bg-nbd": bg_nbd.fit,
        "mbg-nbd": mbg_nbd.fit,
        "pareto-nbd": pareto_nbd.fit,
        "mbg-cnbd-2": mbg_cnbd_k.fit,
    }


def fitted(cells: Cells) -> Mapping[str, Purchases | NotFitted]:
    """Fit every model; what could not be fitted says why."""
    return {name: fit(cells) for name, fit in models().items()}
