"""The pages of `ltv risk`: the evaluation, the calibration, rates of a column, and the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from ltvcli.language import N_, Marked, translate
from ltvcli.pages import risk_tables, table_page
from ltvcli.pages.content import Grid
from ltvcli.pages.risk_tables import BELOW, COLUMNS, GROUPS, STANDINGS, TITLES, WORDS
from ltvcli.results import Row
from ltvcli.results.risk import BASE, BECAUSE, BELOW_ZERO, KNOWN, LABELS, RiskReport, Word
from ltvcli.results.today import Standing
from ltvcli.text.numbers import Numeral
from ltvcli.text.words import fill
from ltvcli.units import Unit

DEFINITIONS = risk_tables.DEFINITIONS
OF_TABLE = {"Early behaviour": "behaviour", "Today's customers": "customers_record"}
"""Definitions that only a page with that table has."""
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
    tables["customers_rates"] = report.tables.get("customers_rates", ())[:SHOWN]
    if "customers" in tables:  # after the record
        tables["customers"] = tables.pop("customers")[:SHOWN]
    tables.pop("declined", None)  # one line each; with --verbose
    left_out = tuple(row for row in report.tables["columns"] if not row["used"])
    if left_out:
        tables["columns"] = left_out
    drawn = {name: _grid(report, name, rows, lang) for name, rows in tables.items() if rows}
    if report.today is not None and len(report.today.rows) > SHOWN:
        facts = {"n": SHOWN, "all": len(report.today.rows)}
        note = fill(N_("{n} of {all} shown – all with --verbose, or --format csv"), facts, lang)
        drawn["customers"] = replace(drawn["customers"], notes=[note])
    return [*drawn.values()]


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


NO_LABELS: Mapping[str, str] = MappingProxyType({})


def saved(rows: Sequence[Row], currency: str | None, lang: str) -> Grid:
    """Draw the saving of declining, in total and by owner.

    Args:
        rows: of the table `saved`.
        currency: of the amounts; None if it is not known.
        lang: of the words.
    """
    return _drawn("saved", rows, currency, lang)


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
    labels = BELOW if report.outcome == BELOW_ZERO else {}
    if name == "customers" and report.today is not None:
        name = "snapshot" if report.today.is_snapshot else "today"
    return _drawn(name, rows, report.currency, lang, keep=keep, labels=labels)


def _drawn(
    name: str,
    rows: Sequence[Row],
    currency: str | None,
    lang: str,
    *,
    keep: tuple[str, ...] = (),
    labels: Mapping[str, str] = NO_LABELS,
) -> Grid:
    """Draw a table, see `_grid`.

    Args:
        name: of the table.
        rows: of the table.
        currency: of the amounts; None if it is not known.
        lang: of the words.
        keep: columns that stay though no row fills them.
        labels: other labels of columns, where customers below CAC are counted.
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
        "snapshot": _present,
        "today": _present,
    }
    shown = [named[name](row, lang) if name in named else _shown(row) for row in rows]
    if labels:
        shown = [{**row, **_alike_below(row, lang)} for row in shown]
    columns = {
        key: (labels.get(label, label), unit)
        for key, (label, unit) in COLUMNS[name].items()
        if key in keep or any(row.get(key) not in (None, "") for row in shown)
    }
    drawn = table_page.grid(translate(TITLES[name], lang), columns, shown, currency, lang)
    names = [place for place, key in enumerate(columns) if key not in ("brier",)]
    return replace(drawn, left=[place for place in drawn.left if place in names])


def _alike_below(row: Row, lang: str) -> Row:
    """Write how many of the most similar customers stayed below CAC."""
    if not row.get("alike"):
        return {}
    facts = {"left": row["alike_left"], "n": row["alike"]}
    return {"similar": fill(N_("{left} of {n} below CAC"), facts, lang)}


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


def _present(row: Row, lang: str) -> Row:
    """Write the words of a customer of today, whose ID and cells are data."""
    return {
        **row,
        "level": translate(STANDINGS[Standing(str(row["word"]))], lang),
        "reasons": Marked(_reasons(row, lang)),
        "chance_low": row["low"],
        "chance_high": row["high"],
    }


def _customer(row: Row, lang: str) -> Row:
    """Write the words of a customer to call, whose ID is data."""
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
    """Write the words of a customer who is likely to upgrade, whose ID and cells are data."""
    return {
        **row,
        "because": Marked(_reasons(row, lang)),
        "chance_low": row["low"],
        "chance_high": row["high"],
    }


def _reasons(row: Row, lang: str) -> str:
    """Write reasons, with the names of our own columns translated."""
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
    """Write the words of an owner's saving by declining; the first row is the total."""
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
