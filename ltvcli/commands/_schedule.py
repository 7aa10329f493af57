"""Schedules that run `ltv check` every day: a line for cron, or a workflow for GitHub."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from ltvcli import __version__
from ltvcli.language import N_, translate

SCHEDULES = ("cron", "github")
WORKFLOW = Path(".github/workflows/ltv-check.yml")
DAILY = "0 7 * * *"
"""The same data counts once, and a message that was not taken is sent again: so every day."""
EXPORTS = ("orders.csv", "subscriptions.csv")
SPEND = "spend.csv"
WORDS = {
    "read": N_("Runs every day at 7: exports may come at any time, and the same data counts once."),
    "files": N_("Put your files here, as for ltv check."),
    "secrets": N_("Set these as secrets of the repository, for the channels that your rules use."),
    "kept": N_("The history, which carries states from run to run."),
}


def files(folder: Path) -> list[str]:
    """Name the files to check: those in the folder that have the usual names, else orders.csv."""
    exports = [name for name in EXPORTS if (folder / name).exists()][:1] or [EXPORTS[0]]
    spend = ["--spend", SPEND] if (folder / SPEND).exists() else []
    return [*exports, *spend]


def cron(folder: Path, lang: str) -> str:
    """Return the lines for `crontab -e`; cron mails standard error.

    Args:
        folder: of the files.
        lang: of the comment.
    """
    program = shutil.which("ltv") or "ltv"
    check = shlex.join([program, "check", *files(folder), "--brief"])
    line = f"cd {shlex.quote(str(folder.resolve()))} && {check}"
    escaped = line.replace("%", r"\%")  # a bare % ends a line of cron
    return f"# {translate(WORDS['read'], lang)}\n{DAILY} {escaped}\n"


def github(folder: Path, lang: str) -> str:
    """Return the workflow.

    Args:
        folder: of the files.
        lang: of the comments.
    """
    check = shlex.join(["ltv", "check", *files(folder)])
    secrets = "".join(
        f"          {name}: ${{{{ secrets.{name} }}}}\n"
        for name in (
            "LTV_SLACK_URL", "LTV_MAIL_SERVER", "LTV_MAIL_FROM", "LTV_MAIL_TO", "LTV_MAIL_USER",
            "LTV_MAIL_PASSWORD", "LTV_APPRISE_URL", "LTV_PING",
        )
    )  # fmt: skip
    return f"""\
name: ltv check
# {translate(WORDS["read"], lang)}
on:
  schedule:
    - cron: "{DAILY}"
  workflow_dispatch:
permissions:
  contents: read
concurrency: ltv-check
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install ltvcli=={__version__}
      # {translate(WORDS["kept"], lang)}
      - uses: actions/cache/restore@v4
        with:
          path: ltv-history
          key: ltv-history-${{{{ github.run_id }}}}
          restore-keys: ltv-history-
      # {translate(WORDS["files"], lang)}
      - run: {check}
        env:
          LTV_HISTORY: ltv-history/history.db
          # {translate(WORDS["secrets"], lang)}
{secrets}\
      - uses: actions/cache/save@v4
        if: always()
        with:
          path: ltv-history
          key: ltv-history-${{{{ github.run_id }}}}
"""
