"""The effect of changes: `ltvcli.whatif(arpu=100, churn="5%->4%", cac=600)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.api.recording import answered
from ltvcli.results.whatif import WhatIfReport


class WhatIfAnswer(Convertible, WhatIfReport, frozen=True, kw_only=True):
    """A WhatIfReport with methods to convert it."""


@written_errors()
def whatif(
    *inputs: Any,
    elasticities: Mapping[str, Mapping[str, float]] | None = None,
    initiatives: Sequence[Mapping[str, Any]] = (),
    **options: Any,
) -> WhatIfAnswer:
    """Project the effect of changes on the value of a customer, from exports or given numbers.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions;
            none means numbers only.
        elasticities: change of a lever, in percent, when another changes by 1%:
            `{"cac": {"budget": 0.5}}`.
        initiatives: possible measures, each with name, lever, change, cost, and probability or
            feasibility; months, if it takes any.
        options: the options of `ltv whatif` with underscores; text of a lever may be a change:
            `churn="5%->3%"`, `cac="+10%"`, `retention_cost=1000`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.

    >>> whatif(arpu=10_000, churn="5%->4%", cac=60_000).after.ltv_to_cac
    4.166666666666667
    """
    from ltvcli.pipeline import whatif as steps
    from ltvcli.settings import plans
    from ltvcli.settings.changes import split_changes

    values, changes = split_changes(options, str)
    planned = plans.read(elasticities, list(initiatives), {})
    report = answered(values, lambda settings: steps.run(inputs, settings, changes, planned))
    return convertible(WhatIfAnswer, report)
