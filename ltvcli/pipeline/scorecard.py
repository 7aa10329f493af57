"""Results beside trust: the steps of `ltv scorecard`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.errors import (
    DealsForOwnersError,
    NoFileError,
    NotAChoiceError,
    TwoKindsError,
)
from ltvcli.language import N_
from ltvcli.pipeline import load, report, scorecard_declined, scorecard_sums, sharing
from ltvcli.pipeline.kind_settings import refuse_orders_only, without_roles
from ltvcli.pipeline.load import Files, Loaded
from ltvcli.pipeline.read_files import open_beside
from ltvcli.pipeline.scorecard_sums import FurtherRead, FurtherSheets
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import Quantity, Sentence
from ltvcli.results.scorecard import ScorecardReport, ScoreEvidence
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.scorecard.answer import Scorecard
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

SETTINGS = (
    "as_of", "by", "cac", "cac_lag", "currency", "customers", "date_format", "encoding", "exclude",
    "from_", "lapse_after", "margin", "min_customers", "new_since", "spend", "survey", "to",
    "status_paid",
)  # fmt: skip
"""Settings that change the answer."""
SPANS: tuple[Literal["month", "quarter"], ...] = ("month", "quarter")
GROUPS = ("owner", "team", "channel")
DEFAULT_PERIOD = "month"
CHANNEL = "channel"
WITHOUT_CAC = N_("declined: no CAC still to spend was given, so that it counts as 0; add --cac")


def run(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    deals: Sequence[Any] = (),
    declined: Any = None,
    period: str = DEFAULT_PERIOD,
    targets: Mapping[str, float] | None = None,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> ScorecardReport:
    """Show results and trust of the last whole period side by side.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders or subscriptions.
        settings: what was given; `by` is "owner", "team", "channel" or nothing.
        deals: paths, globs or pandas data frames of deals.
        declined: a path or a pandas data frame of prospects who were declined; None for none.
        period: "month" or "quarter".
        targets: of figures.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    if not inputs:
        raise NoFileError(command="scorecard", example="orders.csv --survey nps.csv")
    span = next((known for known in SPANS if known == period), None)
    if span is None:
        example = "--period quarter"
        raise NotAChoiceError(name="--period", text=period, known=SPANS, example=example)
    asked = _Asked(
        deals=deals,
        span=span,
        by=_grouping(inputs, settings, deals),
        targets=targets or {},
        rejects=rejects,
        with_declined=declined is not None,
    )
    if declined is None:
        return _made(inputs, settings, asked, step)
    with sharing.sharing():
        declines = scorecard_declined.gather(inputs, settings, declined, deals, step)
        made = _made(inputs, settings, asked, step)
    return replace(
        made,
        inputs=(*made.inputs, *declines.inputs),
        says=(*made.says, *declines.says),
        terms=(*made.terms, *([Sentence(WITHOUT_CAC)] if settings.cac is None else [])),
        tables={**made.tables, "saved": declines.rows},
        findings=(*made.findings, *declines.findings),
    )


class _Asked(Struct, frozen=True, kw_only=True):
    """The question; see `run`."""

    deals: Sequence[Any]
    span: Literal["month", "quarter"]
    by: str
    targets: Mapping[str, float]
    rejects: Path | None
    with_declined: bool


def _made(inputs: Sequence[Any], settings: Settings, asked: _Asked, step: Step) -> ScorecardReport:
    """Load the exports and further files, and answer."""
    by, deals = asked.by, asked.deals
    exports = _of_exports(settings)
    with load.opened(inputs, exports, step) as files:
        if len(files.kinds) > 1:
            raise TwoKindsError(command="scorecard")
        kind = next(iter(files.kinds))
        if kind == "subscriptions":
            if not asked.with_declined:
                refuse_orders_only("scorecard", {"--customers": settings.is_typed("customers")})
            exports = override(exports, customers=None)
        sheets = FurtherSheets(
            deals=open_beside(deals, settings, files.temp, "deal") if deals else (),
            survey=open_beside(settings.survey, settings, files.temp, "survey")
            if settings.survey
            else (),
        )
        channels = by == CHANNEL or _has_channel(files, exports)
        exports = override(exports, by=(CHANNEL,) if channels else ())
        loading = load.load_kind(
            files,
            kind,
            exports,
            None,
            step,
            by="segments" if channels else "",
            further=sheets.every,
            span=asked.span,
        )
        with loading as loaded:
            return _of(loaded, sheets, settings, asked, step)


