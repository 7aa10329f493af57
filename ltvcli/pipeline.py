"""The steps, in order, one function per question. Nothing here computes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ltvcli import __version__, checks, registry
from ltvcli.config import ONLY_SHOWN, Settings, described
from ltvcli.errors import (
    ContradictionError,
    MixedKindsError,
    NoFileError,
    NoMonthShownError,
    NotAChoiceError,
)
from ltvcli.language import N_
from ltvcli.results import Evidence, Finding, MrrReport, Report, Run, Severity

if TYPE_CHECKING:
    from ltvcli.analyses._subscriptions import Subscriptions
    from ltvcli.analyses.economics import Economics
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts import Facts
    from ltvcli.read.orders import Reading
    from ltvcli.read.sheet import Sheet

BY = "plan"
"""What MRR can be told apart by."""
MEMO = {"calc": "ltv.md", "mrr": "mrr.md"}
"""Where the whole of an answer may be kept."""
MRR_SETTINGS = (
    "as_", "as_of", "currency", "date_format", "encoding", "from_", "new_since", "to"
)  # fmt: skip
"""Settings that change what `mrr` says."""
ORDERS_ONLY = {"lapse_after", "from_", "to"}
"""Settings that mean nothing for subscriptions; typed they are refused, in a file left alone."""

AnyReported = TypeVar("AnyReported", Report, MrrReport)
Step = Callable[[str], None]
"""Told what begins now, for whoever watches."""


def _unwatched(_: str) -> None:
    pass


def calc(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None = None,
    step: Step = _unwatched,
) -> Report:
    """Value a customer from exports of orders or of subscriptions, or from given numbers alone.

    Args:
        inputs: paths, globs, "-" or pandas data frames; none means numbers only.
        settings: what was given; see ltvcli.config.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses import economics

    if not inputs:
        return _judged(settings, _report(settings, economics.answer(settings, None)))
    with _read(inputs, settings, rejects, step, _load) as (reading, engine):
        step(N_("Adding up"))
        facts = _gather(engine, reading, settings)
        step(N_("Valuing customers"))
        found = economics.answer(settings, facts)
    return _judged(settings, _report(settings, found, reading, facts))


