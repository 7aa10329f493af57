"""Data about earlier months, from a history and files: the steps of `ltv check --dry-run`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from ltvcli.analyses.check.evaluate import Months
from ltvcli.analyses.check.monthly import Monthly
from ltvcli.formulas import periods
from ltvcli.results import Estimate, Source

if TYPE_CHECKING:
    from ltvcli.formulas.periods import Period

Reported = dict[tuple[str, str, str], dict["Period", Estimate]]
"""Estimates by (by, segment, figure) and month, as they were first reported."""


class Recorded(Struct, frozen=True, kw_only=True):
    """Results reported by runs of `ltv check`: the kind of files, the currency, and figures."""

    kind: str = ""
    currency: str | None = None
    figures: Reported = field(default_factory=dict)

    @property
    def months(self) -> list[Period]:
        """Return the months with any reported figure, oldest first."""
        return sorted({month for values in self.figures.values() for month in values})


def recorded(path: Path, scope: str) -> Recorded:
    """Read the results reported by runs with one ltv.yaml; nothing without a history.

    Args:
        path: of the history.
        scope: path of the ltv.yaml.
    """
    from ltvcli.errors import HistoryMissingError
    from ltvcli.record import alerts, history_file, runs

    try:
        with history_file.read(path) as history:
            documents = [
                runs.document(history, number) for number in alerts.runs_of(history, scope)
            ]
    except HistoryMissingError:
        return Recorded()
    return of_documents(documents)


def of_documents(documents: Sequence[Mapping[str, Any]]) -> Recorded:
    """Collect the figures of documents, oldest first; the first report of a month counts."""
    reported: Reported = {}
    kind, currency = "", None
    for document in documents:
        kinds = {file["kind"] for file in document["provenance"]["inputs"]} & {
            "orders", "subscriptions",
        }  # fmt: skip
        kind, currency = next(iter(sorted(kinds)), kind), document["currency"]
        for row in document["tables"].get("figures", ()):
            key = row["by"] or "", row["segment"] or "", row["figure"]
            month = periods.of("month", date.fromisoformat(f"{row['month']}-01"))
            estimate = Estimate(
                value=float(row["value"]),
                low=row["value_low"],
                high=row["value_high"],
                source=Source(row["source"]),
            )
            reported.setdefault(key, {}).setdefault(month, estimate)
    return Recorded(kind=kind, currency=currency, figures=reported)


def without_files(known: Recorded) -> dict[str, Months]:
    """Return the reported months, by segmentation.

    Args:
        known: from the history.
    """
    ways = sorted({by for by, _, _ in known.figures})
    return {
        by: Months(
            kind=known.kind,
            segments=[
                _monthly(known, by, segment)
                for segment in sorted({key[1] for key in known.figures if key[0] == by})
            ],
        )
        for by in ways
    }


def _monthly(known: Recorded, by: str, segment: str) -> Monthly:
    series = {
        figure: values
        for (way, name, figure), values in known.figures.items()
        if (way, name) == (by, segment)
    }
    months = tuple(sorted({month for values in series.values() for month in values}))
    return Monthly(
        segment=segment,
        months=months,
        values={
            figure: tuple(values.get(month) for month in months)
            for figure, values in series.items()
        },
    )


def as_reported(months: Mapping[str, Months], known: Recorded) -> dict[str, Months]:
    """Replace the current figures by the reported ones, if there are any.

    Args:
        months: measured from files.
        known: from the history.
    """
    return {
        by: replace(
            data, segments=[_overlaid(segment, by, known.figures) for segment in data.segments]
        )
        for by, data in months.items()
    }


def _overlaid(segment: Monthly, by: str, reported: Reported) -> Monthly:
    values = {
        figure: tuple(
            reported.get((by, segment.segment, figure), {}).get(month, value)
            for month, value in zip(segment.months, series, strict=True)
        )
        for figure, series in segment.values.items()
    }
    return replace(segment, values=values)
