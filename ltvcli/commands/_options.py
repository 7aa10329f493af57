"""Options that several commands share, declared once."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ltvcli import formats, registry
from ltvcli.commands import _complete
from ltvcli.commands._complete import Complete
from ltvcli.language import LANGUAGES, N_
from ltvcli.settings import settings

NUMBERS = N_("Numbers (given values override measured ones)")
READING = N_("Reading the files")
RESULT = N_("The result")
MEASURED = N_("measured in the data")
DEFAULTS = {
    **dict.fromkeys(("aov", "frequency", "lifespan", "arpu", "churn"), MEASURED),
    "margin": N_("from a cost column, else 100%, which is revenue"),
    "retention_cost": "0",
    "discount": "0%",
    "cac_lag": "0d",
    "horizon": N_("chosen from the data"),
    "lapse_after": N_("measured, within 30d to 365d"),
    "min_customers": "30",
    "date_format": N_("recognised"),
    "encoding": N_("recognised"),
    "currency": N_("currency of the data"),
    "as_of": N_("the last day in the data"),
    "as_": "standard",
    "cost_to_serve": "0%",
    "history": N_("a file in your user folder"),
    "memory": N_("3.5GB, or about 60% of a smaller machine"),
}
"""Descriptions of the defaults of options that are neither given nor in ltv.yaml."""


def _option(
    name: str,
    panel: str,
    metavar: str,
    complete: Complete | None = None,
    default: str = "",
) -> Any:
    flag = "--" + name.strip("_").replace("_", "-")
    setting = settings.described()[name]
    return typer.Option(
        flag,
        help=setting.help,
        rich_help_panel=panel,
        metavar=metavar,
        autocompletion=complete,
        show_default=default or DEFAULTS.get(name, False),
    )


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help=N_(
            "Exports of orders or subscriptions: CSV, TSV, Excel, Parquet, gzip, globs; - is "
            "standard input."
        ),
        show_default=False,
    ),
]

Subscriptions = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help=N_("Exports of subscriptions, in the same forms as exports of orders."),
        show_default=False,
    ),
]

Aov = Annotated[str | None, _option("aov", NUMBERS, "8000")]
Frequency = Annotated[str | None, _option("frequency", NUMBERS, "3")]
Lifespan = Annotated[str | None, _option("lifespan", NUMBERS, "2y")]
Arpu = Annotated[str | None, _option("arpu", NUMBERS, "10000")]
Churn = Annotated[str | None, _option("churn", NUMBERS, "5%")]
Margin = Annotated[str | None, _option("margin", NUMBERS, "40%")]
Cac = Annotated[str | None, _option("cac", NUMBERS, "5000")]
RetentionCost = Annotated[str | None, _option("retention_cost", NUMBERS, "1000")]
Discount = Annotated[str | None, _option("discount", NUMBERS, "10%")]
Horizon = Annotated[str | None, _option("horizon", NUMBERS, "24mo")]
ForecastHorizon = Annotated[str | None, _option("horizon", NUMBERS, "24mo", default="12mo")]
NewCustomers = Annotated[str | None, _option("new_customers", NUMBERS, "300|last-year")]
LapseAfter = Annotated[str | None, _option("lapse_after", NUMBERS, "90d")]

Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="amount=合計",
        help=N_("Which column plays a role: customer, amount, date, order, ... May be repeated."),
        rich_help_panel=READING,
    ),
]
Exclude = Annotated[list[str] | None, _option("exclude", READING, "'Status=Awaiting check'")]
StatusPaid = Annotated[list[str] | None, _option("status_paid", READING, "'In the bank'")]
Words = Annotated[
    list[str] | None,
    typer.Option(
        "--words",
        metavar="'Former patron=cancelled'",
        help=N_("What a status means: sale, cancelled, unpaid, test, ... May be repeated."),
        rich_help_panel=READING,
    ),
]
By = Annotated[list[str] | None, _option("by", READING, "channel")]
Customers = Annotated[str | None, _option("customers", READING, "customers.csv")]
CostToServe = Annotated[str | None, _option("cost_to_serve", NUMBERS, "5%")]
Spend = Annotated[list[str] | None, _option("spend", READING, "spend.csv")]
Survey = Annotated[list[str] | None, _option("survey", READING, "nps.csv")]
Benchmarks = Annotated[list[str] | None, _option("benchmarks", READING, "benchmarks.csv")]
CacLag = Annotated[str | None, _option("cac_lag", NUMBERS, "30d")]
MinCustomers = Annotated[str | None, _option("min_customers", RESULT, "30")]
DateFormat = Annotated[str | None, _option("date_format", READING, "%d/%m/%Y")]
Encoding = Annotated[str | None, _option("encoding", READING, "cp932")]
Currency = Annotated[str | None, _option("currency", READING, "JPY")]
AsOf = Annotated[str | None, _option("as_of", READING, "2026-10-31")]
From = Annotated[str | None, _option("from_", READING, "2025-01-01")]
To = Annotated[str | None, _option("to", READING, "2026-10-31")]
FromMonth = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="2025-01-01",
        help=N_("Show months from the month of this day."),
        rich_help_panel=RESULT,
    ),
]
ToMonth = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="2026-10-31",
        help=N_("Show months up to the month of this day."),
        rich_help_panel=RESULT,
    ),
]
As = Annotated[str | None, _option("as_", RESULT, "stripe", _complete.conventions)]
NewSince = Annotated[str | None, _option("new_since", READING, "2025-01-01")]
Memory = Annotated[str | None, _option("memory", READING, "1GB")]
Rejects = Annotated[
    str | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        help=N_("Write every row that was excluded, with its line and reason."),
        rich_help_panel=READING,
    ),
]

Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="URL",
        help=N_("Database with the orders, in place of files; --table names the table."),
        rich_help_panel=READING,
        show_default=False,
    ),
]
Facts = Annotated[
    str | None,
    typer.Option(
        "--facts",
        metavar="FOLDER",
        help=N_("Folder with the results of a script of ltv sql, in place of files."),
        rich_help_panel=READING,
        show_default=False,
    ),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--where",
        metavar="CONDITION",
        help=N_("Condition in SQL on the rows of the table: \"country = 'JP'\"."),
        rich_help_panel=READING,
        show_default=False,
    ),
]
Timezone = Annotated[
    str | None,
    typer.Option(
        "--timezone",
        metavar="ZONE",
        help=N_("Time zone of the days of --source, where times have one: Asia/Tokyo. [UTC]"),
        rich_help_panel=READING,
        show_default=False,
    ),
]
SourceTable = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help=N_("With --source, the table to read. Else the one that --format csv writes."),
        rich_help_panel=READING,
        show_default=False,
    ),
]

Events = Annotated[
    list[str] | None,
    typer.Option(
        "--events",
        metavar="events.csv",
        help=N_("Log of events (customer, day, event), to learn from first days. Repeatable."),
        rich_help_panel=READING,
        show_default=False,
    ),
]
Declined = Annotated[
    str | None,
    typer.Option(
        "--declined",
        metavar="declined.csv",
        help=N_("File with one row per prospect who was declined: what that saved, by owner."),
        rich_help_panel=READING,
        show_default=False,
    ),
]

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        autocompletion=_complete.among(registry.names(formats)),
        show_default="table",
        metavar="|".join(registry.names(formats)),
        help=N_("Output format."),
        rich_help_panel=RESULT,
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help=N_("Write the result to a file instead of the screen."),
        rich_help_panel=RESULT,
    ),
]
Table = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help=N_("Which table --format csv writes, by its name in the JSON."),
        rich_help_panel=RESULT,
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help=N_("Show only the result, without progress and next command."),
        rich_help_panel=RESULT,
        show_default=False,
    ),
]
Brief = Annotated[
    bool,
    typer.Option(
        "--brief",
        help=N_("Show only the answer, in at most five lines, and the number of warnings."),
        rich_help_panel=RESULT,
        show_default=False,
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        help=N_("Show everything: every note, table and column, every input with its interval."),
        rich_help_panel=RESULT,
        show_default=False,
    ),
]
Chart = Annotated[
    bool,
    typer.Option(
        "--chart",
        help=N_("Draw charts below the answer, in the terminal or in a text file."),
        rich_help_panel=RESULT,
        show_default=False,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        help=N_("Language."),
        rich_help_panel=RESULT,
        autocompletion=_complete.among(LANGUAGES),
        show_default=N_("language of the system"),
    ),
]
History = Annotated[str | None, _option("history", RESULT, "history.db")]
Record = Annotated[
    bool | None,
    typer.Option(
        "--record",
        help=N_("Record this run in the history."),
        rich_help_panel=RESULT,
        show_default=False,
    ),
]
FailUnder = Annotated[
    str | None,
    typer.Option(
        "--fail-under",
        metavar="3",
        help=N_("Exit with code 1 if LTV/CAC is below this."),
        rich_help_panel=RESULT,
    ),
]
Strict = Annotated[
    bool | None,
    typer.Option(
        "--strict",
        help=N_("Grade by the low end of the 95% CI."),
        rich_help_panel=RESULT,
        show_default=False,
    ),
]
