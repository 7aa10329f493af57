"""The value of a customer: the steps of `ltv calc`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.errors import TwoCurrenciesError
from ltvcli.language import N_
from ltvcli.pipeline import report
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import Report
from ltvcli.settings import changes
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.calc.answer import Economics
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.pipeline.load import Files, Loaded
    from ltvcli.results.combined import CombinedReport
    from ltvcli.results.levers import Levers, OnCommandLineOnly
    from ltvcli.settings.plans import Elasticities


def run(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> Report | CombinedReport:
    """Value a customer from exports of orders or of subscriptions, or from given numbers alone.

    Exports of both give a report of each, and the combined revenue of customers.

    Args:
        inputs: paths, globs, "-" or pandas data frames; none means numbers only.
        settings: what was given; see ltvcli.settings.settings.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.calc import answer

    if not inputs:
        worth = answer.answer(settings, None)
        numbers = replace(
            report.report(settings, worth),
            levers=_levers(inputs, settings, worth, settings.currency),
        )
        return report.with_findings(settings, numbers)
    from ltvcli.pipeline import load

    with load.opened(inputs, settings, step) as files:
        if len(files.kinds) > 1:
            return _combined(files, settings, rejects, step)
        kind = next(iter(files.kinds))
        with load.load_kind(files, kind, settings, rejects, step, by="channel") as loaded:
            valued, worth = _valued(loaded, step)
            return replace(valued, levers=_levers(inputs, settings, worth, valued.currency))


def _levers(
    inputs: Sequence[Any], settings: Settings, worth: Economics, currency: str | None
) -> Levers | OnCommandLineOnly | None:
    """Return what a page can change, or why only the command line can; None if neither can."""
    from ltvcli.analyses.whatif import sliders

    words, typed = changes.of_whatif(settings.typed)
    files = [source for source in inputs if isinstance(source, str)]
    if worth.prepared is None or len(files) < len(inputs):
        return None
    links: Elasticities = {}
    if settings.file:
        from ltvcli.settings import plans

        links = plans.find(inputs).elasticities
    return sliders.sliders(
        worth.prepared,
        worth.verdict.method,
        currency,
        ["ltv", "whatif", *files, *words],
        typed,
        links,
        strict=settings.strict,
    )


def _valued(loaded: Loaded[Facts | Subscriptions], step: Step) -> tuple[Report, Economics]:
    """Value customers of one kind: the report, and its inputs."""
    from ltvcli.analyses.calc import answer
    from ltvcli.analyses.cohorts import left_truncation

    step(N_("Valuing customers"))
    settings, facts, costs = loaded.settings, loaded.facts, loaded.acquisition
    worth = answer.answer(settings, facts, costs)
    truncation = left_truncation.find_in_orders(facts, settings)
    valued = report.report(settings, worth, loaded.reading, facts, costs, truncation)
    return report.with_findings(settings, valued), worth


def _combined(files: Files, settings: Settings, rejects: Path | None, step: Step) -> CombinedReport:
    """Value orders and subscriptions one after the other, then match their customers.

    Raises:
        TwoCurrenciesError: they are in different ones.
    """
    from ltvcli.analyses import combined
    from ltvcli.pipeline import load
    from ltvcli.pipeline.kind_settings import without_spend
    from ltvcli.read import emails
    from ltvcli.results.combined import CombinedReport

    def valued(loaded: Loaded[Facts | Subscriptions]) -> Report:
        """Value customers of one kind, and keep them to be matched."""
        single, _ = _valued(loaded, step)
        step(N_("Matching customers"))
        emails.add(loaded.engine, loaded.kind, loaded.sheets, loaded.settings.map)
        if loaded.kind == "orders":
            emails.keep(loaded.engine, files.temp)
        else:
            kept = (files.temp / emails.CUSTOMERS, files.temp / emails.EMAILS)
            matches.append(combined.answer(loaded.engine, *kept))
        return replace(single, next_command="")

    settings = without_spend(settings)
    matches: list[tuple[Any, Any]] = []
    orders, subscriptions = load.load_each(files, settings, rejects, step, valued)
    ((rows, matched),) = matches
    codes = {single.currency for single in (orders, subscriptions)} - {None}
    if len(codes) > 1:
        raise TwoCurrenciesError(orders=orders.currency, subscriptions=subscriptions.currency)
    both = CombinedReport(
        command="calc",
        version=__version__,
        as_of=orders.as_of if orders.as_of == subscriptions.as_of else None,
        currency=next(iter(codes), None),
        inputs=orders.inputs + subscriptions.inputs,
        given=report.given_settings(settings),
        orders=orders,
        subscriptions=subscriptions,
        matched=matched,
        tables={"together": rows},
    )
    return report.with_findings(settings, both, parts=[orders, subscriptions])
