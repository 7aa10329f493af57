"""Sentences about a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, Marked
from ltvcli.record.figures import ON_MARGIN
from ltvcli.results import Estimate, Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.review import (
    FACTORS,
    TILES,
    Direction,
    Explained,
    Reason,
    SegmentChange,
    Signal,
    Tile,
)
from ltvcli.units import Unit

MOST_REASONS = 2
SHARE = N_("share of new customers")
SIGNAL_WORDS = {
    Signal.ABOVE: N_("above its limits"),
    Signal.BELOW: N_("below its limits"),
    Signal.NEAR_HIGH: N_("three of four near the upper limit"),
    Signal.NEAR_LOW: N_("three of four near the lower limit"),
    Signal.RUN_HIGH: N_("eight in a row above the mean"),
    Signal.RUN_LOW: N_("eight in a row below the mean"),
    Signal.ROUTINE: N_("routine"),
}
HEADLINES = {
    Direction.BETTER: N_("Better: {what} {after}, up {size} (95% CI {interval}) from {against}"),
    Direction.WORSE: N_("Worse: {what} {after}, down {size} (95% CI {interval}) from {against}"),
    Direction.NEITHER: N_(
        "No significant change: {what} {after}, {change} (95% CI {interval}) from {against}"
    ),
}


def named(figure: str, label: str, basis: str) -> Fact:
    """Return the label of a figure, and that it is of revenue where no margin is known.

    Args:
        figure: its name.
        label: of it.
        basis: margin or revenue.
    """
    if basis == "revenue" and figure in ON_MARGIN:
        return Sentence(N_("{figure} on revenue"), {"figure": Marked(label)})
    return Marked(label)


def headline(explained: Sequence[Explained], tiles: Sequence[Tile], against: str) -> Sentence:
    """Return whether the period is better or worse, and by how much.

    Args:
        explained: figures with the reasons of their change.
        tiles: all figures.
        against: name of the earlier period.
    """
    if explained:
        return _judged(explained[0])
    signals = [tile for tile in tiles if tile.signal not in (None, Signal.ROUTINE)]
    charted = [tile for tile in tiles if tile.signal is not None]
    if signals:
        return Sentence(
            N_("{n} of {of} {of:figure|figures} {n:gives|give} a signal: {figures}"),
            {"n": len(signals), "of": len(charted), "figures": _names(signals)},
        )
    if charted:
        return Sentence(
            N_("No signal in {of} {of:figure|figures}: routine variation"), {"of": len(charted)}
        )
    revenue = next((tile for tile in tiles if tile.figure in ("net_revenue", "mrr")), None)
    if revenue is None:
        return Sentence(N_("Nothing was sold in this period."))
    facts: dict[str, Fact] = {
        "label": Marked(TILES[revenue.figure].label),
        "value": Quantity(revenue.now.value, Unit.MONEY),
    }
    if revenue.change is None or not revenue.previous:
        return Sentence(N_("{label} {value}; no earlier period to compare with"), facts)
    facts |= {"change": signed(revenue.change, Unit.MONEY), "against": against}
    return Sentence(N_("{label} {value}, {change} from {against}"), facts)


def _names(tiles: Sequence[Tile]) -> Sentence:
    return listed([Marked(TILES[tile.figure].label) for tile in tiles])


def _judged(explained: Explained) -> Sentence:
    """Describe whether a figure is better or worse than before, and by how much."""
    unit = TILES[explained.figure].unit
    return Sentence(
        HEADLINES[explained.direction],
        {
            "what": named(explained.figure, TILES[explained.figure].label, explained.basis),
            "after": Quantity(explained.after, unit),
            "size": Quantity(abs(explained.change.value), unit),
            "change": signed_value(explained.change.value, unit),
            "interval": ends(explained.change, unit),
            "against": Sentence(
                N_("{before} in {period}"),
                {"before": Quantity(explained.before, unit), "period": explained.against},
            ),
        },
    )


def ends(estimate: Estimate, unit: Unit) -> Fact:
    """Return the interval of an estimate, or the text that there is none."""
    if estimate.low is None or estimate.high is None:
        return Sentence(N_("not known"))
    return Interval(estimate.low, estimate.high, unit, estimate.value)


def signed_value(value: float, unit: Unit) -> Sentence:
    """Write a change with its sign; of a rate in percentage points."""
    text = "+{value}" if value > 0 else "{value}"
    return Sentence(text, {"value": Quantity(value, of_change(unit))})


def of_change(unit: Unit) -> Unit:
    """Return the unit of a change: of a rate percentage points."""
    return Unit.POINTS if unit is Unit.RATE else unit


def listed(parts: Sequence[Fact]) -> Sentence:
    """List one or more parts."""
    text = Sentence("{first}", {"first": parts[0]})
    for item in parts[1:]:
        text = Sentence(N_("{first}, {second}"), {"first": text, "second": item})
    return text


def signed(change: Estimate, unit: Unit) -> Sentence:
    """Write a change with its sign and interval."""
    value = signed_value(change.value, unit)
    if change.low is None or change.high is None:
        return value
    return Sentence(
        N_("{change} (95% CI {interval})"),
        {"change": value, "interval": ends(change, of_change(unit))},
    )


def largest(explained: Explained) -> tuple[Reason, ...]:
    """Return the largest significant reasons."""
    beyond = [reason for reason in explained.reasons if reason.distinguishable]
    ranked = sorted(beyond, key=lambda reason: -abs(reason.contribution))
    return tuple(ranked[:MOST_REASONS])


def reason(given: Reason, unit: Unit) -> Sentence:
    """Describe the contribution of a factor."""
    change = Estimate(value=given.contribution, low=given.low, high=given.high, source="measured")  # type: ignore[arg-type]
    return Sentence(
        "{factor} {change}",
        {"factor": Marked(FACTORS[given.factor]), "change": signed(change, unit)},
    )


def reasons(explained: Explained) -> Sentence:
    """Describe the largest significant reasons, or that there is none."""
    unit = TILES[explained.figure].unit
    beyond = [reason(given, unit) for given in largest(explained)]
    if not beyond:
        biggest = max(explained.reasons, key=lambda given: abs(given.contribution))
        return Sentence(
            N_("none is significant; the largest is {reason}"), {"reason": reason(biggest, unit)}
        )
    if len(beyond) == 1:
        return Sentence(N_("{reason}; no other is significant"), {"reason": beyond[0]})
    return Sentence(N_("{first}; {second}"), {"first": beyond[0], "second": beyond[1]})


def look_at(
    explained: Sequence[Explained], segments: Sequence[SegmentChange], tiles: Sequence[Tile]
) -> Sentence:
    """Describe the first thing to check: segments that changed for the worse, else signals.

    Args:
        explained: figures with the reasons of their change.
        segments: that were compared.
        tiles: all figures.
    """
    changed = [change for change in segments if change.changed]
    changed.sort(key=lambda change: (not bad(change), change.p))
    signals = [tile for tile in tiles if tile.signal not in (None, Signal.ROUTINE)]
    signals.sort(key=lambda tile: not _is_bad(tile))
    first = [segment(change) for change in changed] or [signal(tile) for tile in signals]
    if first[1:]:
        return Sentence(N_("{first}; {second}"), {"first": first[0], "second": first[1]})
    if first:
        return first[0]
    if explained and (beyond := largest(explained[0])):
        return Sentence(
            N_("{factor}: the largest significant reason"),
            {"factor": Marked(FACTORS[beyond[0].factor])},
        )
    if not explained and all(tile.signal is None for tile in tiles):
        return Sentence(
            N_("not possible yet: earlier periods or more customers are missing (see below)")
        )
    return Sentence(N_("nothing in particular: all changes are within routine variation"))


def bad(change: SegmentChange) -> bool:
    """Return whether a segment changed for the worse."""
    rises = change.change.value > 0
    return rises if change.figure == "cac" else change.figure == "period_ltv" and not rises


def _is_bad(tile: Tile) -> bool:
    rises = TILES[tile.figure].rises
    return rises is not None and tile.signal is not None and tile.signal.is_high is not rises


def signal(tile: Tile) -> Sentence:
    """Describe the signal of a figure."""
    assert tile.signal is not None
    return Sentence(
        N_("{figure} {signal}"),
        {
            "figure": Marked(TILES[tile.figure].label),
            "signal": Marked(SIGNAL_WORDS[tile.signal]),
        },
    )


def segment(change: SegmentChange) -> Sentence:
    """Describe the change of a figure of a segment."""
    is_share = change.figure == "share"
    unit = Unit.RATE if is_share else TILES[change.figure].unit
    label = SHARE if is_share else TILES[change.figure].label
    return Sentence(
        N_("“{segment}”: {figure} {value}, {change} from {previous}"),
        {
            "segment": change.segment or Marked(N_("(none)")),
            "figure": Marked(label),
            "value": Quantity(change.now, unit),
            "change": signed(change.change, unit),
            "previous": Quantity(change.previous, unit),
        },
    )


def details(
    explained: Sequence[Explained],
    year_ago: Sequence[Explained],
    segments: Sequence[SegmentChange],
    tiles: Sequence[Tile],
) -> Iterator[Statement]:
    """Describe changes against a year ago, segments that changed, and figures with a signal.

    Args:
        explained: figures with the reasons of their change.
        year_ago: the same against a year ago.
        segments: that were compared.
        tiles: all figures.
    """
    facts: dict[str, Fact]
    if year_ago:
        facts = {
            "judged": _judged(year_ago[0]),
            "months": year_ago[0].horizon,
            "reasons": reasons(year_ago[0]),
        }
        yield Statement(
            label=N_("A year ago"),
            says=Sentence(
                N_("{judged}, over {months} {months:month|months}. Reasons: {reasons}."), facts
            ),
        )
    if segments and not any(change.changed for change in segments):
        yield Statement(
            label=N_("Segments"),
            says=Sentence(
                N_("none changed significantly in {n} comparisons (Holm)."), {"n": len(segments)}
            ),
        )
    charted = [tile for tile in tiles if tile.signal is not None]
    signals = [tile for tile in charted if tile.signal is not Signal.ROUTINE]
    for kind in Signal:
        if of_kind := [tile for tile in signals if tile.signal is kind]:
            facts = {"figures": _names(of_kind), "signal": Marked(SIGNAL_WORDS[kind])}
            yield Statement(label=N_("Signals"), says=Sentence(N_("{figures}: {signal}."), facts))
    if charted and not signals:
        text = N_("none: all {n} figures are within their limits.")
        yield Statement(label=N_("Signals"), says=Sentence(text, {"n": len(charted)}))
