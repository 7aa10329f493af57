"""Rules for figures: `ltvcli.check("orders.csv", rules=[{"name": "CAC", "when": "cac > 50"}])`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.results.check import CheckReport
from ltvcli.settings import settings as config


class CheckAnswer(Convertible, CheckReport, frozen=True, kw_only=True):
    """A CheckReport with methods to convert it."""


@written_errors()
def check(*inputs: Any, rules: Sequence[Mapping[str, Any]] = (), **options: Any) -> CheckAnswer:
    """Hold rules against the last whole month of exports, as a first run: no channel is notified.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions.
        rules: each with name and when, and what else ltv.yaml takes:
            `{"name": "CAC", "when": "cac > 50", "by": "channel"}`.
        options: the options of `ltv check` with underscores: `spend="spend.csv"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.errors import NoRulesError
    from ltvcli.pipeline import check as steps
    from ltvcli.pipeline.report import refuse_unused
    from ltvcli.results.check import WATCHED
    from ltvcli.settings import rules as of_rules

    settings = config.from_python(options)
    known = of_rules.read(list(rules or ()), {}, WATCHED)
    if not known:
        raise NoRulesError(place="rules")
    report = steps.run(inputs, settings, known)
    refuse_unused(settings, report)
    return convertible(CheckAnswer, report)
