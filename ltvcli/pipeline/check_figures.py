"""Figures of every month for rules: files loaded once for each way that rules segment customers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import NoSuchSegmentError, RuleSegmentError, TwoKindsError
from ltvcli.language import N_
from ltvcli.pipeline import load
from ltvcli.pipeline.load import Loaded
from ltvcli.pipeline.steps import Step
from ltvcli.settings.conditions import figures
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.analyses.check.evaluate import Months
    from ltvcli.analyses.check.groups import Groups
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.read.orders.load import Reading
    from ltvcli.settings.rules import Rule

UNKNOWN = "(unknown)"
"""Name of the segment of customers without a known value."""


class Measured(Struct, frozen=True, kw_only=True):
    """The input, and the months by segmentation: "" and those of the rules."""

    reading: Reading
    kind: str
    months: dict[str, Months]


def measure(
    inputs: Sequence[Any],
    settings: Settings,
    rules: Sequence[Rule],
    rejects: Path | None,
    step: Step,
) -> Measured:
    """Measure the figures named by rules in every whole month.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: what was given.
        rules: to apply to the figures.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used.
    """
    with load.opened(inputs, settings, step) as files:
        if len(files.kinds) > 1:
            raise TwoKindsError(command="check")
        kind = next(iter(files.kinds))
        ways = list(dict.fromkeys(rule.by for rule in rules if rule.by)) or [""]
        months: dict[str, Months] = {}
        reading: Reading | None = None
        for number, by in enumerate(ways):
            folder = files.temp / f"by-{number}"
            folder.mkdir()
            of_way = replace(files, temp=folder)
            try:
                with load.load_kind(
                    of_way,
                    kind,
                    override(settings, by=(by,) if by else ()),
                    None if number else rejects,
                    step,
                    by="segments",
                    span="month",
                ) as loaded:
                    step(N_("Evaluating rules"))
                    reading = reading or loaded.reading
                    months |= _months(loaded, by, rules)
            except NoSuchSegmentError as error:
                rule = next(rule for rule in rules if rule.by == by)
                near = error.facts["near"]
                raise RuleSegmentError(rule=rule.name, name=by, near=near) from None
    assert reading is not None
    return Measured(reading=reading, kind=kind, months=months)


def _months(
    loaded: Loaded[Facts | Subscriptions], by: str, rules: Sequence[Rule]
) -> dict[str, Months]:
    """Return the months of all customers, and of the segments of one way."""
    named = {figure for rule in rules for figure in figures(rule.condition)}
    if loaded.kind == "subscriptions":
        return _of_subscriptions(loaded, by, named)
    from ltvcli.analyses.check import of_periods
    from ltvcli.analyses.check.evaluate import Months
    from ltvcli.analyses.check.groups import TOGETHER
    from ltvcli.facts import periods
    from ltvcli.facts.orders import Facts

    facts = loaded.facts
    assert isinstance(facts, Facts)
    period_facts = periods.gather(loaded.engine, facts, is_added_up=loaded.span == "month")
    groups = {"": TOGETHER}
    small: tuple[str, ...] = ()
    if by:
        groups[by], small = _groups(facts, loaded.settings.min_customers)
    return {
        way: Months(
            segments=of_periods.monthly(
                period_facts, group, named, loaded.settings, loaded.acquisition
            )
            if group.names
            else (),
            kind=loaded.kind,
            small=small if way else (),
        )
        for way, group in groups.items()
    }


def _groups(facts: Facts | Subscriptions, fewest: int) -> tuple[Groups, tuple[str, ...]]:
    """Give each segment with enough customers a row; name the others, which share one row.

    Customers without a known value are in the segment UNKNOWN.
    """
    from ltvcli.analyses.check.groups import Groups

    sizes = [total.customers for total in facts.totals]
    names = [name or UNKNOWN for name in facts.segments]
    ranked = sorted(range(len(sizes)), key=lambda code: (-sizes[code], code))
    large = [code for code in ranked if sizes[code] >= fewest]
    places = {code: place for place, code in enumerate(large)}
    groups = Groups(
        names=tuple(names[code] for code in large),
        rows=tuple(places.get(code, len(large)) for code in range(len(sizes))),
    )
    return groups, tuple(names[code] for code in ranked if sizes[code] < fewest)


def _of_subscriptions(
    loaded: Loaded[Facts | Subscriptions], by: str, named: set[str]
) -> dict[str, Months]:
    """Return counts and values of all subscribers, in total and by segment.

    Where it is not known when customers left, their worth is not known either.
    """
    from ltvcli.analyses.check import of_periods, of_subscriptions
    from ltvcli.analyses.check.evaluate import Months
    from ltvcli.analyses.check.groups import TOGETHER
    from ltvcli.facts import subscriber_periods
    from ltvcli.facts.subscriptions import Subscriptions

    facts = loaded.facts
    assert isinstance(facts, Subscriptions)
    as_of, kind = loaded.reading.as_of, loaded.kind
    together = of_subscriptions.monthly(loaded.engine, as_of, facts.first, named)
    if not facts.dated:
        months = {"": Months(segments=(together,), kind=kind)}
        return months | ({by: Months(segments=(), kind=kind)} if by else {})
    periods = subscriber_periods.gather(loaded.engine, facts)
    costs = named, loaded.settings, loaded.acquisition
    (valued,) = of_periods.monthly(periods, TOGETHER, *costs)
    months = {"": Months(segments=(of_subscriptions.joined(together, valued),), kind=kind)}
    if by:
        groups, small = _groups(facts, loaded.settings.min_customers)
        segments = of_periods.monthly(periods, groups, *costs) if groups.names else ()
        months[by] = Months(segments=segments, kind=kind, small=small)
    return months
