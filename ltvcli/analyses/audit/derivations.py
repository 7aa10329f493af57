"""Derivations of figures from claims, and all figures known after them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.interval_arithmetic import Span, exactly

NONE = exactly(0.0)
WHOLE = exactly(1.0)


class Route(Struct, frozen=True, kw_only=True):
    """A figure `derived` from other claims, with the range that their rounding allows.

    `otherwise` holds its values by known mistakes. `revenue` is its value without a margin, where
    none is claimed: a claim of that value ignores the margin. `uncapped` is whether it counts years
    that nobody has observed, so that the formula does not support it.
    """

    claim: str
    source: str
    derived: Span
    otherwise: Mapping[str, Span] = field(default_factory=dict)
    revenue: float | None = None
    uncapped: bool = False


class Known(Struct):
    """The claims, the figures derived from them, and the routes of the derivations."""

    pitch: Pitch
    spans: dict[str, Span]
    routes: list[Route] = field(default_factory=list)

    def has(self, *keys: str) -> bool:
        """Return whether all of `keys` are claimed or derived."""
        return self.spans.keys() >= set(keys)

    def claimed(self, *keys: str) -> bool:
        """Return whether all of `keys` are claimed."""
        return self.pitch.claims.keys() >= set(keys)

    def add(self, route: Route) -> None:
        """Add a route; a figure that is not claimed takes the value of its first route."""
        self.routes.append(route)
        self.spans.setdefault(route.claim, route.derived)

    def get(self, key: str, otherwise: Span = NONE) -> Span:
        """Return a claim or a derived figure."""
        return self.spans.get(key, otherwise)

    def source(self, key: str) -> str:
        """Describe how a figure that is not claimed was derived."""
        return next(route.source for route in self.routes if route.claim == key)

    @property
    def in_revenue(self) -> bool:
        """Return whether LTV is claimed in revenue."""
        return self.pitch.basis == "revenue"
