"""Evaluation of rules against the figures of each month: the steps of `ltv check`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.errors import NoFileError, NothingToReplayError
from ltvcli.language import N_
from ltvcli.pipeline import check_figures, report
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import VALUED, Statement
from ltvcli.results.check import CheckReport, RuleState, Watch
from ltvcli.settings import currency_signs
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.pipeline.check_figures import Measured
    from ltvcli.pipeline.check_states import Ledger, Outcome
    from ltvcli.results.check import Evaluation
    from ltvcli.settings.currency_signs import Sign
    from ltvcli.settings.rules import Rule

SETTINGS = (
    "as_of", "cac", "cac_lag", "currency", "customers", "date_format", "encoding", "exclude",
    "from_", "horizon", "margin", "min_customers", "new_since", "spend", "status_paid", "to",
)  # fmt: skip
"""Settings that change the answer."""


class Memory(Struct, frozen=True, kw_only=True):
    """How a run is remembered: `ledger` keeps states, `document` writes a report as JSON."""

    ledger: Ledger
    document: Callable[[CheckReport], Mapping[str, Any]]


def run(
    inputs: Sequence[Any],
    settings: Settings,
    rules: Sequence[Rule],
    memory: Memory | None = None,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> CheckReport:
    """Hold rules against the last whole month of exports of orders or of subscriptions.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given.
        rules: to be held.
        memory: how states go from run to run and who is notified; None for a run on its own.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or states cannot be kept.
    """
    from ltvcli.analyses.check import evaluate
    from ltvcli.pipeline import check_states

    if not inputs:
        raise NoFileError(command="check", example="orders.csv")
    measured = check_figures.measure(inputs, settings, rules, rejects, step)
    currency_signs.check(_signs(rules), measured.reading.currency)
    evaluations = {rule.name: evaluate.evaluate(rule, measured.months[rule.by]) for rule in rules}
    as_of = measured.reading.as_of
    if memory is None:
        watches = check_states.without_history(rules, evaluations, as_of)
        outcome = check_states.Outcome(watches=watches, reasons={})
    else:
        step(N_("Notifying"))
        outcome = _remembered(settings, rules, measured, evaluations, memory)
    made = replace(
        _report(settings, rules, measured, outcome.watches),
        kept=str(memory.ledger.path) if memory else "",
        undelivered=outcome.reasons,
        skipped={
            rule.name: names
            for rule in rules
            if (names := evaluate.skipped(rule, measured.months[rule.by]))
        },
    )
    return _with_closer(report.with_findings(settings, made), settings, rules)


def dry_run(
    inputs: Sequence[Any],
    settings: Settings,
    rules: Sequence[Rule],
    history: tuple[Path, str] | None = None,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> CheckReport:
    """Evaluate rules against all earlier months: nobody is notified, and nothing is recorded.

    Months are as they were reported where the history has them, else as they are known now.

    Args:
        inputs: paths, globs, "-" or pandas data frames; none means the history alone.
        settings: what was given.
        rules: to be held.
        history: file of the history, and path of the ltv.yaml; None for none.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        NothingToReplayError: there are neither files nor runs in the history.
        LtvError: the input cannot be used.
    """
    from ltvcli.analyses.check import replay, sentences
    from ltvcli.analyses.check.evaluate import Months
    from ltvcli.pipeline import check_replay

    known = check_replay.recorded(*history) if history else check_replay.Recorded()
    reading = None
    if inputs:
        measured = check_figures.measure(inputs, settings, rules, rejects, step)
        reading = measured.reading
        months = check_replay.as_reported(measured.months, known)
    elif known.figures:
        months = check_replay.without_files(known)
    else:
        raise NothingToReplayError
    currency_signs.check(_signs(rules), reading.currency if reading else known.currency)
    none = Months(segments=(), kind=known.kind)
    replays = tuple(replay.replay(rule, months.get(rule.by, none)) for rule in rules)
    made = CheckReport(
        command="check",
        version=__version__,
        as_of=reading.as_of if reading else None,
        currency=reading.currency if reading else known.currency,
        inputs=reading.inputs if reading else (),
        given=report.given_settings(settings, SETTINGS),
        says=(
            Statement(says=sentences.replayed(replays)),
            *(Statement(label=played.rule, says=sentences.replay_of(played)) for played in replays),
        ),
        terms=(sentences.basis_of_replay(len(known.months)),),
        main="replay",
        tables={"replay": replay.rows(replays)},
        replays=replays,
    )
    return replace(report.with_findings(settings, made), next_command="")


def _remembered(
    settings: Settings,
    rules: Sequence[Rule],
    measured: Measured,
    evaluations: Mapping[str, Sequence[Evaluation]],
    memory: Memory,
) -> Outcome:
    """Record the figures of this run, and go on from the states of the one before."""
    from ltvcli.pipeline import check_states
    from ltvcli.record import history_file, runs, settings_then

    reading, ledger = measured.reading, memory.ledger
    occasion = check_states.Occasion(
        as_of=reading.as_of,
        currency=reading.currency,
        closer=lambda rule: closer(settings, _files(measured), measured.kind, rule.by),
    )
    new = runs.NewRun(
        at=ledger.now,
        version=__version__,
        command="check",
        as_of=reading.as_of,
        inputs=reading.inputs,
        settings=settings_then.document(settings),
        settings_hash=settings_then.settings_hash(settings),
        document=memory.document(_report(settings, rules, measured, ())),
        folder=settings_then.folder_now(),
    )
    with history_file.opened(ledger.path) as history:
        number = runs.add(history, new).number
        return check_states.with_history(rules, evaluations, occasion, ledger, history, number)


def _signs(rules: Sequence[Rule]) -> list[Sign]:
    return [sign for rule in rules for sign in rule.signs]


def _report(
    settings: Settings, rules: Sequence[Rule], measured: Measured, watches: Sequence[Watch]
) -> CheckReport:
    from ltvcli.analyses.check import answer, sentences
    from ltvcli.analyses.review.figures import AT_HORIZON
    from ltvcli.settings.conditions import figures

    named = {figure for rule in rules for figure in figures(rule.condition)}
    reading = measured.reading
    tables = {
        "rules": answer.rules(watches),
        "why": answer.why(watches),
        "figures": tuple(
            row
            for by, months in measured.months.items()
            for row in answer.figures(by, months.segments)
        ),
    }
    everyone = measured.months[""].segments[0]
    horizon = everyone.horizon if named & AT_HORIZON else 0
    return CheckReport(
        command="check",
        version=__version__,
        as_of=reading.as_of,
        currency=reading.currency,
        inputs=reading.inputs,
        given=report.given_settings(settings, SETTINGS),
        horizon=horizon or None,
        basis=("margin" if everyone.is_margin else "revenue") if horizon else None,
        terms=tuple(sentences.terms(horizon, is_margin=everyone.is_margin)),
        says=(
            Statement(says=sentences.headline(watches)),
            *(
                statement
                for watch in watches
                if watch.standing.state is not RuleState.OK
                for statement in sentences.statements(watch)
            ),
        ),
        main="rules",
        tables={name: rows for name, rows in tables.items() if rows},
        watches=tuple(watches),
    )


def _files(measured: Measured) -> list[str]:
    return [file.path for file in measured.reading.inputs if file.kind in VALUED]


def _with_closer(
    check_report: CheckReport, settings: Settings, rules: Sequence[Rule]
) -> CheckReport:
    """Offer the command that looks closer at the first rule that fires."""
    firing = [
        watch.evaluation.rule
        for watch in check_report.watches
        if watch.standing.state is RuleState.FIRING
    ]
    if not firing:
        return check_report
    rule = next(rule for rule in rules if rule.name == firing[0])
    files = [file for file in check_report.inputs if file.kind in VALUED]
    command = closer(settings, [file.path for file in files], files[0].kind, rule.by)
    return replace(check_report, next_command=command)


def closer(settings: Settings, files: Sequence[str], kind: str, by: str) -> str:
    """Return the command that shows the reasons for a figure.

    Args:
        settings: what was typed.
        files: that were read.
        kind: of the files.
        by: what the rule segments customers by.
    """
    import shlex

    words = ["ltv", "review", *files, *settings.typed, *(["--by", by] if by else [])]
    return shlex.join(words)
