"""Ways from claims to what follows from them, and what is known once they were gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.interval_arithmetic import Span, exactly

NONE = exactly(0.0)
WHOLE = exactly(1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a figure is by other claims: `found`, within what their rounding allows.

    `otherwise` is what it would be by a known mistake. `revenue` is what it would be with nothing
    taken off, where no margin is claimed: whoever claims just that has left the margin out.
    `uncapped` is whether it counts years that nobody has seen: the formula is no support for it.
    """

    claim: str
    source: str
    found: Span
    otherwise: Mapping[str, Span] = field(default_factory=dict)
    revenue: float | None = None
    uncapped: bool = False


@dataclass(slots=True)
class Known:
    """What is claimed and, once it was found, what follows from that; and the routes there."""

    pitch: Pitch
    spans: dict[str, Span]
    routes: list[Route] = field(default_factory=list)

    def has(self, *keys: str) -> bool:
        """Return whether all of `keys` are claimed or were found."""
        return self.spans.keys() >= set(keys)

    def claimed(self, *keys: str) -> bool:
        """Return whether all of `keys` are claimed."""
        return self.pitch.claims.keys() >= set(keys)

    def add(self, route: Route) -> None:
        """Keep a route; what is not claimed is from now on what was found first."""
        self.routes.append(route)
        self.spans.setdefault(route.claim, route.found)

    def get(self, key: str, otherwise: Span = NONE) -> Span:
        """Return a claim or what was found."""
        return self.spans.get(key, otherwise)

    def source(self, key: str) -> str:
        """Describe how what is not claimed was found."""
        return next(route.source for route in self.routes if route.claim == key)

    @property
    def in_revenue(self) -> bool:
        """Return whether LTV is said to be revenue."""
        return self.pitch.basis == "revenue"
