"""A report of several answers, made by hand of those of the other modules here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.language import N_
from ltvcli.results import Sentence
from ltvcli.results.compiled import Chapter, CompiledReport
from tests.formats.cohort_reports import cohorts
from tests.formats.mrr_reports import saas
from tests.formats.reports import shop
from tests.formats.segment_reports import segments

if TYPE_CHECKING:
    from ltvcli.results.compiled import Answered


def monthly(**answers: Answered) -> CompiledReport:
    """Return a report of a shop with subscriptions, whose forecast is missing."""
    first = shop()
    made: dict[str, Answered] = {
        "calc": first, "cohorts": cohorts(), "segments": segments(), "mrr": saas(),
    }  # fmt: skip
    chapters = [
        Chapter(name=name, question=name, report=report)
        for name, report in (made | answers).items()
    ]
    missing = Sentence("{n} customers are too few for a forecast.", {"n": 2})
    return CompiledReport(
        command="report",
        version=first.version,
        as_of=first.as_of,
        currency=first.currency,
        inputs=first.inputs,
        given=first.given,
        name="monthly",
        title=N_("Monthly report"),
        chapters=(*chapters, Chapter(name="predict", question="predict", missing=missing)),
        next_command="ltv report monthly orders.csv --out monthly.html",
    )
