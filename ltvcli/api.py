"""The Python API: `ltvcli.calc("orders.csv", margin=0.4, cac=5000)`, `ltvcli.mrr("subs.csv")`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ltvcli import formats, registry, targets
from ltvcli.errors import WorkbookTakesFileError
from ltvcli.results import Report, Run
from ltvcli.results.audit import AuditReport
from ltvcli.results.benchmark import BenchmarkReport
from ltvcli.results.check import CheckReport
from ltvcli.results.cohorts import CohortsReport
from ltvcli.results.combined import CombinedReport
from ltvcli.results.experiment import ExperimentReport
from ltvcli.results.history import HistoryReport
from ltvcli.results.mrr import MrrReport
from ltvcli.results.prediction import PredictReport
from ltvcli.results.review import ReviewReport
from ltvcli.results.segments import SegmentsReport
from ltvcli.results.whatif import WhatIfReport
from ltvcli.settings import settings as config

if TYPE_CHECKING:
    import pandas as pd


class _Speaking:
    """Conversions of a report for Python users."""

    __slots__ = ()

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the JSON document `ltvcli/1` as a dict."""
        document: dict[str, Any] = json.loads(self.to_text("json", lang))
        return document

    def to_pandas(self) -> pd.DataFrame:
        """Return the table of `--format csv`: of `calc` a row per figure, of `mrr` per month."""
        from io import StringIO

        import pandas as pd

        return pd.read_csv(StringIO(self.to_text("csv")))

    def to_text(self, format: str = "table", lang: str = "en") -> str:
        """Write the answer as `--format` does."""
        if format == "xlsx":
            raise WorkbookTakesFileError
        text: str = registry.load(formats, format).render(self, lang)
        return text

    def __str__(self) -> str:
        """Return the first screen."""
        return self.to_text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(_Speaking, Report):
    """A Report with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MrrAnswer(_Speaking, MrrReport):
    """An MrrReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinedAnswer(_Speaking, CombinedReport):
    """A CombinedReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortsAnswer(_Speaking, CohortsReport):
    """A CohortsReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAnswer(_Speaking, AuditReport):
    """An AuditReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkAnswer(_Speaking, BenchmarkReport):
    """A BenchmarkReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentAnswer(_Speaking, ExperimentReport):
    """An ExperimentReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer(_Speaking, ReviewReport):
    """A ReviewReport that also turns itself into what Python users work with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer(_Speaking, CheckReport):
    """A CheckReport that also turns itself into what Python users work with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryAnswer(_Speaking, HistoryReport):
    """A HistoryReport that also turns itself into what Python users work with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsAnswer(_Speaking, SegmentsReport):
    """A SegmentsReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictAnswer(_Speaking, PredictReport):
    """A PredictReport with methods to convert it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfAnswer(_Speaking, WhatIfReport):
    """A WhatIfReport with methods to convert it."""


AnyAnswer = TypeVar("AnyAnswer", bound=_Speaking)


def _speaking(kind: type[AnyAnswer], report: Run) -> AnyAnswer:
    return kind(**{field.name: getattr(report, field.name) for field in fields(report)})


def calc(*inputs: Any, **options: Any) -> Answer | CombinedAnswer:
    """Value a customer from exports of orders or subscriptions, or from given numbers alone.

    Exports of both give an answer with `orders`, `subscriptions`, and tables["together"].

    Args:
        inputs: paths, globs or pandas data frames of orders or subscriptions; none means numbers
            only.
        options: the options of `ltv calc` with underscores: `margin=0.4`, `cac=5000`,
            `lapse_after="90d"`, `map={"customer": "顧客番号"}`. Lengths of time are text or months.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.

    >>> calc(arpu=10_000, churn=0.05, cac=60_000).verdict.grade
    <Grade.HEALTHY: 'healthy'>
    """
    from ltvcli.pipeline import calc as steps

    files: Sequence[Any] = inputs
    report = steps.run(files, config.from_python(options))
    if isinstance(report, CombinedReport):
        return _speaking(CombinedAnswer, report)
    return _speaking(Answer, report)


