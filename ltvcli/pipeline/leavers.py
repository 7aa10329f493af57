"""Churned customers, reasons and decisions: steps of `ltv report board`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.errors import TwoKindsError
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.kind_settings import without_roles
from ltvcli.pipeline.read_files import open_beside
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import InputFile, Quantity, Sentence, Statement
from ltvcli.results.leavers import DecisionsReport, LeaversReport
from ltvcli.settings import decisions as of_file
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.facts.leavers import LeaverFacts, Span
    from ltvcli.pipeline.load import Files, Loaded
    from ltvcli.read.files.sheet import Sheet

SETTINGS = (
    "as_of", "currency", "customers", "date_format", "encoding", "exclude", "from_", "lapse_after",
    "margin", "survey", "status_paid", "to",
)  # fmt: skip
"""Settings that change the answer."""
LEFT = N_("left: no longer pays")
LAPSED = N_("left: {lapse_after} without an order")
QUOTED = N_("comments masked: e-mail addresses, phone numbers, names of customers")
NO_DECISIONS = N_("No decisions. Write them in ltv.yaml: decisions: {example}")
ASKED = N_("{n} {n:decision is|decisions are} requested.")


def run(
    inputs: Sequence[Any],
    settings: Settings,
    cancellations: Sequence[Any] = (),
    *,
    quotes: bool = False,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> LeaversReport:
    """Describe churned customers of the last three whole months, with reasons.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders or subscriptions.
        settings: what was given.
        cancellations: paths, globs or pandas data frames.
        quotes: whether comments are quoted, with addresses, phone numbers and names masked.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.leavers import answer as leavers
    from ltvcli.analyses.leavers import masking
    from ltvcli.read import rejects as excluded

    exports = without_roles(settings, "deal", "cancellation", "survey")
    with load.opened(inputs, exports, step) as files:
        if len(files.kinds) > 1:
            raise TwoKindsError(command="report board")
        kind = next(iter(files.kinds))
        further = _further(files, settings, cancellations)
        every = [sheet for sheets in further.values() for sheet in sheets]
        with load.load_kind(files, kind, exports, None, step, further=every) as loaded:
            span = _span(loaded.reading.as_of)
            facts, read, names = _facts(loaded, further, settings, span, step)
            if rejects:
                excluded.write(loaded.engine, loaded.every, rejects)
    margin = settings.margin
    answered = leavers.answer(
        facts,
        span,
        leavers.Terms(margin=margin, quotes=quotes, names=masking.names_of(names)),
    )
    made = LeaversReport(
        command="leavers",
        version=__version__,
        as_of=loaded.reading.as_of,
        currency=loaded.reading.currency,
        inputs=(*loaded.reading.inputs, *read),
        given=report.settings_of_kind(settings, SETTINGS, kind),
        basis="revenue" if margin is None else "margin",
        says=answered.says,
        terms=_terms(loaded, quotes=quotes),
        main="reasons",
        tables=answered.tables,
        left=answered.left,
        stated=answered.stated,
        asked=bool(cancellations),
    )
    return replace(report.with_findings(settings, made), next_command="")


def _further(
    files: Files, settings: Settings, cancellations: Sequence[Any]
) -> dict[str, Sequence[Sheet]]:
    """Open the files that are read beside the exports."""
    opened: dict[str, Sequence[Sheet]] = {"cancellations": (), "survey": (), "customers": ()}
    if cancellations:
        opened["cancellations"] = open_beside(cancellations, settings, files.temp, "cancellation")
    if settings.survey:
        opened["survey"] = open_beside(settings.survey, settings, files.temp, "survey")
    if settings.customers:
        opened["customers"] = open_beside([settings.customers], settings, files.temp, "names")
    return opened


def _facts(
    loaded: Loaded[Any],
    further: dict[str, Sequence[Sheet]],
    settings: Settings,
    span: Span,
    step: Step,
) -> tuple[LeaverFacts, tuple[InputFile, ...], list[str]]:
    """Read stated reasons into the engine of the exports, and sum churned customers.

    Args:
        loaded: the exports.
        further: files beside them, opened.
        settings: all settings.
        span: the periods.
        step: called with the name of each step.
    """
    from ltvcli.facts import leavers
    from ltvcli.read import cancellations, emails, surveys
    from ltvcli.read.cancellations import names
    from ltvcli.read.files import open_files

    engine, as_of = loaded.engine, loaded.reading.as_of
    place = len(loaded.every) - sum(map(len, further.values()))
    step(N_("Reading cancellations"))
    read: tuple[InputFile, ...] = ()
    try:
        emails.add(engine, loaded.kind, loaded.sheets, loaded.settings.map)
        if further["survey"]:
            asked = surveys.Asked(kind=loaded.kind, name=loaded.sheets[0].name, as_of=as_of)
            of_survey = place + len(further["cancellations"])
            read += surveys.load(further["survey"], settings, engine, asked, "quarter", of_survey)
        if further["cancellations"]:
            read += cancellations.load(further["cancellations"], settings, engine, as_of, place)
        else:
            engine.run("leavers/no_cancellations")
        known = names.of(engine, [*loaded.sheets, *further["customers"]])
    finally:
        open_files.check_unchanged([sheet for sheets in further.values() for sheet in sheets])
    lapse_after = loaded.facts.lapse_after if loaded.kind == "orders" else None
    leavers.prepare(engine, as_of, lapse_after)
    facts = leavers.gather(engine, span, with_answers=bool(further["survey"]))
    return facts, read, known


def _span(as_of: date) -> Span:
    """Return the last three whole months, and the three before.

    >>> span = _span(date(2026, 10, 30))
    >>> span.begin.isoformat(), span.middle.isoformat(), span.end.isoformat()
    ('2026-04-01', '2026-07-01', '2026-09-30')
    """
    from ltvcli.facts.leavers import Span

    end = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    return Span(begin=_months_before(end, 5), middle=_months_before(end, 2), end=end)


def _months_before(end: date, months: int) -> date:
    """Return the first day of the month some months before another."""
    index = 12 * end.year + end.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _terms(loaded: Loaded[Any], *, quotes: bool) -> tuple[Sentence, ...]:
    left = Sentence(LEFT)
    if loaded.kind == "orders":
        lapse_after = Quantity(loaded.facts.lapse_after, Unit.MONTHS)
        left = Sentence(LAPSED, {"lapse_after": lapse_after})
    return (left, Sentence(QUOTED)) if quotes else (left,)


def decisions(inputs: Sequence[Any], settings: Settings) -> DecisionsReport:
    """List the decisions of the ltv.yaml beside the inputs.

    Raises:
        UsageError: one that cannot be used.
    """
    asked = of_file.find(inputs)
    rows = tuple(
        {
            "decision": entry.decision,
            "owner": entry.owner,
            "day": entry.day.isoformat() if entry.day else "",
        }
        for entry in asked
    )
    says = Sentence(ASKED, {"n": len(asked)})
    if not asked:
        says = Sentence(NO_DECISIONS, {"example": of_file.EXAMPLE})
    made = DecisionsReport(
        command="decisions",
        version=__version__,
        as_of=None,
        currency=None,
        inputs=(),
        given={},
        says=(Statement(says=says),),
        main="decisions",
        tables={"decisions": rows},
        undated=tuple(entry.decision for entry in asked if not (entry.owner and entry.day)),
    )
    return replace(report.with_findings(settings, made), next_command="")
