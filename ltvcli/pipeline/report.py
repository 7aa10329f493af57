"""Build the report of a run: data, figures, findings and the next command."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from ltvcli import __version__, checks, registry
from ltvcli.errors import OptionUnusedError
from ltvcli.results import TYPED_BARE, Finding, Report, Run, SettingsSource, Severity
from ltvcli.settings import currency_signs
from ltvcli.settings.currency_signs import Sign
from ltvcli.settings.origins import FOR_THIS_RUN
from ltvcli.settings.settings import ONLY_SHOWN, Settings, described

if TYPE_CHECKING:
    from ltvcli.analyses.calc.answer import Economics
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.recognise import Kind
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.results.evidence import Evidence
    from ltvcli.results.left_truncation import LeftTruncation

ORDERS_ONLY = {"lapse_after", "from_", "to", "customers", "cost_to_serve"}
"""Settings that do not apply to subscriptions; refused if typed, ignored in a file."""
UNRECORDED = (*ONLY_SHOWN, "strict", "memory", "id_key")
"""Settings that are not in the record of a run, used or not."""
MEMO = {"calc": "ltv.md"}
"""Where the whole of an answer may be kept, if not under the name of the command."""

NOTHING_SAID = Settings()
AnyReported = TypeVar("AnyReported", bound=Run)


def report(
    settings: Settings,
    economics: Economics,
    reading: Reading | None = None,
    facts: Facts | Subscriptions | None = None,
    acquisition: Acquisition | None = None,
    left_truncation: LeftTruncation | None = None,
) -> Report:
    """Return the report of a valuation: data, figures and grades.

    Args:
        settings: what was given.
        economics: the valued customers.
        reading: what was read; None if only numbers were given.
        facts: sums of it.
        acquisition: spend and new customers, if known.
        left_truncation: whether the data begins after the business did.
    """
    currency = reading.currency if reading else settings.currency
    return Report(
        command="calc",
        version=__version__,
        as_of=facts.as_of if facts else None,
        currency=currency,
        horizon=economics.horizon,
        basis=economics.basis,
        inputs=reading.inputs if reading else (),
        given=given_settings(
            settings, described().keys() - ORDERS_ONLY if economics.subscribers else None
        ),
        acquisition=acquisition,
        left_truncation=left_truncation,
        figures=economics.figures,
        methods=economics.methods,
        verdict=economics.verdict,
        payback_verdict=economics.payback_verdict,
        evidence=_evidence(reading, facts, economics) if reading and facts else None,
        tables={
            **economics.tables,
            **({"acquisition": acquisition.by_month} if acquisition else {}),
        },
    )


def applicable(names: Collection[str], kind: Kind) -> Collection[str]:
    """Return those settings of a question that apply to files of a kind."""
    return names if kind == "orders" else set(names) - ORDERS_ONLY


def given_settings(
    settings: Settings, names: Collection[str] | None = None
) -> Mapping[str, float | str]:
    """Return the settings that were given, under their names, for the record."""
    chosen = {
        name: getattr(settings, name)
        for name in described()
        if name not in UNRECORDED and (names is None or name in names)
    }
    shown = {
        name.strip("_"): _plain(value)
        for name, value in chosen.items()
        if value != getattr(NOTHING_SAID, name)
    }
    words = {f"words.{word}": meaning for word, meaning in settings.words.items()}
    return shown | words | {f"map.{role}": column for role, column in settings.map.items()}


def settings_of_kind(
    settings: Settings, names: Collection[str], kind: Kind
) -> Mapping[str, float | str]:
    """Return those settings of a question that were given and apply to files of a kind.

    Args:
        settings: all settings.
        names: of the settings that change the answer.
        kind: of the files that were loaded.
    """
    from ltvcli.pipeline.kind_settings import without_roles_of_other_kind

    return given_settings(without_roles_of_other_kind(kind, settings), applicable(names, kind))


def refuse_unused(settings: Settings, report: Run) -> None:
    """Refuse flags and keyword arguments that were given but changed nothing in an answer.

    Args:
        settings: what was given.
        report: the answer, with the settings that it used.

    Raises:
        OptionUnusedError: there is one.
    """
    for name in (name for name in described() if name not in UNRECORDED):
        key = name.strip("_")
        origin = settings.origin.get(key)
        says_more = getattr(settings, name) != getattr(NOTHING_SAID, name)
        if origin in ("flag", "python") and says_more and key not in report.given:
            option = key if origin == "python" else f"--{key.replace('_', '-')}"
            raise OptionUnusedError(option=option, command=report.command)


def _plain(value: Any) -> float | str:
    if isinstance(value, tuple):
        return ", ".join(value)
    plain: float | str = value.isoformat() if isinstance(value, date) else value
    return plain


def _evidence(reading: Reading, facts: Facts | Subscriptions, economics: Economics) -> Evidence:
    from ltvcli.facts.orders import Facts
    from ltvcli.results.evidence import Evidence

    of_orders = facts if isinstance(facts, Facts) else None
    of_subscriptions = None if isinstance(facts, Facts) else facts
    observed = facts.observed
    new: dict[date, int] = {}
    for cohort, customers in zip(observed.cohort, observed.customers, strict=True):
        month = date(int(cohort) // 12, int(cohort) % 12 + 1, 1)
        new[month] = new.get(month, 0) + int(customers)
    revenue = float(of_orders.net_revenue if of_orders else facts.triangle.revenue.sum())
    return Evidence(
        months=int(observed.observed_months.max(initial=0)),
        first=facts.first or facts.as_of,
        last=facts.as_of,
        rows_read=sum(file.rows_read for file in reading.inputs),
        rows_used=sum(file.rows_used for file in reading.inputs),
        no_customer_revenue=float(reading.no_customer_revenue),
        no_customer_beside=of_subscriptions.amount if of_subscriptions else None,
        net_revenue=revenue,
        largest_customer_revenue=facts.largest_customer_revenue,
        new_customers=dict(sorted(new.items())),
        last_gap_days=of_orders.last_gap_days if of_orders else 0,
        lapse_sampled=of_orders is not None and of_orders.lapse_sampled,
        subscribers=economics.subscribers,
    )


def with_findings(
    settings: Settings,
    report: AnyReported,
    parts: Sequence[Run] = (),
    used: Collection[str] | None = None,
    signs: Sequence[Sign] = (),
) -> AnyReported:
    """Run the checks, name the sources of settings, and add the command to type next.

    The worst findings come first; the first with an option is offered.

    Args:
        settings: what was given.
        report: what was found.
        parts: of the report, with the common findings of all runs.
        used: names of the settings that were used; None for those in `report.given`.
        signs: currency signs of amounts that are no settings.

    Raises:
        UsageError: a typed amount is in another currency than the data, or than another amount.
    """
    names = report.given if used is None else used
    of_settings = [sign for name, sign in settings.signs.items() if name in names]
    currency_signs.check([*of_settings, *signs], report.currency)
    kinds = [report.kind, "every-report"] if report.inputs and not parts else [report.kind]
    folders = [registry.load(checks, kind) for kind in kinds]
    modules = [registry.load(folder, name) for folder in folders for name in registry.names(folder)]
    findings: list[Finding] = [
        finding for module in modules if (finding := module.check(report)) is not None
    ]
    findings.sort(key=lambda finding: (list(Severity).index(finding.severity), finding.check))
    earlier = [finding for part_report in parts for finding in part_report.findings]
    next_command = _next_command(settings, report, [*findings, *earlier])
    return replace(
        report,
        settings=sources(settings, names),
        findings=tuple(findings),
        next_command=next_command,
    )


def sources(settings: Settings, names: Collection[str]) -> tuple[SettingsSource, ...]:
    """Name the file and the variables that settings came from.

    Args:
        settings: what was given.
        names: of the settings that the run used, as they are written.
    """
    used = [*names, *(["strict"] if settings.strict else [])]
    by_source: dict[str, list[str]] = {}
    for name in used:
        origin = settings.origin.get(name, "flag")
        if origin not in FOR_THIS_RUN:
            is_variable = origin.startswith("LTV_")
            by_source.setdefault(origin if is_variable else settings.file, []).append(name)
    return tuple(
        SettingsSource(
            source=source,
            names=tuple(of_source),
            elsewhere=settings.file_elsewhere and source == settings.file,
        )
        for source, of_source in by_source.items()
    )


def memo(command: str, words: Sequence[str]) -> str:
    """Return the command that saves the complete answer, from the typed words."""
    import shlex

    file = MEMO.get(command, f"{command}.md")
    return f"{shlex.join(['ltv', command, *words])} --format md --out {file}"


def _next_command(settings: Settings, report: Run, findings: Sequence[Finding]) -> str:
    """Return the next command: this one again, with the option that a finding suggests.

    With nothing left to ask for, it is the memo to keep.
    """
    import shlex

    memo = MEMO.get(report.command, f"{report.command}.md")
    memo = f"--format md --out {memo}" if report.inputs else ""
    option = next((finding.option for finding in findings if finding.option), memo)
    bare = (file for file in report.inputs if file.kind in TYPED_BARE)  # others follow a flag
    files = (file.path for file in bare if file.source is None)
    again = ["ltv", report.command, *files, *settings.typed]
    return f"{shlex.join(again)} {option}" if option else ""
