"""The page of decisions that are asked for."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.units import Unit

TITLES = {"decisions": N_("Decisions")}
COLUMNS = {
    "decisions": {
        "decision": (N_("Decision requested"), Unit.TEXT),
        "owner": (N_("Owner"), Unit.TEXT),
        "day": (N_("Until"), Unit.TEXT),
    }
}
