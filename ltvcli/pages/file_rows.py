"""Rows of the files that were read, accounted for: used, and excluded by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ltvcli.language import N_, printable, translate
from ltvcli.results import InputFile
from ltvcli.text.words import fill

KINDS = {
    "orders": N_("orders"),
    "subscriptions": N_("subscriptions"),
    "spend": N_("spend"),
    "customers": N_("customers"),
    "prospects": N_("prospects"),
    "declined": N_("declined prospects"),
    "experiment": N_("an experiment"),
    "deals": N_("deals"),
    "cancellations": N_("cancellations"),
    "events": N_("events"),
    "survey": N_("survey answers"),
    "assignments": N_("assignments"),
}


def rows(files: Sequence[InputFile], lang: str, most: int | None = None) -> tuple[str, list[str]]:
    """Account for every row that was read: the sum, and the reasons for those excluded.

    Less common reasons are summed.

    Args:
        files: that were read.
        lang: of the words.
        most: reasons to name; None for all.
    """
    kinds = dict.fromkeys(input_file.kind for input_file in files)
    aside: Counter[str] = Counter()
    for input_file in files:
        aside.update(input_file.set_aside)
    total = fill(
        N_("{read} {read:row|rows} of {kind} = {used} used + {aside} excluded"),
        {
            "kind": " + ".join(translate(KINDS[kind], lang) for kind in kinds),
            "read": sum(input_file.rows_read for input_file in files),
            "used": sum(input_file.rows_used for input_file in files),
            "aside": aside.total(),
        },
        lang,
    )
    named = aside.most_common(most)
    reasons = [f"{reason(name, lang)} {n:,}" for name, n in named]
    if rest := aside.total() - sum(n for _, n in named):
        reasons.append(fill(N_("other reasons {n}"), {"n": rest}, lang))
    return total, reasons


def reason(name: str, lang: str) -> str:
    """Describe why rows were excluded."""
    from ltvcli.read.reasons import REASONS

    return translate(REASONS[name].label, lang) if name in REASONS else printable(name)
