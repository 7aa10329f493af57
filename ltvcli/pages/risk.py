"""The pages of `ltv risk`: the record, the calibration, rates of a column, and the columns."""

from __future__ import annotations

from dataclasses import replace

from ltvcli.analyses.risk.rates import BLANK, RARE
from ltvcli.language import N_, Marked, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.risk import BASE, BECAUSE, KNOWN, LABELS, RiskReport, Word
from ltvcli.text.numbers import Numeral
from ltvcli.text.words import fill
from ltvcli.units import Unit

TITLES = {
    "customers": N_("Whom to call, by value at stake"),
    "next_products": N_("Next product within 90 days of a first order (95% CI)"),
    "next_products_record": N_("Suggestions learned by an earlier day (95% CI)"),
    "offers": N_("What to offer next"),
    "expansion": N_("Who is likely to move up"),
    "expansion_record": N_("Record of moving up on a later day (95% CI)"),
    "expansion_rates": N_("Rates by column (95% CI)"),
    "record": N_("Record on customers it was not learned from (95% CI)"),
    "calibration": N_("Calibration: forecast and actual (95% CI)"),
    "prospects": N_("Prospects (95% CI)"),
    "saved": N_("What declining saved (95% CI)"),
    "declined": N_("Declined prospects (95% CI)"),
    "rates": N_("Rates by column (95% CI)"),
    "columns": N_("Columns"),
    "behaviour": N_("Early behaviour beside what was known at signing (95% CI)"),
    "early_events": N_("Events in the first 14 days (95% CI)"),
}
COLUMNS = {
    "customers": {
        "customer": (N_("Customer"), Unit.TEXT),
        "at_stake": (N_("At stake"), Unit.MONEY),
        "chance": (N_("Chance of leaving"), Unit.RATE),
        "silence": (N_("Days silent"), Unit.COUNT),
        "usual_gap": (N_("Usual gap"), Unit.COUNT),
        "reasons": (N_("For and against"), Unit.TEXT),
        "arm": (N_("Arm"), Unit.TEXT),
        "assigned": (N_("Owner"), Unit.TEXT),
        "due": (N_("Call by"), Unit.TEXT),
    },
    "next_products": {
        "product": (N_("First order with"), Unit.TEXT),
        "next": (N_("Next product"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "bought": (N_("Bought it"), Unit.COUNT),
        "share": (N_("Share who bought"), Unit.RATE),
        "usual": (N_("Otherwise"), Unit.RATE),
        "lift": (N_("Lift"), Unit.RATIO),
        "p_shown": (N_("p (Holm)"), Unit.TEXT),
        "offers": (N_("To offer"), Unit.COUNT),
    },
    "next_products_record": {
        "cutoff": (N_("Cut-off"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "top": (N_("Top tenth"), Unit.COUNT),
        "bought": (N_("Bought it"), Unit.COUNT),
        "expected": (N_("By chance"), Unit.RATIO),
        "lift_top_tenth": (N_("Lift of the top tenth"), Unit.RATIO),
    },
    "offers": {
        "customer": (N_("Customer"), Unit.TEXT),
        "product": (N_("Product"), Unit.TEXT),
        "next": (N_("Next product"), Unit.TEXT),
        "chance": (N_("Share who bought"), Unit.RATE),
    },
    "expansion": {
        "customer": (N_("Customer"), Unit.TEXT),
        "chance": (N_("Chance of moving up"), Unit.RATE),
        "spent": (N_("Spends now"), Unit.MONEY),
        "because": (N_("For and against"), Unit.TEXT),
    },
    "prospects": {
        "prospect": (N_("Prospect"), Unit.TEXT),
        "word": (N_("Mismatch"), Unit.TEXT),
        "chance": (N_("Chance of leaving"), Unit.RATE),
        "multiple": (N_("Times the usual"), Unit.RATIO),
        "expected": (N_("Expected after CAC"), Unit.MONEY),
        "because": (N_("For and against"), Unit.TEXT),
        "similar": (N_("Alike"), Unit.TEXT),
    },
    "record": {
        "cutoff": (N_("Cut-off"), Unit.TEXT),
        "model": (N_("Model"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "auc": (N_("AUC"), Unit.RATIO),
        "brier": (N_("Brier"), Unit.TEXT),
        "skill": (N_("Skill"), Unit.RATE),
        "slope": (N_("Calibration slope"), Unit.RATIO),
        "lift_top_tenth": (N_("Lift of the top tenth"), Unit.RATIO),
        "chosen": (N_("Chosen"), Unit.TEXT),
    },
    "calibration": {
        "bin": (N_("Bin"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "said": (N_("Forecast"), Unit.RATE),
        "came": (N_("Actual"), Unit.RATE),
    },
    "saved": {
        "owner": (N_("Owner"), Unit.TEXT),
        "declined": (N_("Declined"), Unit.COUNT),
        "unknown": (N_("Unknown"), Unit.COUNT),
        "avoided": (N_("Avoided loss"), Unit.MONEY),
        "forgone": (N_("Forgone profit"), Unit.MONEY),
        "net_saved": (N_("Net saved"), Unit.MONEY),
        "similar": (N_("Alike"), Unit.TEXT),
    },
    "declined": {
        "prospect": (N_("Prospect"), Unit.TEXT),
        "owner": (N_("Owner"), Unit.TEXT),
        "chance": (N_("Chance of leaving"), Unit.RATE),
        "expected": (N_("Expected after CAC"), Unit.MONEY),
        "saved": (N_("Saved"), Unit.MONEY),
        "similar": (N_("Alike"), Unit.TEXT),
    },
    "rates": {
        "column": (N_("Column"), Unit.TEXT),
        "group": (N_("Group"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "rate": (N_("Share who left"), Unit.RATE),
    },
    "columns": {
        "column": (N_("Column"), Unit.TEXT),
        "auc": (N_("AUC alone"), Unit.RATIO),
        "because": (N_("Not used because"), Unit.TEXT),
    },
    "behaviour": {
        "days": (N_("First days"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "auc_at_signing": (N_("AUC at signing"), Unit.RATIO),
        "auc_with_behaviour": (N_("AUC with behaviour"), Unit.RATIO),
        "difference": (N_("Difference of AUC"), Unit.RATIO),
        "adds_word": (N_("Adds"), Unit.TEXT),
    },
    "early_events": {
        "event": (N_("Event"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left_did": (N_("Share who left"), Unit.RATE),
        "left_did_not": (N_("Share of others who left"), Unit.RATE),
    },
}
WORDS = {
    Word.HIGH: N_("high"),
    Word.WATCH: N_("watch"),
    Word.FIT: N_("fit"),
    Word.UNKNOWN: N_("unknown: nobody like this was a customer"),
}
COLUMNS["expansion_record"] = {
    "moved_up" if key == "left" else key: (N_("Moved up"), Unit.COUNT)
    if key == "left"
    else labelled
    for key, labelled in COLUMNS["record"].items()
}
COLUMNS["expansion_rates"] = {
    "column": (N_("Column"), Unit.TEXT),
    "group": (N_("Group"), Unit.TEXT),
    "customers": (N_("Customers"), Unit.COUNT),
    "moved_up": (N_("Moved up"), Unit.COUNT),
    "rate": (N_("Share who moved up"), Unit.RATE),
}
GROUPS = {BLANK: N_("(blank)"), RARE: N_("(rare)")}
DEFINITIONS = {
    N_("AUC"): N_(
        "Probability that of a customer who left and one who stayed, the one who left had the "
        "higher chance. 0.5 is chance, 1 is perfect."
    ),
    N_("Skill"): N_(
        "Share of the squared error (Brier score) of the base rate that a model saves. 0% is no "
        "better than saying the same of everybody."
    ),
    N_("Calibration slope"): N_(
        "1 if stated chances are what came; below 1 if they are too extreme, above 1 if too timid."
    ),
    N_("Prospects"): N_(
        "high: the expected contribution after CAC is below 0 with a probability above 80%; fit: "
        "above 0 with such a probability; watch: undecided; unknown: no past customer was like it. "
        "Expected is the mean of the 50 past customers who are most alike, weighted by the chance."
    ),
    N_("Net saved"): N_(
        "Declining saves what a prospect was expected to bring less the CAC still to spend, with "
        "the sign turned: avoided losses less forgone profit. CAC already spent is sunk. Those "
        "who were declined have no outcome: it rests on customers like them who were accepted."
    ),
    N_("Early behaviour"): N_(
        "What customers did in their first days, by a log of events: how many events, on how many "
        "days, how long ago. It adds if the same logistic regression tells later customers who "
        "left better with it than without. Customers who had left, or ordered again, within these "
        "days are left out: their outcome was known. That an event goes with staying does not mean "
        "that it makes customers stay."
    ),
    N_("Lift of the top tenth"): N_(
        "How many times as often the tenth of customers with the highest chances left as all."
    ),
}
TO_FILL = ("assigned",)
"""Columns that whoever has the list fills in."""
SHOWN = 30
"""Rows of rates on a screen."""
FEW = 10
"""Rows of each list of opportunities on a screen."""
LEAST = 0.001
"""p-values below it are written so."""
LISTED = ("next_products", "offers", "expansion")
"""Lists of opportunities."""


def grids(report: RiskReport, lang: str, width: int) -> list[Grid]:
    """Return the record, and rates where there is no score.

    Args:
        report: with the tables.
        lang: of the words.
        width: cells of a line; tables that are wider continue below themselves.
    """
    tables = {name: rows for name, rows in report.tables.items() if name != "columns"}
    if "expansion" in tables:
        shown = {name: tables[name][:FEW] for name in LISTED}
        tables |= shown
        return [_grid(report, name, rows, lang) for name, rows in tables.items() if rows]
    tables["record"] = tuple(row for row in report.tables["record"] if not _is_part(row, report))
    tables["rates"] = report.tables["rates"][:SHOWN]
    tables["prospects"] = report.tables["prospects"][:SHOWN]
    tables["early_events"] = report.tables.get("early_events", ())[:SHOWN]
    if "customers" in tables:  # after the record
        tables["customers"] = tables.pop("customers")[:SHOWN]
    tables.pop("declined", None)  # one line each; with --verbose
    left_out = tuple(row for row in report.tables["columns"] if not row["used"])
    if left_out:
        tables["columns"] = left_out
    return [_grid(report, name, rows, lang) for name, rows in tables.items() if rows]


def memo(report: RiskReport, lang: str) -> list[Grid]:
    """Return every table."""
    return [
        _grid(report, name, rows, lang, keep=TO_FILL)
        for name, rows in report.tables.items()
        if rows
    ]


def _is_part(row: Row, report: RiskReport) -> bool:
    """Return whether a row of the record is of one cut-off, where a row of all of them is there."""
    return row["cutoff"] is not None and any(r.cutoff is None for r in report.records)


def _grid(
    report: RiskReport,
    name: str,
    rows: tuple[Row, ...],
    lang: str,
    *,
    keep: tuple[str, ...] = (),
) -> Grid:
    """Draw a table; columns that no row fills are left out.

    Args:
        report: with the currency.
        name: of the table.
        rows: of the table.
        lang: of the words.
        keep: columns that stay though no row fills them.
    """
    named = {
        "customers": _customer,
        "behaviour": _behaviour,
        "declined": _prospect,
        "early_events": _event,
        "expansion": _expansion,
        "next_products": _next_product,
        "offers": _offer,
        "prospects": _prospect,
        "saved": _saved,
    }
    shown = [named[name](row, lang) if name in named else _shown(row) for row in rows]
    columns = {
        key: labelled
        for key, labelled in COLUMNS[name].items()
        if key in keep or any(row.get(key) not in (None, "") for row in shown)
    }
    drawn = table_page.grid(translate(TITLES[name], lang), columns, shown, report.currency, lang)
    names = [place for place, key in enumerate(columns) if key not in ("brier",)]
    return replace(drawn, left=[place for place in drawn.left if place in names])


def _shown(row: Row) -> Row:
    """Write the words of a row."""
    words: dict[str, str] = {}
    if "model" in row:
        words = {"model": LABELS[str(row["model"])]}
        if "moved_up" in row and row["model"] == BASE:
            words["model"] = N_("rate of all")
        if isinstance(row["brier"], float):
            words["brier"] = Numeral(f"{row['brier']:.3f}", row["brier"], Unit.RATIO)
        words["chosen"] = N_("yes") if row["chosen"] else ""
    if row.get("because"):
        words["because"] = BECAUSE[str(row["because"])]
    if "group" in row:
        group = str(row["group"])
        words["group"] = GROUPS.get(group, Marked(group))
    return {**row, **words}


def _prospect(row: Row, lang: str) -> Row:
    """Write the words of a prospect, whose name and cells are data."""
    facts = {"left": row["alike_left"], "n": row["alike"]}
    return {
        **row,
        "chance_low": row["low"],
        "chance_high": row["high"],
        "prospect": Marked(str(row["prospect"])),
        "owner": Marked(str(row.get("owner") or "")),
        "word": WORDS[Word(str(row["word"]))] if row["word"] else "",
        "because": Marked(str(row["because"])),
        "similar": fill(N_("{left} of {n} left"), facts, lang) if row["alike"] else "",
    }


def _customer(row: Row, lang: str) -> Row:
    """Write the words of a customer to call, whose id is data."""
    arm = N_("control") if row["control"] else N_("call")
    return {
        **row,
        "arm": translate(arm, lang),
        "assigned": "",
        "reasons": "" if row["silence"] is not None else Marked(_reasons(row, lang)),
        "due": Marked(str(row["due"])),
        "chance_low": row["low"],
        "chance_high": row["high"],
    }


def _expansion(row: Row, lang: str) -> Row:
    """Write the words of a customer who is likely to move up, whose id and cells are data."""
    return {
        **row,
        "because": Marked(_reasons(row, lang)),
        "chance_low": row["low"],
        "chance_high": row["high"],
    }


def _reasons(row: Row, lang: str) -> str:
    """Write reasons, of which the names of our own columns are translated."""
    return ", ".join(
        next(
            (translate(name, lang) + text[len(name) :] for name in KNOWN if text.startswith(name)),
            text,
        )
        for text in str(row["because"]).split(", ")
    )


def _next_product(row: Row, lang: str) -> Row:
    """Write the names of a pair of products, and a p-value to two digits."""
    p = float(row["p_holm"] or 0.0)
    return {
        **row,
        "product": Marked(str(row["product"])),
        "next": Marked(str(row["next"])),
        "p_shown": Numeral("<0.001" if p < LEAST else f"{p:.3f}", p, Unit.RATIO),
    }


def _offer(row: Row, lang: str) -> Row:
    """Write the names of the products of an offer."""
    return {
        **row,
        "product": Marked(str(row["product"])),
        "next": Marked(str(row["next"])),
        "chance_low": row["low"],
        "chance_high": row["high"],
    }


def _saved(row: Row, lang: str) -> Row:
    """Write the words of what an owner saved by declining; the first row is of all."""
    facts = {"left": row["alike_left"], "n": row["alike"]}
    return {
        **row,
        "owner": N_("All") if row["owner"] is None else Marked(str(row["owner"]) or "–"),
        "similar": fill(N_("{left} of {n} left"), facts, lang) if row["alike"] else "",
    }


def _behaviour(row: Row, lang: str) -> Row:
    """Write whether behaviour adds, in a word."""
    words = {True: N_("yes"), False: N_("not shown"), None: N_("not tested")}
    adds = row["adds"]
    return {**row, "adds_word": translate(words[None if adds is None else bool(adds)], lang)}


def _event(row: Row, lang: str) -> Row:
    """Write the name of an event, which is data, or how many are pooled."""
    if row["event"] is None:
        return {**row, "event": fill(N_("(others: {n})"), {"n": row["names"]}, lang)}
    return {**row, "event": Marked(str(row["event"]))}
