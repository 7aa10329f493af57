"""Partially refunded orders without a column of refunds."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Partial refunds of unknown size"),
    definition=N_(
        "A status says that orders were refunded in part, but no column says how much: they count "
        "in full, so revenue is too high by an unknown amount."
    ),
    source="Rule of thumb",
    pitfalls=N_("Export the refunded amounts, too, and type --map refund=COLUMN."),
)


def check(report: Run) -> Finding | None:
    """Warn about the orders, with their revenue."""
    words = [
        (file, word)
        for file in report.inputs
        if file.kind == "orders" and "refund" not in file.columns
        for word in file.statuses
        if word.meaning == "partly-returned" and word.revenue
    ]
    if not words:
        return None
    _, first = max(words, key=lambda pair: pair[1].revenue or 0)
    text = N_(
        "“{column}” says “{word}” in {rows} {rows:row|rows} ({revenue}), but no column says how "
        "much was refunded. {rows:It counts|They count} in full."
    )
    return Finding(
        check="partial-refunds-unknown",
        severity=Severity.WARNING,
        says=Sentence(
            text,
            {
                "column": first.column,
                "word": first.word or "",
                "rows": Quantity(sum(word.rows for _, word in words), Unit.COUNT),
                "revenue": Quantity(sum(word.revenue or 0 for _, word in words), Unit.MONEY),
            },
        ),
    )
