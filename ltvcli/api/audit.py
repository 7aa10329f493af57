"""The claims of a pitch: `ltvcli.audit(claims={"ltv": 80_000, "cac": 20_000})`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.audit import AuditReport


class AuditAnswer(Convertible, AuditReport, frozen=True, kw_only=True):
    """An AuditReport with methods to convert it."""


@written_errors()
def audit(*inputs: Any, claims: Mapping[str, Any] | None = None, **options: Any) -> AuditAnswer:
    """Check the claims of a pitch against each other and, if there are files, against the data.

    Args:
        inputs: pitches (.yaml), and paths, globs, pandas data frames or DuckDB relations of
            orders or subscriptions.
        claims: more claims, by name: `{"ltv": 80_000, "churn": "5%"}`. A number is taken as rounded
            to the digits with which it is written; lengths of time are text or months.
        options: the options of `ltv audit` with underscores: `currency="JPY"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.

    >>> report = audit(claims={"ltv": 80_000, "cac": 20_000, "ltv_to_cac": 5})
    >>> [finding.check for finding in report.findings]
    ['ratio-does-not-follow']
    """
    from ltvcli.analyses.audit.claims import as_text
    from ltvcli.pipeline import audit as steps

    typed = [f"{key}={as_text(key, value)}" for key, value in (claims or {}).items()]
    report = answered(options, lambda settings: steps.run(inputs, settings, typed))
    return convertible(AuditAnswer, report)
