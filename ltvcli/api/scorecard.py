"""Results beside trust: `ltvcli.scorecard("orders.csv", survey="nps.csv")`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.results.scorecard import TILES, ScorecardReport
from ltvcli.settings import settings as config


class ScorecardAnswer(Convertible, ScorecardReport, frozen=True, kw_only=True):
    """A ScorecardReport with methods to convert it."""


@written_errors()
def scorecard(
    *inputs: Any,
    by: str = "",
    period: str = "month",
    deals: Any = (),
    declined: Any = None,
    targets: Mapping[str, float] | None = None,
    **options: Any,
) -> ScorecardAnswer:
    """Show results and trust of the last whole period side by side.

    Args:
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions.
        by: "owner", "team" or "channel"; all customers together without.
        period: "month" or "quarter".
        deals: path or pandas data frame of deals, or a list of them; needed for owners and teams.
        declined: path or pandas data frame with a row per prospect who was declined.
        targets: of figures, as in ltv.yaml: `{"nps": 30}`.
        options: the options of `ltv scorecard` with underscores: `survey="nps.csv"`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.pipeline import scorecard as steps
    from ltvcli.pipeline.report import refuse_unused
    from ltvcli.settings import targets as of_targets

    settings = config.from_python(options | ({"by": by} if by else {}))
    listed: Sequence[Any] = deals if isinstance(deals, (list, tuple)) else (deals,)
    known = of_targets.read(targets or {}, TILES, {})
    report = steps.run(
        inputs, settings, deals=listed, declined=declined, period=period, targets=known
    )
    refuse_unused(settings, report)
    return convertible(ScorecardAnswer, report)