def _grouping(inputs: Sequence[Any], settings: Settings, deals: Sequence[Any]) -> str:
    """Return the column that groups customers.

    Raises:
        NotAChoiceError: it is nothing a scorecard knows.
        DealsForOwnersError: it needs deals.
    """
    if not settings.by:
        return ""
    by = settings.by[0]
    if by not in GROUPS or len(settings.by) > 1:
        text, example = ", ".join(settings.by), "--by team --deals deals.csv"
        raise NotAChoiceError(name="--by", text=text, known=GROUPS, example=example)
    if by != CHANNEL and not deals:
        raise DealsForOwnersError(by=by, file=str(inputs[0]))
    return by


def _of_exports(settings: Settings) -> Settings:
    """Return the settings without the roles of --map for deals and answers."""
    return override(without_roles(settings, "deal", "survey"), by=())


def _has_channel(files: Files, settings: Settings) -> bool:
    """Return whether a file has a column of channels."""
    from ltvcli.errors import AmbiguousColumnError
    from ltvcli.read.orders import requested_columns

    alone = override(settings, customers=None)
    try:
        return bool(requested_columns.of_channel(files.sheets, alone, files.temp).by)
    except AmbiguousColumnError:
        return False


def _of(
    loaded: Loaded[Facts | Subscriptions],
    sheets: FurtherSheets,
    settings: Settings,
    asked: _Asked,
    step: Step,
) -> ScorecardReport:
    """Read further files, sum, and answer.

    Args:
        loaded: the exports.
        sheets: of deals and answers, opened.
        settings: all settings.
        asked: of them.
        step: called with the name of each step.
    """
    from ltvcli.analyses.review.figures import Costs
    from ltvcli.analyses.scorecard import answer as scorecard
    from ltvcli.read import rejects as excluded

    span, by, targets = asked.span, asked.by, asked.targets
    read = scorecard_sums.read(loaded, sheets, settings, span, by, step)
    if asked.rejects:
        excluded.write(loaded.engine, loaded.every, asked.rejects)
    step(N_("Comparing"))
    source = scorecard_sums.source(loaded, sheets, span, by)
    costs = Costs(margin=settings.margin, cac=settings.cac, acquisition=loaded.acquisition)
    answered = scorecard.answer(source, costs, span, targets)
    reading = loaded.reading
    used = [name for name in SETTINGS if name != "lapse_after" or settings.survey]
    made = ScorecardReport(
        command="scorecard",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=(*reading.inputs, *read.inputs),
        acquisition=loaded.acquisition,
        given={
            **report.settings_of_kind(settings, used, loaded.kind),
            **{f"targets.{name}": value for name, value in targets.items()},
        },
        horizon=source.trust.horizon,
        basis=answered.basis,
        says=answered.says,
        terms=_terms(answered, source.trust.horizon),
        main="tiles",
        tables=answered.tables,
        by=by,
        subscribers=loaded.kind == "subscriptions",
        span=span,
        period=answered.picked.period.name,
        against=answered.picked.against.name if answered.picked.against else "",
        tiles=answered.tiles,
        shifts=answered.shifts,
        waves=answered.waves,
        meaning=answered.meaning,
        quadrants=answered.quadrants,
        evidence=_evidence(answered, loaded, sheets, read, targets),
    )
    return report.with_findings(settings, made)


def _terms(answered: Scorecard, horizon: int | None) -> tuple[Sentence, ...]:
    """Return the basis of the figures."""
    from ltvcli.analyses.review.figures import PER_DAY, TOTALS

    terms = [
        Sentence(N_("gross-margin basis, before CAC"))
        if answered.basis == "margin"
        else Sentence(N_("revenue basis (no margin applied)"))
    ]
    if answered.shifts:
        terms.append(
            Sentence(
                N_("cohorts of {cohort} beside {base}, standardised for channels"),
                {"cohort": answered.shifts[0].cohort, "base": answered.shifts[0].base},
            )
        )
    if horizon is not None:
        months = Quantity(horizon, Unit.COUNT)
        terms.append(
            Sentence(N_("cohort LTV over {months} {months:month|months}"), {"months": months})
        )
    if any(tile.figure in TOTALS and tile.change for tile in answered.tiles):
        terms.append(Sentence(PER_DAY))
    return tuple(terms)


def _evidence(
    answered: Scorecard,
    loaded: Loaded[Facts | Subscriptions],
    sheets: FurtherSheets,
    read: FurtherRead,
    targets: Mapping[str, float],
) -> ScoreEvidence:
    """Return the evidence for checks."""
    return ScoreEvidence(
        targets=tuple(targets),
        charted=len(answered.picked.known) - 1,
        unmatched=read.unmatched,
        without_deal=read.without_deal,
        survey=bool(sheets.survey),
        spend=loaded.acquisition is not None or loaded.settings.cac is not None,
        channels=loaded.by_segment or read.has_channel,
        no_cohort=not answered.shifts,
    )
