"""Recorded runs of `ltv predict`: the forecast of each, compared with later runs.

A run at the end of a month says by cohort how much its customers had ordered by then. The cohorts
that were known on the day of an earlier forecast, less what they had ordered by that day, are its
actual result. If its last day lies between two runs, the actual result is interpolated between
them by days: the forecast is judged only if both lead to the same judgement, or if one of them is
at most three days away, as months differ in length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.results import Estimate, Source
from ltvcli.results.history import RecordedForecast
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from ltvcli.record.runs import RecordedRun

OF_DATA = ("exclude", "from", "to", "new_since", "status_paid", "currency", "margin")
"""Settings in which two runs have to agree, with those of columns and status words."""
OF_MAPS = ("map.", "words.")
NEAR_DAYS = 3
"""Days from the end of a forecast to a run that shows its actual result well enough."""


class RecordedPrediction(Struct, frozen=True, kw_only=True):
    """A recorded run of `ltv predict`, and its JSON document."""

    run: RecordedRun
    as_of: date
    document: Mapping[str, Any]

    @property
    def kinds(self) -> set[str]:
        """Kinds of the files that it read."""
        return {file["kind"] for file in self.document["provenance"]["inputs"]}

    @property
    def customers(self) -> int | None:
        """Return the number of customers known on the day of a run; None if it is not recorded."""
        cohorts = self.document["tables"].get("cohorts", ())
        return sum(row["customers"] for row in cohorts) if cohorts else None


def forecasts(prediction: RecordedPrediction) -> Iterator[RecordedForecast]:
    """Yield what a run forecast of orders and value, without actual results."""
    document = prediction.document
    future = _total(document, "future")
    months = document["horizon"]
    for figure in ("orders", "value") if "orders" in prediction.kinds else ("value",):
        if future is None or future.get(figure) is None:
            continue
        yield RecordedForecast(
            run=prediction.run.number,
            as_of=prediction.as_of,
            months=round(months),
            until=prediction.as_of + timedelta(days=round(months * DAYS_PER_MONTH)),
            figure=figure,
            expected=Estimate(
                value=float(future[figure]),
                low=future.get(f"{figure}_low"),
                high=future.get(f"{figure}_high"),
                source=Source.MEASURED,
            ),
            actual=None,
            is_due=False,
        )


def value_of_revenue(
    document: Mapping[str, Any], revenue_to_date: float | None = None
) -> float | None:
    """Return the margin that turned revenue into value.

    None where value was discounted, so that nothing compares with it, or where margin was measured
    and the revenue that it was measured on is not known.

    Args:
        document: of a run of `ltv predict`.
        revenue_to_date: of its customers by its day.
    """
    if document["provenance"]["given"].get("discount"):
        return None
    if document["basis"] != "margin":
        return 1.0
    given = document["provenance"]["given"].get("margin")
    if given is not None:
        return float(given)
    past = _total(document, "past")
    return float(past["value"]) / revenue_to_date if past and revenue_to_date else None


def compared(predictions: Sequence[RecordedPrediction]) -> list[RecordedForecast]:
    """Return every forecast of orders with its actual result from later runs.

    Args:
        predictions: the oldest first.
    """
    every = []
    for place, prediction in enumerate(predictions):
        if "orders" not in prediction.kinds:
            continue
        later = [run for run in predictions[place + 1 :] if _agree(prediction, run)]
        for forecast in forecasts(prediction):
            came = [
                (run.as_of, since)
                for run in later
                if (since := _since(prediction, run, forecast.figure)) is not None
            ]
            judged = _with_actual(forecast, came)
            is_due = bool(later) and later[-1].as_of >= forecast.until
            every.append(replace(judged, is_due=is_due))
    return every


def _agree(earlier: RecordedPrediction, later: RecordedPrediction) -> bool:
    """Return whether two runs read the same customers by the same settings."""
    if later.kinds != earlier.kinds or not _is_month_end(earlier.as_of):
        return False
    then, now = (_of_data(run.document["provenance"]["given"]) for run in (earlier, later))
    return then == now and _known(later, earlier.as_of, "customers") == earlier.customers


def _of_data(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in given.items() if key in OF_DATA or key.startswith(OF_MAPS)}


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _known(run: RecordedPrediction, day: date, key: str) -> float | None:
    """Add up a column of the cohorts of a run up to the month of a day."""
    cohorts = run.document["tables"].get("cohorts", ())
    rows = [row for row in cohorts if row["cohort"] <= f"{day:%Y-%m}"]
    return sum(row[key] for row in rows) if rows else None


def _since(earlier: RecordedPrediction, later: RecordedPrediction, figure: str) -> float | None:
    """Return the revenue of an earlier run's customers from its day to the day of a later run."""
    by_then, by_now = (
        _total(earlier.document, "past"),
        _known(later, earlier.as_of, f"past_{figure}"),
    )
    if by_then is None or by_now is None or earlier.document["basis"] != later.document["basis"]:
        return None
    if figure == "value" and value_of_revenue(earlier.document) is None:
        return None
    return by_now - float(by_then[figure])


def _total(document: Mapping[str, Any], which: str) -> Mapping[str, Any] | None:
    rows = document["tables"].get("totals", ())
    return next((row for row in rows if row["part"] == which), None)


def _with_actual(
    forecast: RecordedForecast, came: Sequence[tuple[date, float]]
) -> RecordedForecast:
    """Return a forecast with its actual result by its last day.

    Args:
        forecast: without actual results.
        came: days of later runs, and the actual result by each.
    """
    before = [(forecast.as_of, 0.0), *((day, by) for day, by in came if day <= forecast.until)]
    after = [(day, by) for day, by in came if day >= forecast.until]
    (start, least) = max(before)
    if not after:
        return replace(forecast, actual=least if len(before) > 1 else None)
    (end, most) = min(after)
    days = (end - start).days
    share = (forecast.until - start).days / days if days else 0.0
    is_near = min((forecast.until - start).days, (end - forecast.until).days) <= NEAR_DAYS
    judged = [replace(forecast, actual=by, is_due=True) for by in (least, most)]
    differ = judged[0].held is not judged[1].held or _side(judged[0]) != _side(judged[1])
    if differ and not is_near:
        return replace(forecast, is_due=True)
    return replace(forecast, actual=least + share * (most - least), is_due=True)


def _side(forecast: RecordedForecast) -> bool:
    """Return whether the actual result is above the interval."""
    return (forecast.actual or 0.0) > (forecast.expected.high or 0.0)