def mrr(*inputs: Any, by: str | None = None, reconcile: bool = False, **options: Any) -> MrrAnswer:
    """Follow monthly recurring revenue from exports of subscriptions.

    Args:
        inputs: paths, globs or pandas data frames of subscriptions.
        by: "plan" for a breakdown by plan.
        reconcile: compare conventions.
        options: the options of `ltv mrr` with underscores: `as_="stripe"`, `from_="2026-01-01"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import mrr as steps

    files: Sequence[Any] = inputs
    settings = config.from_python(options)
    report = steps.run(files, settings, by=by, reconcile=reconcile)
    return _speaking(MrrAnswer, report)


def cohorts(*inputs: Any, by: str = "month", metric: str = "ltv", **options: Any) -> CohortsAnswer:
    """Compare cohorts of customers by their first order or first payment for a subscription.

    Args:
        inputs: paths, globs or pandas data frames of orders or of subscriptions.
        by: "month" or "quarter".
        metric: what to show at each age: "ltv" (to date), "retention", "revenue", "margin"; of
            orders "orders", of subscriptions "revenue-retention".
        options: the options of `ltv cohorts` with underscores: `cac=40`, `new_since="2026-01-01"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import cohorts as steps

    files: Sequence[Any] = inputs
    report = steps.run(files, config.from_python(options), by=by, metric=metric)
    return _speaking(CohortsAnswer, report)


def predict(
    *inputs: Any,
    model: str = "auto",
    out: str | PathLike[str] | None = None,
    include_customers: bool = False,
    plain_ids: bool = False,
    **options: Any,
) -> PredictAnswer:
    """Predict the future value of customers, with a backtest.

    Args:
        inputs: paths, globs or pandas data frames of orders or of subscriptions.
        model: "auto" for the forecast with the best record, or the name of one forecast.
        out: a .csv or .parquet file to write, with the past and future of every customer of orders.
        include_customers: list customers of orders, in tables["keep"] and tables["at_risk"].
        plain_ids: show the ids of customers, not hashes of them.
        options: the options of `ltv predict` with underscores: `horizon="12mo"`, `by="channel"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import predict as steps

    files: Sequence[Any] = inputs
    with targets.run({targets.OUT: out}):
        report = steps.run(
            files,
            config.from_python(options),
            model=model,
            customers_to=Path(out) if out else None,
            include_customers=include_customers,
            plain_ids=plain_ids,
        )
    return _speaking(PredictAnswer, report)


def segments(
    *inputs: Any,
    by: str | Sequence[str] = (),
    minus: bool = False,
    include_customers: bool = False,
    plain_ids: bool = False,
    **options: Any,
) -> SegmentsAnswer:
    """Compare segments of customers, by columns of the export or of a customers file.

    Args:
        inputs: paths, globs or pandas data frames of orders or of subscriptions.
        by: what to segment customers by: "channel", "plan", or the name of a column; or several.
        minus: find unprofitable customers, of orders.
        include_customers: list them, in tables["minus_customers"].
        plain_ids: list them by their ids, not by hashes of them.
        options: the options of `ltv segments` with underscores: `cac=40`, `min_customers=50`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import segments as steps

    files: Sequence[Any] = inputs
    report = steps.run(
        files,
        config.from_python(options | ({"by": by} if by else {})),
        minus=minus,
        include_customers=include_customers,
        plain_ids=plain_ids,
    )
    return _speaking(SegmentsAnswer, report)


def audit(*inputs: Any, claims: Mapping[str, Any] | None = None, **options: Any) -> AuditAnswer:
    """Check the claims of a pitch against each other and, if there are files, against the data.

    Args:
        inputs: pitches (.yaml), and paths, globs or pandas data frames of orders or subscriptions.
        claims: more claims, by name: `{"ltv": 80_000, "churn": "5%"}`. A number is taken as rounded
            to the digits with which it is written; lengths of time are text or months.
        options: the options of `ltv audit` with underscores: `currency="JPY"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.

    >>> report = audit(claims={"ltv": 80_000, "cac": 20_000, "ltv_to_cac": 5})
    >>> [finding.check for finding in report.findings]
    ['ratio-does-not-follow']
    """
    from ltvcli.analyses.audit.claims import as_text
    from ltvcli.pipeline import audit as steps

    files: Sequence[Any] = inputs
    typed = [f"{key}={as_text(key, value)}" for key, value in (claims or {}).items()]
    report = steps.run(files, config.from_python(options), typed)
    return _speaking(AuditAnswer, report)


def benchmark(*inputs: Any, **options: Any) -> BenchmarkAnswer:
    """Compare the figures of exports with published benchmarks, and with those of a year ago.

    Args:
        inputs: paths, globs or pandas data frames of orders or subscriptions.
        options: the options of `ltv benchmark` with underscores: `benchmarks="benchmarks.csv"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import benchmark as steps

    files: Sequence[Any] = inputs
    return _speaking(BenchmarkAnswer, steps.run(files, config.from_python(options)))