def mrr(
    inputs: Sequence[Any],
    settings: Settings,
    *,
    by: str | None = None,
    reconcile: bool = False,
    rejects: Path | None = None,
    step: Step = _unwatched,
) -> MrrReport:
    """Follow monthly recurring revenue from exports of subscriptions.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given; `from_` and `to` say which months to show.
        by: "plan" to tell plans apart; not together with `reconcile`.
        reconcile: compare `standard` with every convention, or with the chosen one: over the
            chosen months, or else the newest that is over.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses import _subscribers, _subscriptions, conventions, mrr
    from ltvcli.analyses import reconcile as comparison
    from ltvcli.read import subscriptions
    from ltvcli.read.subscriptions import billing

    convention = conventions.convention(settings.as_ or conventions.STANDARD.name)
    if not inputs:
        raise NoFileError(command="mrr", example="subscriptions.csv")
    if by not in (None, BY):
        raise NotAChoiceError(name="--by", text=by, known=(BY,), example=f"--by {BY}")
    if by and reconcile:
        because = N_("each asks for a table of its own")
        raise ContradictionError(first="--reconcile", second="--by", because=because)
    period = (settings.from_, settings.to)
    with _read(inputs, settings, rejects, step, subscriptions.load) as (reading, engine):
        step(N_("Following MRR"))
        as_of = reading.as_of
        months = mrr.answer(engine, as_of, convention, *period)
        if not months:
            began = [one.first for one in reading.inputs if one.first]
            raise NoMonthShownError(first=min(began, default=as_of), last=as_of)
        plans = mrr.by_plan(engine, as_of, convention, *period) if by else ()
        over = [one.month for one in months if one.complete] or [months[-1].month]
        compared = (over[0] if any(period) else over[-1], over[-1]) if reconcile else ()
        names = dict.fromkeys((conventions.STANDARD.name, convention.name))
        asked = names if settings.as_ else conventions.CONVENTIONS
        comparisons = comparison.answer(engine, as_of, *compared, asked) if compared else ()
        counts_until_end = convention.churn_date == "ended" and settings.to is None
        leaving = mrr.leaving(engine, as_of) if counts_until_end else None
        step(N_("Following customers"))
        stays = _subscriptions.stays(engine, as_of, billing.of(engine).customers)
    report = MrrReport(
        command="mrr",
        version=__version__,
        as_of=as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given=_given(settings, MRR_SETTINGS),
        convention=convention.name,
        months=months,
        plans=plans,
        comparisons=comparisons,
        compared=compared,
        leaving=leaving,
        survival=_subscribers.survival(stays),
    )
    return _judged(settings, report)


def _load(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Reading:
    """Read sheets as what they hold, orders or subscriptions.

    Raises:
        MixedKindsError: they hold both.
    """
    from ltvcli.read import kind, orders

    kinds = {kind.of(sheet, settings.map): sheet.name for sheet in sheets}
    if len(kinds) > 1:
        raise MixedKindsError(**kinds)
    if "orders" in kinds:
        return orders.load(sheets, settings, engine)
    from ltvcli.read import subscriptions

    return subscriptions.load(sheets, settings, engine)


def _gather(engine: DuckDB, reading: Reading, settings: Settings) -> Facts | Subscriptions:
    """Add up what was read."""
    if reading.inputs[0].kind == "orders":
        from ltvcli import facts

        return facts.gather(engine, reading.as_of, settings.lapse_after)
    from ltvcli.analyses import _subscriptions
    from ltvcli.read.subscriptions import billing

    billed = billing.of(engine)
    return _subscriptions.gather(
        engine, reading.as_of, billed.customers, billed.amount, billed.dated
    )


@contextmanager
def _read(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None,
    step: Step,
    load: Callable[[Sequence[Sheet], Settings, DuckDB], Reading],
) -> Iterator[tuple[Reading, DuckDB]]:
    """Read files into an engine with `load`; everything temporary is gone afterwards."""
    from tempfile import TemporaryDirectory

    from ltvcli.engines import duckdb
    from ltvcli.read import files
    from ltvcli.read.rejects import write as write_rejects

    with TemporaryDirectory(prefix="ltv-") as folder:
        temp = Path(folder)
        step(N_("Opening the files"))
        sheets = files.open_all(inputs, settings, temp)
        paths = [sheet.path for sheet in sheets]
        with duckdb.open(paths, temp, settings.memory) as engine:
            step(N_("Reading the files"))
            reading = load(sheets, settings, engine)
            if rejects:
                write_rejects(engine, sheets, rejects)
            yield reading, engine


def _report(
    settings: Settings,
    found: Economics,
    reading: Reading | None = None,
    facts: Facts | Subscriptions | None = None,
) -> Report:
    currency = reading.currency if reading else settings.currency
    return Report(
        command="calc",
        version=__version__,
        as_of=facts.as_of if facts else None,
        currency=currency,
        horizon=found.horizon,
        basis=found.basis,
        inputs=reading.inputs if reading else (),
        given=_given(settings, described().keys() - ORDERS_ONLY if found.subscribers else None),
        figures=found.figures,
        methods=found.methods,
        verdict=found.verdict,
        payback_verdict=found.payback_verdict,
        evidence=_evidence(reading, facts, found) if reading and facts else None,
        tables=found.tables,
    )


def _given(settings: Settings, names: Collection[str] | None = None) -> Mapping[str, float | str]:
    """What was said, under the names it was said with, for the record."""
    said = {
        name: getattr(settings, name)
        for name in described()
        if name not in (*ONLY_SHOWN, "strict", "memory") and (names is None or name in names)
    }
    shown = {
        name.strip("_"): value.isoformat() if isinstance(value, date) else value
        for name, value in said.items()
        if value is not None
    }
    return shown | {f"map.{role}": column for role, column in settings.map.items()}


def _evidence(reading: Reading, facts: Facts | Subscriptions, found: Economics) -> Evidence:
    from ltvcli.facts import Facts

    of_orders = facts if isinstance(facts, Facts) else None
    of_subscriptions = None if isinstance(facts, Facts) else facts
    observed, triangle = facts.observed, facts.triangle
    new: dict[date, int] = {}
    for cohort, customers in zip(observed.cohort, observed.customers, strict=True):
        month = date(int(cohort) // 12, int(cohort) % 12 + 1, 1)
        new[month] = new.get(month, 0) + int(customers)
    revenue = float(of_orders.net_revenue if of_orders else triangle.revenue.sum())
    return Evidence(
        months=int(observed.observed_months.max(initial=0)),
        first=facts.first or facts.as_of,
        last=facts.as_of,
        rows_read=sum(one.rows_read for one in reading.inputs),
        rows_used=sum(one.rows_used for one in reading.inputs),
        no_customer_revenue=float(reading.no_customer_revenue),
        no_customer_beside=of_subscriptions.amount if of_subscriptions else None,
        net_revenue=revenue,
        largest_customer_revenue=facts.largest_customer_revenue,
        new_customers=dict(sorted(new.items())),
        cost_share=float(triangle.costed_revenue.sum()) / revenue if revenue > 0 else None,
        last_gap_days=of_orders.last_gap_days if of_orders else 0,
        lapse_sampled=of_orders is not None and of_orders.lapse_sampled,
        subscribers=found.subscribers,
    )


def _judged(settings: Settings, report: AnyReported) -> AnyReported:
    """Ask every check; the worst findings come first, and the first with an answer is offered."""
    modules = [registry.load(checks, name) for name in registry.names(checks)]
    asked = (one for one in modules if isinstance(report, getattr(one, "OF", Report)))
    found = [finding for one in asked if (finding := one.check(report)) is not None]
    found.sort(key=lambda finding: list(Severity).index(finding.severity))
    return replace(
        report, findings=tuple(found), next_command=_next_command(settings, report, found)
    )


def _next_command(settings: Settings, report: Run, findings: Sequence[Finding]) -> str:
    """Give the command worth typing next: this one again, with the option a finding asks for.

    With nothing left to ask for, it is the memo to keep.
    """
    import shlex

    memo = f"--format md --out {MEMO[report.command]}" if report.inputs else ""
    option = next((finding.option for finding in findings if finding.option), memo)
    again = ["ltv", report.command, *(one.path for one in report.inputs), *settings.typed]
    return f"{shlex.join(again)} {option}" if option else ""
