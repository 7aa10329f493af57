"""One file of `ltv sources`: its format, and the roles of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.errors import LtvError, ParquetBrokenError
from ltvcli.results import InputFile, Sentence
from ltvcli.results.sources import (
    CONTENT,
    PROFILE,
    STATUS,
    TYPED,
    USUAL,
    Refused,
    SourceColumn,
    SourceFile,
)
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.columns.mapping import Columns
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.profiles import Profile

_SAMPLES = 3  # cells of a column that are shown
_LOOKED_AT = 200  # rows they are taken from


def describe(
    kind: str,
    sheet: Sheet,
    settings: Settings,
    engine: DuckDB,
    read: InputFile,
    currency: str | None,
) -> SourceFile:
    """Describe a file that was read.

    Args:
        kind: what the file holds.
        sheet: what was opened.
        settings: what was given.
        engine: holds what was read.
        read: the record of the file.
        currency: of its amounts, if known.
    """
    from ltvcli.read import profiles

    profile = profiles.load(read.profile)
    meant = _meant(kind, sheet, settings, engine)
    place = {role: sheet.header.index(name) for role, name in read.columns.items()}
    if meant:
        same = {role for role, name in meant.named().items() if read.columns.get(role) == name}
        place |= {role: at for role, at in meant.position.items() if role in same}
    reasons = dict.fromkeys(place, PROFILE if profile.recognise else USUAL)
    by_content = str(read.alerts.get("columns-by-content", {}).get("roles", "")).split(", ")
    reasons |= {role: CONTENT for role in by_content if role in place}
    reasons |= {role: TYPED for role in settings.map if role in place}
    watched = {word.column for word in read.statuses}
    watched |= _excluding(sheet, profile)
    watched |= _excluded_by_user(sheet, settings)
    return replace(
        _form(kind, sheet),
        profile=profile.name,
        label=profile.label,
        recognised_by=_recognised_by(sheet, profile.recognise),
        columns=_columns(sheet, engine, place, reasons, watched),
        currency=currency,
        read=read,
    )


def describe_partly(
    kind: str,
    sheet: Sheet,
    temp: Path,
    settings: Settings,
    error: LtvError,
) -> SourceFile:
    """Describe a file that cannot be read as far as it was understood.

    Args:
        kind: what the file holds, as far as that is known.
        sheet: what was opened.
        temp: private folder.
        settings: what was given.
        error: why it cannot be read.
    """
    from ltvcli.engines import duckdb

    place: Mapping[str, int] = {}
    reasons: dict[str, str] = {}
    known = replace(_form(kind, sheet), refused=refused_by(error, _again(kind, sheet, settings)))
    if isinstance(error, ParquetBrokenError):
        return known  # no cell can be read
    with duckdb.open(sheet.paths, temp, settings.memory) as engine:
        engine.define_macros(
            "read/macros",
            "read/dates",
            "read/totals",
            "read/subscriptions/macros",
            "read/spend/macros",
        )
        meant = _meant(kind, sheet, settings, engine)
        if meant:
            place = meant.position
            profile = meant.profile
            reasons = dict.fromkeys(place, PROFILE if profile.recognise else USUAL)
            reasons |= dict.fromkeys(meant.by_content, CONTENT)
            known = replace(
                known,
                profile=profile.name,
                label=profile.label,
                recognised_by=_recognised_by(sheet, profile.recognise),
            )
        elif isinstance(known_columns := error.facts.get("positions"), Mapping):
            place = known_columns
            generic = error.facts.get("is_generic")
            reasons = dict.fromkeys(place, USUAL if generic else PROFILE)
        else:
            place, reasons = _by_header(kind, sheet)
        reasons |= {role: TYPED for role in settings.map if role in place}
        return replace(known, columns=_columns(sheet, engine, place, reasons, set()))


def _meant(kind: str, sheet: Sheet, settings: Settings, engine: DuckDB) -> Columns | None:
    """Return the roles of the columns; None if they are unclear."""
    from ltvcli.read.columns import by_content as recognition
    from ltvcli.read.subscriptions import recognition as of_subscriptions

    try:
        if kind == "orders":
            return recognition.understand(engine, sheet, settings.map)
        if kind == "subscriptions":
            return of_subscriptions.understand(engine, sheet, settings.map).columns
    except LtvError:
        pass
    return None


def _by_header(kind: str, sheet: Sheet) -> tuple[dict[str, int], dict[str, str]]:
    """Find the columns with clear headers, if some are unclear."""
    from ltvcli.read import profiles
    from ltvcli.read.columns.header_lookup import first_tier, recognise

    usual = {
        "orders": profiles.GENERIC,
        "subscriptions": profiles.GENERIC_SUBSCRIPTIONS,
        "spend": profiles.GENERIC_SPEND,
        "deals": profiles.GENERIC_DEALS,
        "survey": profiles.GENERIC_SURVEY,
        "cancellations": profiles.GENERIC_CANCELLATIONS,
    }
    known = recognise(sheet.header, kind)
    tiers = profiles.load(known or usual[kind]).columns
    hits = {role: first_tier(sheet.header, aliases) for role, aliases in tiers.items()}
    place = {role: positions[0] for role, positions in hits.items() if len(positions) == 1}
    return place, dict.fromkeys(place, PROFILE if known else USUAL)


def _form(kind: str, sheet: Sheet) -> SourceFile:
    """Describe the format of a file."""
    from ltvcli.read.files import file_type as kinds

    is_frame = sheet.name == "DataFrame"
    form = "csv" if is_frame else kinds.kind(sheet.source or sheet.path, sheet.name)
    has_header = sheet.header != tuple(str(n + 1) for n in range(len(sheet.header)))
    is_text = sheet.shape == "csv" and form != "xlsx"
    return SourceFile(
        path=sheet.name,
        kind=kind,
        form="csv" if form == "text" else form,
        encoding=sheet.encoding if is_text else None,
        delimiter=sheet.delimiter if is_text else None,
        header_line=sheet.skip if has_header and sheet.shape == "csv" else None,
        profile=None,
        label="",
        recognised_by=(),
        columns=(),
        currency=None,
        read=None,
        refused=None,
    )


def describe_unopened(name: str, error: LtvError) -> SourceFile:
    """Describe a file that cannot be opened."""
    return SourceFile(
        path=name,
        kind=None,
        form=None,
        encoding=None,
        delimiter=None,
        header_line=None,
        profile=None,
        label="",
        recognised_by=(),
        columns=(),
        currency=None,
        read=None,
        refused=refused_by(error),
    )


def _recognised_by(sheet: Sheet, tiers: Sequence[Sequence[str]]) -> tuple[str, ...]:
    from ltvcli.read.columns.header_lookup import first_tier

    hits = [first_tier(sheet.header, (tuple(tier),)) for tier in tiers]
    return tuple(dict.fromkeys(sheet.header[positions[0]] for positions in hits if positions))


def _excluding(sheet: Sheet, profile: Profile) -> set[str]:
    """List the columns by which the profile excludes rows."""
    from ltvcli.read.columns.header_lookup import first_tier

    hits = [first_tier(sheet.header, (rule.where,))[:1] for rule in profile.leave_out]
    return {sheet.header[at] for positions in hits for at in positions}


def _excluded_by_user(sheet: Sheet, settings: Settings) -> set[str]:
    """Return the columns that --exclude names."""
    from ltvcli.read.columns import excluded_values

    return {sheet.header[at] for at in excluded_values.excluded_values(sheet.header, settings)}


def _columns(
    sheet: Sheet,
    engine: DuckDB,
    place: Mapping[str, int],
    reasons: Mapping[str, str],
    watched: set[str],
) -> tuple[SourceColumn, ...]:
    from ltvcli.read.files import scan

    source, parameters = scan.relation(sheet)
    cells = ", ".join(f"c{number}" for number in range(len(sheet.header)))
    rows = engine.execute(f"select {cells} from {source} limit {_LOOKED_AT}", parameters).fetchall()
    by_column = list(zip(*rows, strict=True)) or [()] * len(sheet.header)
    described = []
    for number, header in enumerate(sheet.header):
        roles = tuple(role for role, at in place.items() if at == number)
        reason = reasons[roles[0]] if roles else STATUS if header in watched else ""
        texts = dict.fromkeys(cell.strip() for cell in by_column[number] if cell and cell.strip())
        is_comment = any(role.endswith("_comment") for role in roles)
        samples = () if is_comment else tuple(list(texts)[:_SAMPLES])  # quoted by --quotes alone
        described.append(SourceColumn(header=header, roles=roles, reason=reason, samples=samples))
    return tuple(described)


def _again(kind: str, sheet: Sheet, settings: Settings) -> list[str]:
    """Return the command that reads one file with the options that were typed."""
    command = "calc" if kind in ("orders", "subscriptions") else "sources"
    return ["ltv", command, sheet.name, *settings.typed]


def refused_by(error: LtvError, again: Sequence[str] = ()) -> Refused:
    """Describe the error that refuses a file, with the command to type."""
    facts: dict[str, Any] = dict(error.facts)
    if added := facts.get("add"):
        from ltvcli.read.columns.proposals import written

        facts["command"] = written([*again, *added])

    def sentence(text: str) -> Sentence:
        names = re.findall(r"{(\w+)", text)
        return Sentence(text, {name: facts[name] for name in names})

    return Refused(
        problem=sentence(error.problem), hint=sentence(error.hint), exit_code=error.exit_code
    )
