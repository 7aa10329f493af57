"""Reports on who left and what to decide: with nothing to tell, and with each thing to tell."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from ltvcli.results import Estimate, InputFile, Source
from ltvcli.results.history import RecordedForecast
from ltvcli.results.leavers import DecisionsReport, ForecastsReport, LeaversReport

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
HELD = RecordedForecast(
    run=1,
    as_of=date(2025, 10, 31),
    months=6,
    until=date(2026, 5, 2),
    figure="value",
    expected=Estimate(value=100, low=90, high=110, source=Source.MEASURED),
    actual=105,
    is_due=True,
)
FORECAST = ForecastsReport(
    command="forecasts",
    version="0",
    as_of=None,
    currency=None,
    inputs=(),
    given={},
    says=(),
    main="forecasts",
    tables={},
    forecasts=(HELD, replace(HELD, actual=200), replace(HELD, actual=300, is_due=False)),
)
CANCELLATIONS = InputFile(
    path="churn.csv",
    kind="cancellations",
    profile="generic_cancellations",
    sha256="",
    first=None,
    last=None,
    rows_read=100,
    rows_used=88,
    set_aside={"customer-unknown": 12},
    columns={},
)
SPEAKS = {
    "cancellations-unmatched": replace(CALM, inputs=(CANCELLATIONS,)),
    "few-reasons": replace(CALM, stated=3),
    "forecasts-miss": replace(FORECAST, forecasts=(replace(HELD, actual=200),) * 2),
    "unowned-decisions": replace(DECIDED, undated=("Raise prices",)),
}
