"""The figures of the data that have benchmarks, now and 12 months earlier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.analyses.calc.answer import Economics
from ltvcli.analyses.calc.answer import answer as valued
from ltvcli.errors import LtvError
from ltvcli.results import Estimate, Source
from ltvcli.results.benchmark import METRICS, WHOLE_HISTORY, OwnFigure
from ltvcli.settings.origins import override

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.settings.settings import Settings

OF_ORDERS = ("aov", "frequency", "repeat_rate", "margin", "cac")
OF_SUBSCRIPTIONS = ("margin", "cac")
BASES = {
    "aov": "revenue",
    "frequency": "orders",
    "repeat_rate": "customers",
    "margin": "revenue",
    "cac": "spend",
}
RETENTION = {"nrr": "mrr", "grr": "mrr", "logo_churn": "customers"}
Retained = Mapping[str, Estimate]


class Moment(Struct, frozen=True, kw_only=True):
    """The data on one day: sums, costs, and retention by months of the window."""

    settings: Settings
    facts: Facts | Subscriptions
    acquisition: Acquisition | None
    retained: Mapping[int, Retained]


def figures(now: Moment, then: Moment | None) -> tuple[OwnFigure, ...]:
    """Return every figure that is known now, each with its value 12 months earlier.

    LTV/CAC of both days is over the shorter of their two horizons. Given figures have no value of a
    year ago: it is not known whether it was the same.
    """
    today = valued(now.settings, now.facts, now.acquisition)
    before = _valued(then, None) if then else None
    months = _common(today, before)
    answers = _Days(today=today, before=before, today_alike=today)
    if months is not None:
        alike = _valued(now, months)
        answers = _Days(
            today=today,
            before=_valued(then, months) if alike else None,
            today_alike=alike or today,
        )
    known = [
        figure
        for figure in _listed(now, then, answers)
        if figure.now is not None or figure.year_ago is not None
    ]
    return tuple(sorted(known, key=lambda figure: list(METRICS).index(figure.metric)))


class _Days(Struct, frozen=True, kw_only=True):
    """Values of today and of a year ago, and today's over the common horizon."""

    today: Economics
    before: Economics | None
    today_alike: Economics


def _valued(moment: Moment | None, months: int | None) -> Economics | None:
    """Value customers over `months`, or over what the data supports; None if it does not."""
    if moment is None:
        return None
    settings = moment.settings
    if months is not None:
        settings = override(settings, horizon=float(months))
    try:
        return valued(settings, moment.facts, moment.acquisition)
    except LtvError:
        return None


def _common(today: Economics, before: Economics | None) -> int | None:
    """Return the shorter horizon if two differ; None if they agree or one is unknown."""
    if before is None or not today.horizon or not before.horizon:
        return None
    return min(today.horizon, before.horizon) if today.horizon != before.horizon else None


def _listed(now: Moment, then: Moment | None, days: _Days) -> Iterator[OwnFigure]:
    for window, retained in now.retained.items():
        earlier = then.retained.get(window, {}) if then else {}
        for key, basis in RETENTION.items():
            yield OwnFigure(
                metric=key,
                basis=basis,
                window=str(window),
                now=retained.get(key),
                year_ago=earlier.get(key),
            )
    if now.retained:
        yield _plain("arpu", "mrr", "1", days)
    for key in OF_SUBSCRIPTIONS if now.retained else OF_ORDERS:
        horizon = days.today_alike.horizon if key == "frequency" else None
        over = str(horizon) if horizon else WHOLE_HISTORY
        yield _plain(key, BASES[key], over, days)
    both = days.before is not None and _measured(days.before.figures.cac)
    today = days.today_alike if both else days.today
    if today.horizon:
        yield OwnFigure(
            metric="ltv_to_cac",
            basis=today.basis,
            window=str(today.horizon),
            now=_ratio(today),
            year_ago=_ratio(days.before) if both else None,
        )


def _plain(key: str, basis: str, window: str, days: _Days) -> OwnFigure:
    value: Any = getattr(days.today_alike.figures, key)
    earlier: Any = getattr(days.before.figures, key) if days.before else None
    return OwnFigure(
        metric=key,
        basis=basis,
        window=window,
        now=None if value is None or value.source is Source.ASSUMED else value,
        year_ago=earlier if _measured(earlier) else None,
    )


def _measured(figure: Estimate | None) -> bool:
    return figure is not None and figure.source is Source.MEASURED


def _ratio(economics: Economics | None) -> Estimate | None:
    verdict = economics.verdict if economics else None
    if verdict is None or verdict.ltv_to_cac is None:
        return None
    return Estimate(
        value=verdict.ltv_to_cac, low=verdict.low, high=verdict.high, source=Source.MEASURED
    )