def experiment(
    *inputs: Any,
    outcome: str | None = None,
    arm: str | None = None,
    control: str | None = None,
    before: str | None = None,
    cost_per_customer: float | None = None,
    split: Mapping[str, float] | None = None,
    peek: int | None = None,
    **options: Any,
) -> ExperimentAnswer:
    """Compare what customers of each arm of an experiment brought with those of the control.

    Args:
        inputs: paths, globs or pandas data frames with arm and outcome in one row per customer.
        outcome: column of what a customer brought: money, or 0 and 1.
        arm: column of the arm; None for one with a usual header.
        control: arm that was left as it was; None for one with a usual name.
        before: column of what a customer brought before, for CUPED.
        cost_per_customer: of the measure, for ROI.
        split: share of customers that each arm was meant to have; all the same if None.
        peek: customers planned in all arms, for intervals that hold at every look.
        options: the options of `ltv experiment` with underscores: `margin=0.5`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import experiment as steps

    files: Sequence[Any] = inputs
    design = steps.Design(
        arm=arm,
        outcome=outcome,
        control=control,
        before=before,
        cost_per_customer=cost_per_customer,
        split=tuple(f"{name}={share}" for name, share in (split or {}).items()),
        planned=peek,
    )
    return _speaking(ExperimentAnswer, steps.run(files, config.from_python(options), design))


def review(
    *inputs: Any,
    period: str = "month",
    against: str = "previous",
    by: str | Sequence[str] = (),
    **options: Any,
) -> ReviewAnswer:
    """Review the last whole period of exports: what changed, by how much, and why.

    Args:
        inputs: paths, globs or pandas data frames of orders or subscriptions.
        period: "week", "month" or "quarter".
        against: "previous", "last-year", or the first and last day of a whole period, as in
            "2025-10-01..2025-10-31".
        by: what to segment customers by: "channel", or the name of a column; or several.
        options: the options of `ltv review` with underscores: `spend="spend.csv"`, `margin=0.4`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import review as steps

    files: Sequence[Any] = inputs
    settings = config.from_python(options | ({"by": by} if by else {}))
    return _speaking(ReviewAnswer, steps.run(files, settings, period=period, against=against))


def check(*inputs: Any, rules: Sequence[Mapping[str, Any]] = (), **options: Any) -> CheckAnswer:
    """Hold rules against the last whole month of exports, as a first run: nobody is told.

    Args:
        inputs: paths, globs or pandas data frames of orders or subscriptions.
        rules: each with name and when, and what else ltv.yaml takes:
            `{"name": "CAC", "when": "cac > 50", "by": "channel"}`.
        options: the options of `ltv check` with underscores: `spend="spend.csv"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.errors import NoRulesError
    from ltvcli.pipeline import check as steps
    from ltvcli.results.check import WATCHED
    from ltvcli.settings import rules as of_rules

    files: Sequence[Any] = inputs
    settings = config.from_python(options)
    known = of_rules.read(list(rules), {}, WATCHED)
    if not known:
        raise NoRulesError(place="rules")
    return _speaking(CheckAnswer, steps.run(files, settings, known))


def history(
    *inputs: Any,
    path: str | PathLike[str] | None = None,
    run: int | None = None,
    trend: str | None = None,
    by: str = "",
) -> HistoryAnswer:
    """List the runs that `ltv ... --record` has recorded, show one, or follow a figure.

    Args:
        inputs: with `trend`, exports as they are today; none for those of the newest run.
        path: of the history; None for the one in the user's data folder.
        run: number of the run to show; its `document` is what it said.
        trend: figure to follow, as "ltv_to_cac".
        by: with `trend`, what customers were segmented by, such as "channel".

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.formats import json as json_format
    from ltvcli.pipeline import history as steps
    from ltvcli.pipeline import history_trend
    from ltvcli.record import place

    file = Path(path) if path else place.path_of(config.Settings())
    if trend is not None:
        report = history_trend.trend(
            file,
            trend,
            inputs,
            by=by,
            document=lambda answer: json.loads(json_format.render(answer, "en")),
        )
    else:
        report = steps.listed(file) if run is None else steps.shown(file, run)
    return _speaking(HistoryAnswer, report)


def whatif(
    *inputs: Any,
    elasticities: Mapping[str, Mapping[str, float]] | None = None,
    initiatives: Sequence[Mapping[str, Any]] = (),
    **options: Any,
) -> WhatIfAnswer:
    """Project the effect of changes on the value of a customer, from exports or given numbers.

    Args:
        inputs: paths, globs or pandas data frames of orders or subscriptions; none means numbers
            only.
        elasticities: change of a lever, in percent, when another changes by 1%:
            `{"cac": {"budget": 0.5}}`.
        initiatives: possible measures, each with name, lever, change, cost, and probability or
            feasibility; months, if it takes any.
        options: the options of `ltv whatif` with underscores; text of a lever may be a change:
            `churn="5%->3%"`, `cac="+10%"`, `retention_cost=1000`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.

    >>> whatif(arpu=10_000, churn="5%->4%", cac=60_000).after.ltv_to_cac
    4.166666666666667
    """
    from ltvcli.pipeline import whatif as steps
    from ltvcli.settings import plans
    from ltvcli.settings.changes import split_changes

    files: Sequence[Any] = inputs
    values, changes = split_changes(options, str)
    planned = plans.read(elasticities, list(initiatives), {})
    report = steps.run(files, config.from_python(values), changes, planned)
    return _speaking(WhatIfAnswer, report)
