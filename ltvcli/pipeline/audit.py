"""Whether a pitch is true: the steps of `ltv audit`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli.errors import NothingClaimedError, TwoCurrenciesError
from ltvcli.language import N_
from ltvcli.pipeline import load, spending
from ltvcli.pipeline import report as reported
from ltvcli.pipeline.load import Step, unwatched
from ltvcli.results.audit import AuditReport
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.audit.claims import Pitch
    from ltvcli.analyses.audit.data_room import Room
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.recognise import Kind

SETTINGS = (
    "as_of", "by", "cac_lag", "currency", "customers", "date_format", "encoding", "exclude",
    "from_", "horizon", "lapse_after", "new_since", "spend", "to", "status_paid",
)  # fmt: skip
"""Settings that change what is said."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    claims: Sequence[str] = (),
    rejects: Path | None = None,
    step: Step = unwatched,
) -> AuditReport:
    """Check the claims of a pitch against each other and, if there are files, against these.

    Args:
        inputs: pitches (.yaml, .yml), and exports of orders or subscriptions as for `calc`.
        settings: what was given on how to read the files; numbers come from the pitch alone.
        claims: more claims, as in `ltv=240000`.
        rejects: where to write the rows that were set aside.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: a claim or file cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.audit import answer, pitch, questions
    from ltvcli.analyses.audit import claims as claimed

    pitches, data = pitch.split(inputs)
    said = [one for file in pitches for one in pitch.said(file)] + claimed.typed(claims)
    if not said:
        raise NothingClaimedError
    promised = claimed.understood(said)
    room = _room(data, promised, settings, rejects, step) if data else None
    report = answer.answer(promised, settings.currency, room)
    given = reported.said(settings, SETTINGS)
    report = replace(report, given={**given, **report.given})
    report = questions.told(reported.judged(settings, report, used=given))
    files = (*pitches, *(one.path for one in report.inputs if one.kind != "spend"))
    flags = (*(word for one in claims for word in ("--claim", one)), *settings.typed)
    return replace(report, next_command=reported.memo("audit", (*files, *flags)))


def contradicted(report: AuditReport) -> bool:
    """Tell whether a contradiction was found."""
    from ltvcli.analyses.audit import questions

    return bool(questions.contradictions(report))


def _room(
    data: Sequence[Any], pitch: Pitch, settings: Settings, rejects: Path | None, step: Step
) -> Room:
    """Measure in the files what is claimed.

    Raises:
        TwoCurrenciesError: orders and subscriptions are in different ones.
    """
    from ltvcli.analyses.audit import data_room as room
    from ltvcli.read import recognise as kind
    from ltvcli.read import rejects as aside

    rooms: dict[str, Room] = {}
    parts: list[Path] = []
    of_customers = spending.left_out(settings)
    with load.opened(data, of_customers, step) as (sheets, temp):
        kinds = kind.split(sheets, of_customers.map)
        both = len(kinds) > 1
        every = spending.refused(settings) if both else settings
        spent = spending.opened(every, temp)
        for name, its in kinds.items():
            own = load.settings_of(name, every, kinds) if both else every
            asked = spending.asked(name, its, own, temp)
            beside = [*asked.sheets, *spent]
            stored = spending.stored(name, its, spent, temp, own, None, step, asked)
            with stored as (found, engine):
                if rejects:
                    parts.append(temp / f"rejects-{name}.csv")
                    header = () if parts[1:] else aside.widest([*sheets, *beside])
                    aside.write(engine, [*its, *beside], parts[-1], header)
                rooms[name] = _held(name, found, engine, own, pitch, step, bool(asked.by))
        if rejects:
            aside.join(parts, [*sheets, *spent], rejects)
    codes = {name: one.currency for name, one in rooms.items()}
    if len(set(codes.values()) - {None}) > 1:
        raise TwoCurrenciesError(**codes)
    return room.joined(pitch, list(rooms.values()))


def _held(
    kind: Kind,
    found: Reading,
    engine: DuckDB,
    settings: Settings,
    pitch: Pitch,
    step: Step,
    by_segment: bool,
) -> Room:
    """Measure in the files of one kind what is claimed."""
    from ltvcli.analyses.audit import data_room as room
    from ltvcli.analyses.audit import measured, readings
    from ltvcli.analyses.mrr import answer as mrr

    step(N_("Adding up"))
    facts = load.gather(engine, found, settings, by_segment=by_segment)
    costs = spending.acquisition(engine, facts, settings)
    step(N_("Holding claims against the files"))
    claimed, dearest = readings.cacs(pitch, costs)
    worth = measured.valued(settings, facts, pitch, claimed)
    sober = measured.valued(settings, facts, pitch, dearest)
    recurs = kind == "subscriptions"
    months = mrr.answer(engine, found.as_of) if recurs else ()
    years = measured.by_year(engine, found.as_of) if recurs else ()
    since = facts.first or facts.as_of
    return room.Room(
        inputs=found.inputs,
        as_of=facts.as_of,
        currency=found.currency,
        measured=(
            *measured.figures(kind, pitch, worth, costs, since, facts.as_of),
            *measured.costs(costs),
            *measured.recurring(months, years),
        ),
        says=(room.statement(sober.basis, sober.verdict),),
    )
