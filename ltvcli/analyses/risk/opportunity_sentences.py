"""Sentences of `ltv risk --opportunities`, the evaluation on an earlier day first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.analyses.risk.sentences import with_interval
from ltvcli.analyses.risk.watched import Scored
from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Quantity, Sentence, Statement
from ltvcli.results.risk import (
    ENOUGH,
    LABELS,
    Expansion,
    NextProduct,
    ProductRecord,
)
from ltvcli.results.risk_record import Verdict
from ltvcli.units import Unit

NEXT, EXPANSION = N_("Next product"), N_("Moving up")


def no_products() -> Statement:
    """Describe that no column names products, and how to name one."""
    text = N_(
        "no column names the product of a row: name it with --map product=COLUMN, if there is one"
    )
    return Statement(label=NEXT, says=Sentence(text))


def of_products(
    pairs: Sequence[NextProduct],
    record: ProductRecord | None,
    tried: int,
    passed: int,
    customers: int,
) -> Iterator[Statement]:
    """Describe the next product, or why none is shown.

    Args:
        pairs: that are shown.
        record: on an earlier day; None where nothing was suggested on it.
        tried: pairs that were tested.
        passed: of these, pairs beyond chance.
        customers: to whom a product is to be offered.
    """
    facts: dict[str, Fact]
    if record is None:
        facts = {"tried": tried, "passed": passed}
        text = N_(
            "none shown: {passed} of {tried} pairs of products are beyond chance, and none was 90 "
            "days earlier, so that there is no record"
        )
        yield Statement(label=NEXT, says=Sentence(text, facts))
        return
    facts = {
        "day": record.cutoff,
        "top": record.top,
        "bought": record.bought,
        "expected": Quantity(record.expected, Unit.RATIO),
        **with_interval("lift", record.lift, Unit.RATIO),
    }
    text = N_(
        "as of {day}, {bought} of the top {top} customers bought the product suggested within 90 "
        "days, {expected} expected by chance: {lift} times (95% CI {interval})"
    )
    tested = Sentence(text, facts)
    if not pairs:
        text = N_("none shown, because suggestions were not beyond chance: {record}")
        yield Statement(label=NEXT, says=Sentence(text, {"record": tested}))
        return
    best = pairs[0]
    facts = {
        "product": best.product,
        "next": best.next,
        **with_interval("share", best.share, Unit.RATE),
        "usual": Quantity(best.usual, Unit.RATE),
        "customers": customers,
    }
    text = N_(
        "after “{product}”, {share} buy “{next}” within 90 days (95% CI {interval}), {usual} "
        "otherwise; {customers} {customers:customer|customers} to offer a next product to"
    )
    yield Statement(label=NEXT, says=Sentence(text, facts))
    yield Statement(label=N_("Suggestions"), says=tested)


def of_expansion(
    scored: Scored, rows: Sequence[Expansion], *, has_orders: bool
) -> Iterator[Statement]:
    """Describe who is likely to upgrade, or why nobody is shown.

    Args:
        scored: by models trained on earlier days.
        rows: the customers who are shown.
        has_orders: whether customers spend more, or their MRR grows.
    """
    facts: dict[str, Fact]
    if scored.verdict is Verdict.TOO_FEW:
        text = N_(
            "no score: {moved} of {customers} {customers:customer|customers} moved up; at "
            "least {enough} who did and {enough} who did not are needed"
        )
        facts = {"moved": scored.came, "customers": scored.customers, "enough": ENOUGH}
        yield Statement(label=EXPANSION, says=Sentence(text, facts))
        return
    if scored.verdict is Verdict.NOTHING:
        text = N_(
            "no score: nothing known about these customers predicts who moves up better than chance"
        )
        yield Statement(label=EXPANSION, says=Sentence(text))
        return
    if scored.verdict is Verdict.COLUMN:
        text = N_(
            "no score: no model is shown to beat the best single column, “{column}”; its rates "
            "are below"
        )
        yield Statement(label=EXPANSION, says=Sentence(text, {"column": scored.column}))
        return
    chosen = next(row for row in scored.records if row.chosen)
    facts = {
        "n": len(rows),
        "model": Sentence(Marked(LABELS[chosen.model])),
        "lowest": Quantity(min((row.chance.value for row in rows), default=0.0), Unit.RATE),
        "usual": Quantity(scored.came / scored.customers, Unit.RATE),
    }
    text = N_(
        "{n} {n:customer has|customers have} a chance of {lowest} or more that their MRR grows "
        "within 90 days, by {model}; that of {usual} of all did"
    )
    if has_orders:
        text = N_(
            "{n} {n:customer has|customers have} a chance of {lowest} or more to spend at "
            "least 20% more in the next 90 days than usual, by {model}; {usual} of all did"
        )
    yield Statement(label=EXPANSION, says=Sentence(text, facts))
    facts = with_interval("lift", chosen.lift, Unit.RATIO)
    assert chosen.cutoff is not None
    facts["day"] = chosen.cutoff
    text = N_(
        "the top tenth of {day} moved up {lift} times as often as all customers (95% CI {interval})"
    )
    yield Statement(label=N_("Top tenth"), says=Sentence(text, facts))
