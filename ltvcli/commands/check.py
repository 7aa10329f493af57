"""`ltv check`: rules of ltv.yaml applied to the figures of each month, and who is notified."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ltvcli.commands import _answer, _options, _output
from ltvcli.errors import NoRulesError, PingAddressError
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.text import progress

if TYPE_CHECKING:
    from ltvcli.commands._start import Start
    from ltvcli.pipeline.check import Memory
    from ltvcli.record.alerts import KeptLetter
    from ltvcli.results.check import CheckReport
    from ltvcli.settings.settings import Settings

HELP = N_("Apply the rules of ltv.yaml to the figures of the last month, and notify the channels.")
EXAMPLES = (
    "ltv check orders.csv --spend spend.csv",
    "ltv check orders.csv --spend spend.csv --dry-run",
    "ltv check subscriptions.csv --format json",
)


DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=N_(
            "Show when the rules would have fired in earlier months, without notifying anyone."
        ),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]
Ping = Annotated[
    str | None,
    typer.Option(
        "--ping",
        metavar="https://...",
        help=N_(
            "Address to call after a run in which everything was sent, so a dead-man switch "
            "notices when runs stop. LTV_PING keeps it off the command line."
        ),
        rich_help_panel=_options.RESULT,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    margin: _options.Margin = None,
    cac: _options.Cac = None,
    spend: _options.Spend = None,
    cac_lag: _options.CacLag = None,
    horizon: _options.Horizon = None,
    customers: _options.Customers = None,
    min_customers: _options.MinCustomers = None,
    map: _options.Map = None,
    exclude: _options.Exclude = None,
    status_paid: _options.StatusPaid = None,
    words: _options.Words = None,
    as_of: _options.AsOf = None,
    from_: _options.From = None,
    to: _options.To = None,
    new_since: _options.NewSince = None,
    date_format: _options.DateFormat = None,
    encoding: _options.Encoding = None,
    currency: _options.Currency = None,
    memory: _options.Memory = None,
    rejects: _options.Rejects = None,
    history: _options.History = None,
    dry_run: DryRun = False,
    ping: Ping = None,
    format: _options.Format = None,
    table: _options.Table = None,
    out: _options.Out = None,
    brief: _options.Brief = False,
    verbose: _options.Verbose = False,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.channels import _http
    from ltvcli.pipeline import check
    from ltvcli.record import place
    from ltvcli.results.check import WATCHED
    from ltvcli.settings import rules as of_file

    inputs = files or []
    settings = config.resolve(ctx.params, os.environ, inputs, today=ctx.obj.today)
    speak = settings.lang or ctx.obj.lang
    render = _output.renderer(settings, out, table, quiet=quiet, brief=brief, verbose=verbose)
    rules, path = of_file.find(inputs, WATCHED)
    if not rules:
        raise NoRulesError(place=path or "ltv.yaml")
    excluded = _answer.file(rejects)
    if dry_run:
        history_of_rules = place.path_of(settings), os.path.realpath(path)
        with progress.watch(speak, quiet=quiet) as step:
            report = check.dry_run(inputs, settings, rules, history_of_rules, excluded, step)
        _output.write(render(report, speak), out)
        return
    address = ping or os.environ.get("LTV_PING", "")
    if address and not _http.is_safe(address):
        raise PingAddressError
    names = [channel for rule in rules for channel in rule.to]
    keeping = _memory(settings, ctx.obj, path, names)
    with progress.watch(speak, quiet=quiet) as step:
        report = check.run(inputs, settings, rules, keeping, excluded, step)
    _output.write(render(report, speak), out)
    if address and not report.undelivered:
        _ping(address, speak)
    if report.fails:
        raise typer.Exit(1)


def _ping(address: str, lang: str) -> None:
    """Call a dead-man switch, and report a failure; the switch will notice the missing call."""
    from ltvcli.channels import _delivery
    from ltvcli.language import Marked
    from ltvcli.text.words import fill

    because = _delivery.ping(address)
    if because is not None:
        facts = {"because": Marked(because)}
        typer.echo(fill(N_("The ping was not answered: {because}."), facts, lang), err=True)


def _memory(settings: Settings, start: Start, scope: str, channels: Sequence[str]) -> Memory:
    """Return where states are kept, and how messages leave.

    Raises:
        UsageError: a secret of a channel is missing.
    """
    import json

    from ltvcli.channels import _delivery
    from ltvcli.channels._message import Message
    from ltvcli.formats import json as json_format
    from ltvcli.pipeline.check import Memory
    from ltvcli.pipeline.check_states import Ledger
    from ltvcli.record import place

    known = _delivery.prepare(list(dict.fromkeys(channels)), os.environ)

    def deliver(letters: Sequence[KeptLetter]) -> dict[int, str | None]:
        parcels = [
            _delivery.Parcel(
                number=letter.number,
                channel=letter.channel,
                message=Message(subject=letter.subject, body=letter.body),
            )
            for letter in letters
        ]
        delivery = _delivery.deliver(parcels, known)
        return {**dict.fromkeys(delivery.taken), **delivery.failed}

    def document(report: CheckReport) -> dict[str, Any]:
        written: dict[str, Any] = json.loads(json_format.render(report, "en"))
        return written

    ledger = Ledger(
        path=place.path_of(settings),
        scope=os.path.realpath(scope),
        now=start.now,
        lang=settings.lang or start.lang,
        deliver=deliver,
    )
    return Memory(ledger=ledger, document=document)
