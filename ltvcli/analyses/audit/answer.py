"""Audit of a pitch: claims recomputed, compared with each other and with data."""

from __future__ import annotations

from ltvcli import __version__
from ltvcli.analyses.audit import questions, readings, recompute
from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.data_room import Room
from ltvcli.analyses.audit.interval_arithmetic import bounded
from ltvcli.results.audit import AuditReport


def answer(pitch: Pitch, currency: str | None = None, room: Room | None = None) -> AuditReport:
    """Derive figures from the claims, in two readings, and compare them with the data.

    Its statements depend on the findings, and are added later: see `questions.with_statements`.

    Args:
        pitch: the claims.
        currency: of the claims, if it is known.
        room: the figures of the data, if there is any.
    """
    known = recompute.known(pitch)
    seen = recompute.seen_churn(known)
    stay = recompute.lifetime(known)
    given = {key: claim.value for key, claim in pitch.claims.items()}
    return AuditReport(
        command="audit",
        version=__version__,
        as_of=room.as_of if room else None,
        currency=(room.currency if room else None) or currency,
        inputs=room.inputs if room else (),
        given=given | ({"basis": pitch.basis} if pitch.basis else {}),
        basis=pitch.basis,
        says=(),
        main="claims",
        tables={
            "claims": recompute.rows(known) + (room.rows if room else ()),
            "readings": readings.rows(known, seen),
        },
        claims=pitch.claims,
        differences=recompute.differences(known),
        lifetime=bounded(stay.value) if stay else None,
        lifetime_least=bounded(stay.low) if stay else None,
        seen_churn=seen,
        ltv_by_churn=readings.ltv_by_churn(known, seen),
        compared=room.compared if room else (),
        missing=questions.missing(known),
        room=room.says if room else (),
    )
