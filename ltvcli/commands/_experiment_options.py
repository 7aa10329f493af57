"""Options of `ltv experiment`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ltvcli.commands import _options
from ltvcli.language import N_

Results = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE...",
        help=N_(
            "Orders, with --assignments; or results: one row per customer, with arm and outcome."
        ),
        show_default=False,
    ),
]


def _option(name: str, metavar: str, help_text: str, panel: str) -> Any:
    return typer.Option(name, metavar=metavar, help=help_text, rich_help_panel=panel)


Arm = Annotated[
    str | None,
    _option("--arm", "group", N_("Column of the arm (group) of a customer."), _options.READING),
]
Outcome = Annotated[
    list[str] | None,
    _option(
        "--outcome",
        "spend",
        N_("Column of the outcome per customer: money, or 0 and 1. Repeatable; the first decides."),
        _options.READING,
    ),
]
Control = Annotated[
    str | None,
    _option("--control", "holdout", N_("Control arm (without the measure)."), _options.READING),
]
Before = Annotated[
    str | None,
    _option(
        "--before",
        "history",
        N_("Column of the value per customer before the assignment; narrows intervals (CUPED)."),
        _options.READING,
    ),
]
CostPerCustomer = Annotated[
    str | None,
    _option(
        "--cost-per-customer",
        "0.10",
        N_("Cost of the measure per customer of an arm; 0 if it costs nothing."),
        _options.NUMBERS,
    ),
]
Split = Annotated[
    list[str] | None,
    _option(
        "--split",
        "holdout=10%",
        N_("Planned share of customers of an arm. One for every arm."),
        _options.READING,
    ),
]
Peek = Annotated[
    str | None,
    _option(
        "--peek",
        "60000",
        N_("Intervals valid at every look; give the customers planned in all arms."),
        _options.RESULT,
    ),
]
Assignments = Annotated[
    list[str] | None,
    _option(
        "--assignments",
        "arms.csv",
        N_("File of assignments: customer, arm, day. Repeatable."),
        _options.READING,
    ),
]
Age = Annotated[
    str | None,
    _option(
        "--age",
        "90d",
        N_("Common age: outcomes count for this long after the assignment."),
        _options.NUMBERS,
    ),
]
Start = Annotated[
    str | None,
    _option(
        "--start",
        "2026-03-01",
        N_("Day of assignment of all customers, if no column has it."),
        _options.READING,
    ),
]
Cost = Annotated[
    str | None,
    _option(
        "--cost",
        "5000",
        N_("Fixed cost of the measure, in addition to the cost per customer."),
        _options.NUMBERS,
    ),
]
Cap = Annotated[
    str | None,
    _option(
        "--cap",
        "99%",
        N_("Also show the effect with capped outcomes: at an amount, or a percentile of buyers."),
        _options.RESULT,
    ),
]
By = Annotated[
    list[str] | None,
    _option(
        "--by",
        "country",
        N_("Explore effects by a column of the assignments or results. Repeatable."),
        _options.RESULT,
    ),
]
Planned = Annotated[
    str | None,
    _option(
        "--planned",
        "initiatives.csv",
        N_("Initiatives of ltv whatif, to compare with the arms of the same name."),
        _options.RESULT,
    ),
]
Plan = Annotated[
    bool,
    typer.Option(
        "--plan",
        help=N_("Plan from orders: how many customers and months an experiment requires."),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
EffectToShow = Annotated[
    str | None,
    _option(
        "--effect",
        "5%",
        N_("With --plan: effect to detect, relative to the mean per customer."),
        _options.NUMBERS,
    ),
]
