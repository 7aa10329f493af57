"""`ltv sql`: a script for a database to which ltv has no connection."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from msgspec.structs import replace

from ltvcli.choices import DIALECTS, SCRIPTED
from ltvcli.commands import _complete, _options, _output, review, segments
from ltvcli.errors import (
    FactsAndTableError,
    NoColumnsError,
    NoDriverError,
    NoScriptOfError,
    SourceWithoutTableError,
    UnnamedScriptError,
)
from ltvcli.language import N_
from ltvcli.settings import parsing
from ltvcli.settings import settings as config
from ltvcli.text import progress

if TYPE_CHECKING:
    from ltvcli.choices import Dialect

HELP = N_("Write a SQL script for a database without a connection; its results answer a command.")
EXAMPLES = (
    "ltv sql calc --dialect snowflake --table shop.orders --columns columns.csv -o facts.sql",
    "ltv sql calc --dialect postgres --table orders --columns columns.csv --map amount=total",
    "ltv sql calc --facts facts -o facts.sql",
)
Command = Annotated[
    str | None,
    typer.Argument(
        metavar="|".join(SCRIPTED),
        help=N_("Which command the results answer, with --facts FOLDER in place of files."),
        show_default=False,
        autocompletion=_complete.among(SCRIPTED),
    ),
]
DialectOption = Annotated[
    str | None,
    typer.Option(
        "--dialect",
        metavar="|".join(DIALECTS),
        help=N_("Database that runs the script."),
        rich_help_panel=_options.READING,
        autocompletion=_complete.among(DIALECTS),
        show_default=False,
    ),
]
TableOption = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="shop.orders",
        help=N_("Table with the orders."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="columns.csv",
        help=N_(
            "All columns of the table: a CSV file with name and type, or 'total numeric, ...'."
        ),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]
Earlier = Annotated[
    str | None,
    typer.Option(
        "--facts",
        metavar="FOLDER",
        help=N_("Folder with results of an earlier script, to write the next one."),
        rich_help_panel=_options.READING,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    command: Command = None,
    dialect: DialectOption = None,
    table: TableOption = None,
    columns: Columns = None,
    where: _options.Where = None,
    facts: Earlier = None,
    map: _options.Map = None,
    exclude: _options.Exclude = None,
    status_paid: _options.StatusPaid = None,
    words: _options.Words = None,
    as_of: _options.AsOf = None,
    from_: _options.From = None,
    to: _options.To = None,
    new_since: _options.NewSince = None,
    currency: _options.Currency = None,
    by: _options.By = None,
    minus: segments.Minus = False,
    period: review.Period = None,
    horizon: _options.Horizon = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    cost_to_serve: _options.CostToServe = None,
    new_customers: _options.NewCustomers = None,
    lapse_after: _options.LapseAfter = None,
    out: _options.Out = None,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, rehearse the command, and write the script.

    Raises:
        UnnamedScriptError: no command was named.
        NoScriptOfError: the command has no script.
    """
    from ltvcli.pipeline import scripts

    if not command:
        raise UnnamedScriptError(known=", ".join(SCRIPTED))
    named = next((known for known in SCRIPTED if known == command), None)
    if named is None:
        raise NoScriptOfError(command=command, known=", ".join(SCRIPTED))
    _import_sqlglot()
    options = {
        name: ctx.params[name]
        for name in scripts.FIXED
        if scripts.typed_values(ctx.params.get(name)) and name not in scripts.OF_FILES_HERE
    }
    results = None
    if facts is not None:
        if dialect or table or columns or where:
            raise FactsAndTableError
        earlier = scripts.read(facts, named)
        results = earlier.results
        asked = replace(earlier.asked, command=named, options={**earlier.asked.options, **options})
    else:
        chosen = parsing.one_of(DIALECTS, "--dialect postgres")("--dialect", dialect or "")
        if not table:
            raise SourceWithoutTableError
        if not columns:
            raise NoColumnsError
        asked = scripts.Asked(
            command=named,
            dialect=cast("Dialect", chosen),
            table=table,
            where=where,
            columns=scripts.columns(columns),
            options=options,
        )
    typed: dict[str, Any] = {"lang": lang, "spend": spend, "cac_lag": cac_lag, **asked.options}
    settings = config.resolve(typed, os.environ, (), today=ctx.obj.today)
    speak = settings.lang or ctx.obj.lang
    with progress.watch(speak, quiet=quiet) as step:
        script = scripts.write(asked, settings, results, step)
    _output.write(script, out)


def _import_sqlglot() -> None:
    """Import SQLGlot, which writes dialects.

    Raises:
        NoDriverError: it is not installed.
    """
    try:
        import sqlglot  # noqa: F401 - needed by every query
    except ImportError:
        raise NoDriverError(place="ltv sql", extra="sql") from None
