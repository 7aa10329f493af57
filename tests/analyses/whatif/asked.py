"""From what was typed to the answer of `ltv whatif`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ltvcli.analyses.whatif.answer import WhatIf, answer
from ltvcli.settings.changes import LEVERS, changed
from ltvcli.settings.plans import read
from ltvcli.settings.settings import from_python


def whatif(
    given: Mapping[str, Any],
    facts: Any = None,
    links: Mapping[str, Mapping[str, float]] | None = None,
    planned: Sequence[Mapping[str, Any]] = (),
    **changes: str,
) -> WhatIf:
    asked = [changed(lever, f"--{lever}", text) for lever, text in changes.items()]
    assert changes.keys() <= LEVERS.keys()
    assert None not in asked
    return answer(
        from_python(given),
        facts,
        [one for one in asked if one is not None],
        read(links, list(planned), {}),
    )


def row(found: WhatIf, table: str, **keys: Any) -> Mapping[str, Any]:
    """The one row of a table that has these cells."""
    (one,) = [
        row for row in found.tables[table] if all(row[key] == cell for key, cell in keys.items())
    ]
    return one
