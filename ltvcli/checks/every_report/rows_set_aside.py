"""Many rows of the input were excluded."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import VALUED, About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Many rows excluded"),
    definition=N_(
        "More than 10% of the rows could not be used; check the reasons before you trust "
        "the result. Rows excluded by your options, such as those after --to, do not "
        "count."
    ),
    formula="1 - rows_used / (rows_read - rows left out by options)",
    source="Rule of thumb",
)

MUCH = 0.1
BY_OPTIONS = (
    "after-as-of", "customer-before-from", "customer-before-new-since", "excluded-by-user",
    "other-currency", "outside-period",
)  # fmt: skip
"""Reasons that only options of the user cause."""
OF_FILES = (
    N_("{share} of the rows were excluded ({rows}); --rejects FILE lists them."),
    N_(
        "Besides rows excluded by your options, {share} of the rows were excluded"
        " ({rows}); --rejects FILE lists them."
    ),
)
OF_TABLE = (
    N_("{share} of the rows were excluded ({rows})."),
    N_("Besides rows excluded by your options, {share} of the rows were excluded ({rows})."),
)
"""Texts for rows of files and of a table: without, and with rows excluded by options."""


def check(report: Run) -> Finding | None:
    """Find that many rows were excluded, of orders or subscriptions.

    Further files are used only as far as orders need them: a file of customers may name many
    without orders.
    """
    files = [file for file in report.inputs if file.kind in VALUED]
    by_options = sum(file.set_aside.get(reason, 0) for file in files for reason in BY_OPTIONS)
    read = sum(file.rows_read for file in files) - by_options
    aside = read - sum(file.rows_used for file in files)
    share = aside / read if read else 0
    if share <= MUCH:
        return None
    facts = {"share": Quantity(share, Unit.RATE), "rows": Quantity(aside, Unit.COUNT)}
    is_table = any(file.source for file in files)  # whose rows are not written to a file
    return Finding(
        check="rows-set-aside",
        severity=Severity.WARNING,
        says=Sentence((OF_TABLE if is_table else OF_FILES)[bool(by_options)], facts),
        option="" if is_table else "--rejects rejects.csv",
    )
