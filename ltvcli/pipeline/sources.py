"""How files are read: the steps of `ltv sources FILE`, which reads them as `ltv calc` does."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from ltvcli import __version__
from ltvcli.errors import LtvError, NotOrdersError
from ltvcli.language import N_
from ltvcli.pipeline import kind_settings, read_files, report, source_further
from ltvcli.pipeline.source_files import describe, describe_partly, describe_unopened, refused_by
from ltvcli.pipeline.source_further import EXPORTS
from ltvcli.pipeline.source_tables import tables
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import Sentence, Statement
from ltvcli.results.sources import (
    SourceFile,
    SourcesReport,
)
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.recognise import Kind

SETTINGS = (
    "as_of", "currency", "date_format", "encoding", "exclude", "from_", "new_since", "spend",
    "status_paid", "to",
)  # fmt: skip
"""Settings that change the answer."""
READ = N_("{count} {count:file|files} can be read.")
READ_ONE = N_("{file} can be read: it holds {kind}.")
REFUSED = N_("{count} of {all} {all:file|files} cannot be read.")
REFUSED_ONE = N_("{file} cannot be read.")


def run(
    inputs: Sequence[Any],
    settings: Settings,
    step: Step = unwatched,
) -> SourcesReport:
    """Read files as `ltv calc` would, and describe the role of each column.

    A file that cannot be read is shown as far as it was understood, with the error.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given; `spend` names files of spend.
        step: called with the name of each step as it begins.
    """
    from ltvcli.engines import _early_connection

    with TemporaryDirectory(prefix="ltv-") as folder, _early_connection.allowed():
        sheets, unopened = _opened(inputs, settings, Path(folder), step)
        groups = _groups(sheets, settings)
        if settings.spend:
            with_spend = read_files.open_spend(settings, Path(folder))
            groups["spend"] = [*groups.get("spend", ()), *with_spend]
        files = [
            file
            for kind, group in groups.items()
            for file in _read(kind, group, groups, Path(folder), settings, step)
        ]
    order = [sheet.name for sheet in sheets]
    files.sort(key=lambda file: order.index(file.path) if file.path in order else len(order))
    files += [describe_unopened(name, error) for name, error in unopened]
    return _report(files, settings)


def _opened(
    inputs: Sequence[Any], settings: Settings, temp: Path, step: Step
) -> tuple[list[Sheet], list[tuple[str, LtvError]]]:
    """Open all files; if that fails, each file by itself."""
    from ltvcli.read.files import open_files as files

    step(N_("Opening the files"))
    without_spend = kind_settings.without_spend_roles(settings)
    (temp / "all").mkdir()
    try:
        return files.open_all(inputs, without_spend, temp / "all"), []
    except LtvError as error:
        if len(inputs) == 1:
            return [], [(str(inputs[0]), error)]
    sheets: list[Sheet] = []
    unopened: list[tuple[str, LtvError]] = []
    for number, path in enumerate(inputs):
        (temp / f"alone-{number}").mkdir()
        try:
            sheets += files.open_all([path], without_spend, temp / f"alone-{number}")
        except LtvError as error:
            unopened.append((str(path), error))
    return sheets, unopened


def _groups(sheets: Sequence[Sheet], settings: Settings) -> dict[str, list[Sheet]]:
    """Sort sheets by kind, as `ltv calc` does, which refuses all but exports."""
    from ltvcli.read import further
    from ltvcli.read import recognise as kind

    of_exports = kind_settings.without_roles(settings, *further.PREFIX.values())
    valued = kind_settings.without_spend_roles(of_exports)
    chosen, saved = valued.map, kind_settings.saved_roles(valued)
    spend: list[Sheet] = []
    exports: list[Sheet] = []
    groups: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        if (known := further.kind_of(sheet.header, settings.map)) is not None:
            groups.setdefault(known, []).append(sheet)
            continue
        try:
            kind.split([sheet], chosen, saved)
        except NotOrdersError as error:
            (spend if error.facts["because"] == kind.SPEND else exports).append(sheet)
        else:
            exports.append(sheet)
    if exports:
        for name, group in kind.split(exports, chosen, saved).items():
            groups[name] = group
    if spend:
        groups["spend"] = spend
    return groups


def _read(
    kind: str,
    sheets: Sequence[Sheet],
    groups: Mapping[str, Sequence[Sheet]],
    temp: Path,
    settings: Settings,
    step: Step,
) -> list[SourceFile]:
    """Read files of one kind together; if that fails, each by itself."""
    chosen = _settings_of(kind, settings, groups)
    exports = _exports(kind, settings, groups)
    try:
        return _loaded(kind, sheets, temp, chosen, step, exports)
    except LtvError as error:
        if len(sheets) == 1:
            return [describe_partly(kind, sheets[0], temp, chosen, error)]
        first = error
    files = []
    for sheet in sheets:
        try:
            files += _loaded(kind, [sheet], temp, _settings_for(sheet, chosen), step, exports)
        except LtvError as error:
            files.append(describe_partly(kind, sheet, temp, chosen, error))
    if not any(file.refused for file in files):  # only together they cannot be read
        files = [replace(file, refused=refused_by(first)) for file in files]
    return files


def _settings_for(sheet: Sheet, settings: Settings) -> Settings:
    """Return the settings without words and values to exclude that may be of another file."""
    from ltvcli.read.columns import excluded_values

    exclude = tuple(text for text in settings.exclude if excluded_values.has_column(text, [sheet]))
    origin = {
        name: origin
        for name, origin in settings.origin.items()
        if name not in ("exclude", "status_paid") and not name.startswith("words.")
    }
    return override(settings, exclude=exclude, origin=origin)


def _settings_of(name: str, settings: Settings, groups: Mapping[str, Sequence[Sheet]]) -> Settings:
    from ltvcli.read import further

    if name == "spend" or name in further.PREFIX:
        return settings
    kind = cast("Kind", name)
    of_exports = kind_settings.without_roles(settings, *further.PREFIX.values())
    without_spend = kind_settings.without_spend_roles(of_exports)
    valued: Any = {export: groups[export] for export in EXPORTS if export in groups}
    of_kind = kind_settings.without_roles_of_other_kind(kind, without_spend)
    return of_kind if len(valued) == 1 else kind_settings.settings_of(kind, of_kind, valued)


def _exports(
    kind: str, settings: Settings, groups: Mapping[str, Sequence[Sheet]]
) -> tuple[Kind, Sequence[Sheet], Settings] | None:
    """Return the exports to match events with; None unless they are of one kind."""
    kinds = [name for name in EXPORTS if name in groups]
    if kind != "events" or len(kinds) != 1:
        return None
    (exports,) = kinds
    return cast("Kind", exports), groups[exports], _settings_of(exports, settings, groups)


def _loaded(
    kind: str,
    sheets: Sequence[Sheet],
    temp: Path,
    settings: Settings,
    step: Step,
    exports: tuple[Kind, Sequence[Sheet], Settings] | None = None,
) -> list[SourceFile]:
    """Read files of one kind.

    Args:
        kind: of the files.
        sheets: opened.
        temp: private folder.
        settings: what was given.
        step: called with the name of each step.
        exports: whose customers events are matched with, their kind and settings.
    """
    read: Any = partial(read_files.read_sheets, cast("Kind", kind))
    further: Sequence[Sheet] = ()
    if kind == "spend":
        read = _load_spend
    elif exports is not None:
        read, further = partial(source_further.load_matched, *exports), exports[1]
    elif kind not in EXPORTS:
        read = partial(source_further.load, kind)
    with read_files.stored(sheets, temp, settings, None, step, read, further) as (reading, engine):
        return [
            describe(kind, sheet, settings, engine, read, reading.currency)
            for sheet, read in zip(sheets, reading.inputs, strict=True)
        ]


def _load_spend(sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> Any:
    from ltvcli.read import spend

    return spend.load(sheets, settings, engine)


def _report(files: Sequence[SourceFile], settings: Settings) -> SourcesReport:
    refused = [file for file in files if file.refused]
    if len(files) == 1:
        text = REFUSED_ONE if refused else READ_ONE
    else:
        text = REFUSED if refused else READ
    kinds = {
        "orders": N_("orders"),
        "subscriptions": N_("subscriptions"),
        "spend": N_("spend"),
        "deals": N_("deals"),
        "survey": N_("survey answers"),
        "cancellations": N_("cancellations"),
        "events": N_("events"),
    }
    headline = Sentence(
        text,
        {
            "file": files[0].path,
            "kind": kinds.get(files[0].kind or "", ""),
            "count": len(refused) if refused else len(files),
            "all": len(files),
        },
    )
    says = [Statement(says=headline)]
    for file in files:
        if file.refused:
            says.append(Statement(label=N_("Error"), says=file.refused.problem))
            says.append(Statement(label=N_("Hint"), says=file.refused.hint))
    sources_report = SourcesReport(
        command="sources",
        version=__version__,
        as_of=None,
        currency=next((file.currency for file in files if file.currency), None),
        inputs=tuple(file.read for file in files if file.read),
        given=report.given_settings(settings, SETTINGS),
        says=tuple(says),
        main="columns",
        tables=tables(files),
        files=tuple(files),
    )
    judged = report.with_findings(settings, sources_report)
    # The number of excluded rows is shown with each file.
    findings = tuple(finding for finding in judged.findings if finding.check != "rows-set-aside")
    next_command = "" if refused else _next(files, settings)
    return replace(judged, findings=findings, next_command=next_command)


def _next(files: Sequence[SourceFile], settings: Settings) -> str:
    """Return the command that reads the files in this way.

    Subscriptions say themselves when they end: `ltv calc` takes no --from or --to for them, but
    `ltv mrr` does.
    """
    kinds = {file.kind for file in files}
    valued = [file.path for file in files if file.kind in EXPORTS]
    if command := source_further.next_command(files, settings):
        return command
    valued = valued or ["orders.csv"]
    spent = [word for file in files if file.kind == "spend" for word in ("--spend", file.path)]
    options = [] if settings.spend else spent
    typed = list(settings.typed)
    if "subscriptions" in kinds and "orders" not in kinds and (settings.from_ or settings.to):
        if kinds == {"subscriptions"} and not settings.new_since:
            return shlex.join(["ltv", "mrr", *valued, *typed])
        typed = _without(typed, ("--from", "--to"))
    return shlex.join(["ltv", "calc", *valued, *typed, *options])


def _without(typed: Sequence[str], names: Collection[str]) -> list[str]:
    """Return the typed words without some options and their values.

    >>> _without(["--to", "2026-01-31", "--as-of=2026-02-28"], ("--to",))
    ['--as-of=2026-02-28']
    """
    kept: list[str] = []
    words = iter(typed)
    for word in words:
        if word in names:
            next(words, None)
        elif word.partition("=")[0] not in names:
            kept.append(word)
    return kept
