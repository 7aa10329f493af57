"""Who will leave: `ltvcli.risk(customers="customers.csv", outcome="churned")`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.results.risk import RiskReport
from ltvcli.settings import settings as config


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAnswer(Convertible, RiskReport):
    """A RiskReport with methods to convert it."""


def risk(
    *,
    customers: Any = None,
    outcome: str | None = None,
    without: Sequence[str] = (),
    **options: Any,
) -> RiskAnswer:
    """Find out who leaves, and how well that is known; needs scikit-learn (`ltvcli[risk]`).

    Args:
        customers: path or pandas data frame with a row per customer.
        outcome: column that says who left, as 0 and 1 or in words, or "COLUMN=VALUE".
        without: columns that are not to be used.
        options: the options of `ltv risk` with underscores: `map={"customer": "id"}`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import risk as steps

    question = steps.Question(outcome=outcome, without=tuple(without))
    settings = config.from_python(options)
    return convertible(RiskAnswer, steps.run(settings, question, customers=customers))
