"""`ltv init`: a commented ltv.yaml to start from, or a schedule for `ltv check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ltvcli import language
from ltvcli.commands import _complete, _options, _schedule
from ltvcli.errors import (
    NotAChoiceError,
    ScheduleExistsError,
    SettingsExistError,
    SettingsNotWrittenError,
    UsageError,
)
from ltvcli.language import N_, translate, why
from ltvcli.settings import settings, yaml_file
from ltvcli.settings.yaml_file import NAME

HELP = N_("Write a commented ltv.yaml to start from, or a schedule for ltv check.")
EXAMPLES = (
    "ltv init",
    "ltv init shop",
    "ltv init --schedule cron",
    "ltv init --schedule github",
)
HEAD = (
    N_("Settings for ltv. Read if this file is in the folder of the data or where ltv is run."),
    N_("Remove the # to use a line. Other settings are measured or have a default."),
    N_("Flags override variables (LTV_MARGIN=40%), variables override this file."),
)


Schedule = Annotated[
    str | None,
    typer.Option(
        "--schedule",
        metavar="cron|github",
        autocompletion=_complete.among(_schedule.SCHEDULES),
        help=N_("Write what runs ltv check every day: a line for cron, or a workflow for GitHub."),
        show_default=False,
    ),
]


def command(
    folder: Annotated[
        str, typer.Argument(help=N_("Folder to write to."), show_default=False)
    ] = ".",
    schedule: Schedule = None,
    lang: _options.Lang = None,
) -> None:
    """Write the file; one that exists is never replaced. The line for cron is printed."""
    speak = settings.from_python({"lang": lang}).lang or language.chosen((), os.environ)
    if schedule is None:
        _write(Path(folder) / NAME, template(speak), SettingsExistError, speak)
        return
    if schedule not in _schedule.SCHEDULES:
        known = _schedule.SCHEDULES
        raise NotAChoiceError(name="--schedule", text=schedule, known=known, example="cron")
    if schedule == "cron":
        typer.echo(_schedule.cron(Path(folder), speak), nl=False)
        return
    workflow = _schedule.github(Path(folder), speak)
    _write(Path(folder) / _schedule.WORKFLOW, workflow, ScheduleExistsError, speak)


def _write(path: Path, text: str, exists: type[UsageError], lang: str) -> None:
    """Write a file that does not exist yet.

    Raises:
        UsageError: it is, or cannot be written.
    """
    from ltvcli.text.words import fill

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise exists(file=str(path)) from None
    except OSError as error:
        raise SettingsNotWrittenError(file=str(path), because=why(error)) from None
    typer.echo(fill(N_("Wrote {file}."), {"file": str(path)}, lang), err=True)


def template(lang: str) -> str:
    """Write every setting, commented out, with its meaning and an example."""
    from ltvcli.settings import bonus, decisions, plans, rules, targets

    lines = [f"# {translate(line, lang)}" for line in HEAD]
    for name, setting in settings.described().items():
        written = settings.key(name)
        lines += [
            "",
            f"# {translate(setting.help, lang)}",
            f"# {written}: {yaml_file.EXAMPLES[written]}",
        ]
    roles = N_("Columns and their roles, where ltv does not recognise them.")
    lines += ["", f"# {translate(roles, lang)}", f"# map: {yaml_file.EXAMPLES['map']}"]
    for name, meaning in plans.HELP.items():
        lines += ["", f"# {translate(meaning, lang)}", f"# {name}: {plans.EXAMPLES[name]}"]
    lines += ["", f"# {translate(rules.HELP, lang)}", f"# {yaml_file.RULES}: {rules.EXAMPLE}"]
    lines += ["", f"# {translate(bonus.HELP, lang)}", f"# {yaml_file.BONUS}: {bonus.EXAMPLE}"]
    lines += ["", f"# {translate(targets.HELP, lang)}", f"# {yaml_file.TARGETS}: {targets.EXAMPLE}"]
    lines += ["", f"# {translate(decisions.HELP, lang)}"]
    lines += [f"# {yaml_file.DECISIONS}: {decisions.EXAMPLE}"]
    return "\n".join(lines) + "\n"
