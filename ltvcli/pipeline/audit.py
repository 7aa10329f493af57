"""Whether a pitch is true: the steps of `ltv audit`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import reported
from ltvcli.config import Settings
from ltvcli.errors import NothingClaimedError, TwoCurrenciesError
from ltvcli.language import N_
from ltvcli.pipeline import reading
from ltvcli.pipeline.reading import Step, unwatched
from ltvcli.results import AuditReport, InputFile, Statement

if TYPE_CHECKING:
    from ltvcli.analyses.audit.claims import Pitch
    from ltvcli.analyses.audit.room import Room

SETTINGS = ("as_of", "currency", "date_format", "encoding", "from_", "lapse_after", "new_since",
            "to")  # fmt: skip
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
    from ltvcli.analyses import audit
    from ltvcli.analyses.audit import claims as claimed
    from ltvcli.analyses.audit import pitch, questions

    pitches, data = pitch.split(inputs)
    said = [one for file in pitches for one in pitch.said(file)] + claimed.typed(claims)
    if not said:
        raise NothingClaimedError
    promised = claimed.understood(said)
    room = _room(data, promised, settings, rejects, step) if data else None
    report = audit.answer(promised, settings.currency, room)
    report = replace(report, given={**reported.said(settings, SETTINGS), **report.given})
    report = questions.told(reported.judged(settings, report))
    files = (*pitches, *(one.path for one in report.inputs))
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
    from ltvcli.analyses import mrr
    from ltvcli.analyses.audit import measured, readings, room
    from ltvcli.read import kind
    from ltvcli.read import rejects as aside

    found: list[measured.Measured] = []
    says: list[Statement] = []
    inputs: list[InputFile] = []
    days: list[date] = []
    codes: dict[str, str | None] = {}
    with reading.opened(data, settings, step) as (sheets, temp):
        kinds = kind.split(sheets, settings.map)
        parts: list[Path] = []
        header = aside.widest(sheets)
        for name, its in kinds.items():
            own = settings
            if len(kinds) > 1:
                own = replace(settings, map=kind.chosen_for(name, settings.map, kinds))
            load = partial(reading.load, name)
            with reading.stored(its, temp, own, None, step, load) as (read, engine):
                if rejects:
                    parts.append(temp / f"rejects-{name}.csv")
                    aside.write(engine, its, parts[-1], () if parts[1:] else header)
                step(N_("Adding up"))
                facts = reading.gather(engine, read, own)
                step(N_("Holding claims against the files"))
                claimed, dearest = readings.cacs(pitch)
                worth = measured.valued(own, facts, pitch, claimed)
                sober = measured.valued(own, facts, pitch, dearest)
                says.append(room.statement(sober.basis, sober.verdict))
                found += measured.figures(
                    name, pitch, worth, facts.first or facts.as_of, facts.as_of
                )
                if name == "subscriptions":
                    months = mrr.answer(engine, read.as_of)
                    found += measured.recurring(months, measured.by_year(engine, read.as_of))
            inputs += read.inputs
            days.append(facts.as_of)
            codes[name] = read.currency
        if rejects:
            aside.join(parts, sheets, rejects)
    if len(set(codes.values()) - {None}) > 1:
        raise TwoCurrenciesError(**codes)
    return room.Room(
        inputs=tuple(inputs),
        as_of=max(days),
        currency=next(filter(None, codes.values()), None),
        compared=room.compared(pitch, found),
        says=tuple(says),
    )
