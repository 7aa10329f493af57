"""Conventions side by side, and what each difference is made of."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.analyses.mrr.conventions import BECAUSE
from ltvcli.language import N_, translate
from ltvcli.pages import mrr
from ltvcli.results.mrr import Comparison, MrrReport
from ltvcli.text.layout import aligned, flow, pad, width_of, wrap
from ltvcli.text.numbers import amounts, show
from ltvcli.units import Unit

EXPLAINED = ("mrr", "customers", "logo_churn", "gross_mrr_churn", "nrr")
"""Figures whose differences are taken apart on the screen; the others follow from them."""


def grid(report: MrrReport, lang: str) -> list[list[str]]:
    """Write figures down and conventions across, header first."""
    whole = [comparison for comparison in report.comparisons if comparison.because is None]
    names = list(dict.fromkeys(one.convention for one in whole))
    keys = list(dict.fromkeys(one.key for one in whole))
    value = {(one.key, one.convention): one.value for one in whole}

    money = amounts(one.value for one in whole if one.value is not None and one.key == "mrr")
    per_customer = amounts(
        one.value for one in whole if one.value is not None and one.key == "arpu"
    )

    def cell(key: str, name: str) -> str:
        found, unit = value[key, name], mrr.figure(key).unit
        if unit is not Unit.MONEY or found is None:
            return show(found, unit, None, lang)
        return (per_customer if key == "arpu" else money)(mrr.signed(key, found))

    months = dict.fromkeys(map(mrr.month_name, report.compared))
    heads = ["–".join(months), *names]
    return [heads, *([mrr.label(key, lang), *(cell(key, name) for name in names)] for key in keys)]


def differing(
    report: MrrReport, keys: Sequence[str] | None, lang: str
) -> list[tuple[str, str, str, list[str]]]:
    """List what visibly differs: convention, figure, difference, and what that is made of."""
    found: dict[tuple[str, str], list[Comparison]] = {}
    for comparison in report.comparisons:
        found.setdefault((comparison.convention, comparison.key), []).append(comparison)
    return [
        (
            whole.convention,
            whole.key,
            size,
            [f"{one.because} {part}" for one in parts if (part := mrr.difference(one, lang))],
        )
        for whole, *parts in found.values()
        if (keys is None or whole.key in keys) and (size := mrr.difference(whole, lang))
    ]


def causes(report: MrrReport, lang: str) -> list[tuple[str, str]]:
    """List the causes that make a difference: (name, what it is)."""
    named = {comparison.because for comparison in report.comparisons}
    return [(cause, translate(text, lang)) for cause, text in BECAUSE.items() if cause in named]


def lines(report: MrrReport, lang: str, width: int) -> list[list[str]]:
    """Write the figures, then per convention what is different and why, then the causes."""
    blocks = [["".join(row) for row in aligned(grid(report, lang), width, left=(0,))]]
    shown = differing(report, EXPLAINED, lang)
    if not shown:
        return [
            *blocks,
            wrap(translate(N_("All definitions give the same figures here."), lang), width),
        ]
    label = max(width_of(mrr.label(key, lang)) for key in EXPLAINED) + 2
    size = max(width_of(size) for _, _, size, _ in shown) + 2
    for name in dict.fromkeys(name for name, *_ in shown):
        block = [name]
        for its, key, whole, parts in shown:
            if its == name:
                first, *more = flow(parts, width - label - size - 4)
                head = pad(mrr.label(key, lang), label) + pad(whole, size - 2, right=True)
                block += [f"  {head}  {first}", *(" " * (label + size + 2) + line for line in more)]
        blocks.append(block)
    named = causes(report, lang)
    wide = max(width_of(cause) for cause, _ in named) + 2
    legend = [
        pad("" if number else cause, wide) + line
        for cause, text in named
        for number, line in enumerate(wrap(text, width - wide))
    ]
    return [*blocks, legend]
