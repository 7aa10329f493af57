"""Methods to value a customer, one per file.

A method is a module with these names:

ABOUT    what it means: results.About
NEEDS    the sets of inputs of which one is enough
value    inputs -> lifetime value before CAC, elementwise over formulas.Value
months   inputs as plain numbers -> months of a customer's lifetime that count; None is uncapped
payback  inputs as plain numbers, with `cac` -> months, or None if the CAC is never returned

Inputs carry the keys of results.Figures. Besides, `revenue_by_age` and `active_by_age` hold revenue
and active months per customer in age month 0, 1, 2, ... up to the horizon, and
`revenue_by_age_known` the same for as long as the data goes. `horizon` is there where a measured
lifespan ends at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Inputs: TypeAlias = Mapping[str, Any]
