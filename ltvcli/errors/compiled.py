"""Reports that combine several answers."""

from __future__ import annotations

from ltvcli.errors.kinds import UsageError
from ltvcli.language import N_


class NoReportNamedError(UsageError):
    """ltv report was typed without the name of one."""

    problem = N_("ltv report needs the name of a report: {known}.")
    hint = N_("Write for example: ltv report monthly orders.csv --out october.html")


class ReportTakesPageError(UsageError):
    """A report of several answers was asked for as CSV."""

    problem = N_("ltv report holds several answers, which --format csv cannot hold.")
    hint = N_("Use --format html, md, json or xlsx; or run each command with --format csv.")
