"""Sentences about segments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ltvcli.analyses.segments.customer_sentences import shares
from ltvcli.language import N_
from ltvcli.results import Fact, Grade, Quantity, Sentence, Source, Statement
from ltvcli.results.segments import Budget, Concentration, Differs, Segment
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.results.acquisition import Acquisition

MOST_COLUMNS = 8
"""Columns that are offered to segment customers by."""
LIKELY = (
    *("channel", "source", "medium", "campaign", "referr", "device", "platform", "vendor"),
    *("country", "state", "province", "prefecture", "region", "city", "gender", "plan"),
    *("payment method", "discount code", "coupon", "product", "category", "tag", "store"),
    *("チャネル", "媒体", "流入", "広告", "参照元", "デバイス", "店舗", "都道府県", "性別", "年代"),
    *("支払方法", "クーポン", "商品名", "カテゴリ", "会員ランク", "コース"),
)
"""Words in the names of columns that people segment customers by."""
MOST_APART = 4
"""Maximum number of differing segments that are shown, largest difference in money first."""
NONE = N_("(none)")
OTHER = N_("other")
BUDGETS = {
    Budget.MORE: N_(
        "“{segment}”: spend more. Marginal CAC is {cac}; each extra 1 of spend returns {returned} "
        "({low} to {high}) within {n} {n:month|months}."
    ),
    Budget.LESS: N_(
        "“{segment}”: spend no more. Marginal CAC is {cac}; each extra 1 of spend returns only "
        "{returned} ({low} to {high}) within {n} {n:month|months}."
    ),
    Budget.UNKNOWN: N_(
        "“{segment}”: unclear. Marginal CAC is {cac}; each extra 1 of spend returns {returned} "
        "({low} to {high}) within {n} {n:month|months}."
    ),
}
SIGNS = {Budget.MORE: Grade.HEALTHY, Budget.LESS: Grade.DANGER, Budget.UNKNOWN: Grade.UNKNOWN}


def name(segment: Segment) -> str:
    """Return the name of a segment."""
    return segment.name or NONE


def headline(segments: Sequence[Segment], concentration: Concentration) -> Sentence:
    """Name segments that differ, or describe revenue concentration without segments."""
    if not segments:
        return shares(concentration)
    alone = [segment for segment in segments if not segment.gathered]
    if not alone:
        return Sentence(N_("Every segment is too small to compare."))
    if len(segments) == 1:
        return Sentence(
            N_(
                "All {n} {n:customer is|customers are} in one segment, “{segment}”: there is "
                "nothing to compare."
            ),
            {"n": Quantity(alone[0].customers, Unit.COUNT), "segment": name(alone[0])},
        )
    marked = [segment for segment in alone if segment.differs in (Differs.HIGHER, Differs.LOWER)]
    if not marked:
        if not any(segment.differs for segment in alone):
            return Sentence(N_("No segment could be compared with the others."))
        return Sentence(N_("No segment differs significantly from all others."))
    best = max(marked, key=_by_how_much)
    return _apart(best) or shares(concentration)


def _apart(segment: Segment) -> Sentence | None:
    """Describe the difference of a segment from all others."""
    if segment.ltv is None or segment.difference is None:
        return None
    text = (
        N_(
            "LTV of “{segment}” is {ltv}, {difference} higher than all others (95% CI {low} to "
            "{high})."
        )
        if segment.differs is Differs.HIGHER
        else N_(
            "LTV of “{segment}” is {ltv}, {difference} lower than all others (95% CI {low} to "
            "{high})."
        )
    )
    sign = 1 if segment.differs is Differs.HIGHER else -1
    ends = sorted(sign * (end or 0.0) for end in (segment.difference.low, segment.difference.high))
    money = (segment.ltv.value, sign * segment.difference.value, *ends)
    keys = ("ltv", "difference", "low", "high")
    facts: dict[str, Fact] = {
        key: Quantity(value, Unit.MONEY) for key, value in zip(keys, money, strict=True)
    }
    return Sentence(text, facts | {"segment": name(segment)})


def _by_how_much(segment: Segment) -> float:
    """Return the difference in money over all customers of a segment."""
    return abs(segment.difference.value) * segment.customers if segment.difference else 0.0


def terms(
    by: Sequence[str],
    basis: str,
    horizon: int,
    shortened: bool,
    discount: float | None,
    as_of: date,
) -> tuple[Sentence, ...]:
    """Return the basis of the values.

    Args:
        by: columns of the segments.
        basis: "margin" or "revenue".
        horizon: in months.
        shortened: whether it is shorter than for all customers.
        discount: per year; None without one.
        as_of: cut-off date of the data.
    """
    conditions = [Sentence(N_("by {columns}"), {"columns": ", ".join(by)})] if by else []
    conditions.append(
        Sentence(
            N_("gross-margin basis, before CAC")
            if basis == "margin"
            else N_("revenue basis (no margin applied), before CAC")
        )
    )
    if not horizon:
        conditions.append(Sentence(N_("no full month observed yet")))
    elif shortened:
        conditions.append(
            Sentence(
                N_("first {n} {n:month|months} (longest period all large segments share)"),
                {"n": horizon},
            )
        )
    else:
        conditions.append(Sentence(N_("first {n} {n:month|months}"), {"n": horizon}))
    if discount:
        rate = {"rate": Quantity(discount, Unit.RATE)}
        conditions.append(Sentence(N_("discounted at {rate} per year"), rate))
    conditions.append(Sentence(N_("data through {day}"), {"day": as_of}))
    return tuple(conditions)


def suggested_columns(columns: Sequence[str]) -> Iterator[Statement]:
    """Suggest columns for segments: those with likely names, or any."""
    likely = [column for column in columns if any(word in column.casefold() for word in LIKELY)]
    if not columns:
        return
    yield Statement(
        label=N_("Segments"),
        says=Sentence(
            N_("not requested; use --by with a column, such as {columns}."),
            {"columns": ", ".join((likely or columns)[:MOST_COLUMNS])},
        ),
    )


def differing_segments(segments: Sequence[Segment]) -> Iterator[Statement]:
    """Name further segments that differ significantly from all others."""
    marked = [segment for segment in segments if segment.differs in (Differs.HIGHER, Differs.LOWER)]
    marked.sort(key=_by_how_much, reverse=True)
    for segment in marked[1 : 1 + MOST_APART]:
        if says := _apart(segment):
            yield Statement(label=N_("vs. others"), says=says)


def costs(segments: Sequence[Segment], acquisition: Acquisition | None) -> Iterator[Statement]:
    """Describe the source of CAC, or what is missing for it."""
    known = [segment.cac for segment in segments if segment.cac]
    facts: dict[str, Fact] = {}
    if known and known[0].source is Source.GIVEN:
        facts["cac"] = Quantity(known[0].value, Unit.MONEY)
        text = N_("{cac} for every segment (given).")
    elif acquisition is None:
        text = N_("unknown, so there is no LTV/CAC. Add --cac 5000, or --spend with a spend file.")
    elif known or acquisition.blended is None:
        return
    else:
        facts["cac"] = Quantity(acquisition.blended.value, Unit.MONEY)
        text = N_("{cac} blended; no segment is a channel of the spend file.")
        if acquisition.paid_missing:
            facts["because"] = acquisition.paid_missing.text
            text = N_("{cac} blended; unknown by segment: {because}.")
    yield Statement(label=N_("CAC"), says=Sentence(text, facts))


def undefined(segments: Sequence[Segment]) -> Iterator[Statement]:
    """Name the figures that subscriptions do not have, and those that replace them."""
    if not any(segment.recurring for segment in segments):
        return
    text = N_(
        "AOV, orders per year and repeat rate are not defined for subscriptions: ARPU, churn and "
        "lifespan take their place."
    )
    yield Statement(label=N_("Orders"), says=Sentence(text))


def spend_sentences(segments: Sequence[Segment], horizon: int, basis: str) -> Iterator[Statement]:
    """Describe for each channel whether to spend more; on revenue basis no grade is good.

    Args:
        segments: of all channels.
        horizon: in months.
        basis: "margin" or "revenue".
    """
    for segment in segments:
        facts: dict[str, Fact] = {"segment": name(segment), "n": segment.horizon or horizon}
        if segment.budget and segment.returned and segment.marginal_cac:
            for key, value in (
                ("returned", segment.returned.value),
                ("low", segment.returned.low),
                ("high", segment.returned.high),
            ):
                facts[key] = Quantity(value or 0.0, Unit.RATIO)
            facts["cac"] = Quantity(segment.marginal_cac.value, Unit.MONEY)
            text = BUDGETS[segment.budget]
        elif segment.marginal_missing:
            text = N_("“{segment}”: unclear, the marginal CAC is unknown.")
        else:
            continue
        yield Statement(
            label=N_("Marginal ROI"),
            grade=SIGNS[segment.budget or Budget.UNKNOWN],
            upper_bound=basis == "revenue" and segment.budget is Budget.MORE,
            says=Sentence(text, facts),
        )
