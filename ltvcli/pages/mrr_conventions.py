"""A comparison of conventions, and the causes of each difference."""

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
"""Figures whose differences are explained on the screen; all others follow from them."""


def grid(report: MrrReport, lang: str) -> list[list[str]]:
    """Write figures down and conventions across, header first."""
    figures = [comparison for comparison in report.comparisons if comparison.because is None]
    names = list(dict.fromkeys(comparison.convention for comparison in figures))
    keys = list(dict.fromkeys(comparison.key for comparison in figures))
    value = {(comparison.key, comparison.convention): comparison.value for comparison in figures}

    money = amounts(
        comparison.value
        for comparison in figures
        if comparison.value is not None and comparison.key == "mrr"
    )
    per_customer = amounts(
        comparison.value
        for comparison in figures
        if comparison.value is not None and comparison.key == "arpu"
    )

    def cell(key: str, name: str) -> str:
        figure, unit = value[key, name], mrr.figure(key).unit
        if unit is not Unit.MONEY or figure is None:
            return show(figure, unit, None, lang)
        return (per_customer if key == "arpu" else money)(mrr.signed(key, figure))

    months = dict.fromkeys(map(mrr.month_name, report.compared))
    heads = ["–".join(months), *names]
    return [heads, *([mrr.label(key, lang), *(cell(key, name) for name in names)] for key in keys)]


def differing(
    report: MrrReport, keys: Sequence[str] | None, lang: str
) -> list[tuple[str, str, str, list[str]]]:
    """List visible differences: convention, figure, difference, and its causes.

    Args:
        report: of the command.
        keys: of the figures to list; None for all.
        lang: of the words.
    """
    by_figure: dict[tuple[str, str], list[Comparison]] = {}
    for comparison in report.comparisons:
        by_figure.setdefault((comparison.convention, comparison.key), []).append(comparison)
    return [
        (
            figure.convention,
            figure.key,
            size,
            [
                f"{cause.because} {size_of_cause}"
                for cause in parts
                if (size_of_cause := mrr.difference(cause, lang))
            ],
        )
        for figure, *parts in by_figure.values()
        if (keys is None or figure.key in keys) and (size := mrr.difference(figure, lang))
    ]


def causes(report: MrrReport, lang: str) -> list[tuple[str, str]]:
    """List the causes of differences: (name, description)."""
    named = {comparison.because for comparison in report.comparisons}
    return [(cause, translate(text, lang)) for cause, text in BECAUSE.items() if cause in named]


def lines(report: MrrReport, lang: str, width: int) -> list[list[str]]:
    """Write the figures, then the differences of each convention, then the causes.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
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
        for convention, key, difference, parts in shown:
            if convention == name:
                first, *more = flow(parts, width - label - size - 4)
                head = pad(mrr.label(key, lang), label) + pad(difference, size - 2, right=True)
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
