"""Whether a pitch is true: the steps of `ltv audit`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.errors import NothingClaimedError, TwoCurrenciesError
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.load import Loaded
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results.audit import AuditReport
from ltvcli.settings import currency_signs
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.audit.claims import Pitch
    from ltvcli.analyses.audit.data_room import Room
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions

SETTINGS = (
    "as_of", "by", "cac_lag", "currency", "customers", "date_format", "encoding", "exclude",
    "from_", "horizon", "lapse_after", "new_since", "spend", "to", "status_paid",
)  # fmt: skip
"""Settings that change the answer."""


def run(
    inputs: Sequence[Any],
    settings: Settings,
    claims: Sequence[str] = (),
    rejects: Path | None = None,
    step: Step = unwatched,
) -> AuditReport:
    """Check the claims of a pitch against each other and, if there are files, against the data.

    Args:
        inputs: pitches (.yaml, .yml), and exports of orders or subscriptions as for `calc`.
        settings: what was given on how to read the files; numbers come from the pitch alone.
        claims: more claims, as in `ltv=240000`.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: a claim or file cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.audit import answer, pitch, questions
    from ltvcli.analyses.audit import claims as claimed

    pitches, data = pitch.split(inputs)
    given_claims = [claim for file in pitches for claim in pitch.claims_of(file)] + claimed.typed(
        claims
    )
    if not given_claims:
        raise NothingClaimedError
    promised = claimed.understood(given_claims)
    room = _room(data, promised, settings, rejects, step) if data else None
    audited = answer.answer(promised, settings.currency, room)
    currency_signs.check(promised.signs, audited.currency)
    given = report.given_settings(settings, SETTINGS)
    audited = replace(audited, given={**given, **audited.given})
    audited = questions.with_statements(report.with_findings(settings, audited, used=given))
    read = [file for file in audited.inputs if file.kind != "spend" and file.source is None]
    files = (*pitches, *(file.path for file in read))
    flags = (*(word for claim in claims for word in ("--claim", claim)), *settings.typed)
    return replace(audited, next_command=report.memo("audit", (*files, *flags)))


def contradicted(report: AuditReport) -> bool:
    """Return whether a contradiction was found."""
    from ltvcli.analyses.audit import questions

    return bool(questions.contradictions(report))


def _room(
    data: Sequence[Any], pitch: Pitch, settings: Settings, rejects: Path | None, step: Step
) -> Room:
    """Measure the claimed figures in the files.

    Raises:
        TwoCurrenciesError: orders and subscriptions are in different ones.
    """
    from ltvcli.analyses.audit import data_room

    def held(loaded: Loaded[Facts | Subscriptions]) -> Room:
        return _held(loaded, pitch, step)

    with load.opened(data, settings, step) as files:
        if len(files.kinds) > 1:
            rooms = load.load_each(files, settings, rejects, step, held)
        else:
            kind = next(iter(files.kinds))
            with load.load_kind(files, kind, settings, rejects, step, by="channel") as loaded:
                rooms = [held(loaded)]
        codes = {name: room.currency for name, room in zip(files.kinds, rooms, strict=True)}
    if len(set(codes.values()) - {None}) > 1:
        raise TwoCurrenciesError(**codes)
    return data_room.joined(pitch, rooms)


def _held(loaded: Loaded[Facts | Subscriptions], pitch: Pitch, step: Step) -> Room:
    """Measure the claimed figures in the files of one kind."""
    from ltvcli.analyses.audit import data_room, measured, readings
    from ltvcli.analyses.mrr import answer as mrr

    step(N_("Checking claims against the files"))
    settings, facts, costs = loaded.settings, loaded.facts, loaded.acquisition
    claimed, dearest = readings.cacs(pitch, costs)
    worth = measured.valued(settings, facts, pitch, claimed)
    sober = measured.valued(settings, facts, pitch, dearest)
    recurs = loaded.kind == "subscriptions"
    months = mrr.answer(loaded.engine, facts.as_of) if recurs else ()
    years = measured.by_year(loaded.engine, facts.as_of) if recurs else ()
    since = facts.first or facts.as_of
    return data_room.Room(
        inputs=loaded.reading.inputs,
        as_of=facts.as_of,
        currency=loaded.reading.currency,
        measured=(
            *measured.figures(loaded.kind, pitch, worth, costs, since, facts.as_of),
            *measured.costs(costs),
            *measured.recurring(months, years),
        ),
        says=(data_room.statement(sober.basis, sober.verdict),),
    )
