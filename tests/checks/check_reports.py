"""A report of `ltv check` with nothing to tell, and one for each thing worth telling."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.results.check import CheckReport

CALM = CheckReport(
    command="check",
    version="0",
    as_of=None,
    currency="USD",
    inputs=(),
    given={},
    says=(),
    main="rules",
    tables={},
)
SPEAKS = {
    "messages-unsent": replace(CALM, undelivered={"slack": "HTTP 500"}),
    "rules-in-revenue": replace(CALM, basis="revenue"),
    "short-horizon": replace(CALM, horizon=5),
    "segments-not-checked": replace(CALM, skipped={"CAC": ("organic",)}),
}
