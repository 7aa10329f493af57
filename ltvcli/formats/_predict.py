"""What the tables of `ltv predict` are called."""
from __future__ import annotations
from ltvcli.language import N_
from ltvcli.units import Unit
TITLES: dict[str, str] = {}
COLUMNS: dict[str, dict[str, tuple[str, Unit]]] = {
 "totals": {"part": (N_("Part"), Unit.COUNT), "orders": (N_("Orders"), Unit.COUNT), "value": (N_("Value"), Unit.MONEY)},
}
