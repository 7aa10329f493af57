"""Effects of changes: the steps of `ltv whatif`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import Estimate, Report, SettingsSource, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.settings.changes import Change, signs
from ltvcli.settings.origins import override
from ltvcli.settings.plans import Plans
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.whatif.answer import WhatIf


def run(
    inputs: Sequence[Any],
    settings: Settings,
    changes: Sequence[Change] = (),
    plans: Plans | None = None,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> WhatIfReport:
    """Change the levers of customer value, from exports or from given numbers.

    Args:
        inputs: paths, globs, "-" or pandas data frames; none means numbers only.
        settings: what was given: the baseline.
        changes: what becomes of levers, at most one a lever.
        plans: elasticities and initiatives.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: a change that cannot be, or the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.cohorts import left_truncation
    from ltvcli.analyses.whatif import answer

    plans = plans or Plans()
    settings = override(settings, signs={**settings.signs, **signs(changes)})
    if not inputs:
        answered = answer.answer(settings, None, changes, plans)
        return _reported(
            settings, answered, changes, plans, report.report(settings, answered.before)
        )
    with load.load(inputs, settings, rejects, step, command="whatif") as loaded:
        step(N_("Valuing customers"))
        facts, costs = loaded.facts, loaded.acquisition
        answered = answer.answer(settings, facts, changes, plans, costs)
        truncation = left_truncation.find_in_orders(facts, settings)
        base = report.report(settings, answered.before, loaded.reading, facts, costs, truncation)
    return _reported(settings, answered, changes, plans, base)


def _reported(
    settings: Settings, what_if: WhatIf, changes: Sequence[Change], plans: Plans, base: Report
) -> WhatIfReport:
    """Build the report, with the warnings of `ltv calc`."""
    whatif_report = WhatIfReport(
        command="whatif",
        version=__version__,
        as_of=base.as_of,
        currency=base.currency,
        inputs=base.inputs,
        left_truncation=base.left_truncation,
        given={**base.given, **{f"change.{change.lever}": change.text for change in changes}},
        horizon=base.horizon,
        basis=base.basis,
        says=what_if.says,
        terms=what_if.terms,
        main="levers",
        tables=what_if.tables,
        before=what_if.before.verdict,
        after=what_if.after.verdict,
        changed=tuple(change.lever for change in changes),
        links={moved: tuple(movers) for moved, movers in plans.elasticities.items()},
        stage=settings.stage,
        growth=settings.growth is not None,
        cac=_value(what_if.before.figures.cac),
        cac_marginal=_value(what_if.before.figures.cac_marginal),
    )
    planned = [sign for initiative in plans.initiatives for sign in initiative.signs]
    judged = report.with_findings(settings, whatif_report, signs=planned)
    judged = replace(judged, settings=_with_plans(judged.settings, settings, plans.in_file))
    known = {finding.check for finding in judged.findings}
    warned = [
        finding
        for finding in report.with_findings(settings, base).findings
        if finding.severity is not Severity.INFO and finding.check not in known
    ]
    findings = sorted(
        [*judged.findings, *warned], key=lambda warning: list(Severity).index(warning.severity)
    )
    return replace(judged, findings=tuple(findings))


def _with_plans(
    sources: tuple[SettingsSource, ...], settings: Settings, planned: Sequence[str]
) -> tuple[SettingsSource, ...]:
    """Name the file of elasticities and initiatives, too."""
    if not planned:
        return sources
    known = {settings_source.source: settings_source for settings_source in sources}
    names = known[settings.file].names if settings.file in known else ()
    file = SettingsSource(
        source=settings.file,
        names=(*names, *planned),
        elsewhere=settings.file_elsewhere,
    )
    return tuple((known | {settings.file: file}).values())


def _value(figure: Estimate | None) -> float | None:
    return figure.value if figure else None
