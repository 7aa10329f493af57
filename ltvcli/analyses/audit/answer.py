"""Is this pitch true: claims recomputed, held against each other and against data."""

from __future__ import annotations

from ltvcli import __version__
from ltvcli.analyses.audit import questions, readings, recompute
from ltvcli.analyses.audit.claims import Pitch
from ltvcli.analyses.audit.data_room import Room
from ltvcli.analyses.audit.interval_arithmetic import bounded
from ltvcli.results.audit import AuditReport


def answer(pitch: Pitch, currency: str | None = None, room: Room | None = None) -> AuditReport:
    """Recompute what follows from the claims, read them twice, and hold them against the data.

    What it says is written once it is known what was found: see `told`.

    Args:
        pitch: what is claimed.
        currency: of the claims, if it was said.
        room: what the data says, if there is any.
    """
    found = recompute.known(pitch)
    seen = recompute.seen_churn(found)
    stay = recompute.lifetime(found)
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
            "claims": recompute.rows(found) + (room.rows if room else ()),
            "readings": readings.rows(found, seen),
        },
        claims=pitch.claims,
        differences=recompute.differences(found),
        lifetime=bounded(stay.value) if stay else None,
        lifetime_least=bounded(stay.low) if stay else None,
        seen_churn=seen,
        ltv_by_churn=readings.ltv_by_churn(found, seen),
        compared=room.compared if room else (),
        missing=questions.missing(found),
        room=room.says if room else (),
    )
