"""Reports on who left and what to decide: with nothing to tell, and with each thing to tell."""

from __future__ import annotations

from dataclasses import replace

from ltvcli.results.leavers import DecisionsReport, LeaversReport

CALM = LeaversReport(
    command="leavers",
    version="0",
    as_of=None,
    currency="USD",
    inputs=(),
    given={},
    says=(),
    main="reasons",
    tables={},
    left=10,
    stated=8,
)
DECIDED = DecisionsReport(
    command="decisions",
    version="0",
    as_of=None,
    currency=None,
    inputs=(),
    given={},
    says=(),
    main="decisions",
    tables={},
)
SPEAKS = {
    "few-reasons": replace(CALM, stated=3),
    "unowned-decisions": replace(DECIDED, undated=("Raise prices",)),
}
