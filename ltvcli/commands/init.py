"""`ltv init`: a commented ltv.yaml to start from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ltvcli import language
from ltvcli.commands import _options
from ltvcli.errors import SettingsExistError, SettingsNotWrittenError
from ltvcli.language import N_, translate, why
from ltvcli.settings import settings, yaml_file
from ltvcli.settings.yaml_file import NAME

HELP = N_("Write a commented ltv.yaml to start from.")
EXAMPLES = (
    "ltv init",
    "ltv init shop",
)
HEAD = (
    N_("Settings for ltv. Read if this file is in the folder of the data or where ltv is run."),
    N_("Remove the # to use a line. Other settings are measured or have a default."),
    N_("Flags override variables (LTV_MARGIN=40%), variables override this file."),
)


def command(
    folder: Annotated[
        str, typer.Argument(help=N_("Folder to write to."), show_default=False)
    ] = ".",
    lang: _options.Lang = None,
) -> None:
    """Write the file; one that exists is never replaced."""
    from ltvcli.text.words import fill

    speak = settings.from_python({"lang": lang}).lang or language.chosen((), os.environ)
    path = Path(folder) / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template(speak))
    except FileExistsError:
        raise SettingsExistError(file=str(path)) from None
    except OSError as error:
        raise SettingsNotWrittenError(file=str(path), because=why(error)) from None
    typer.echo(fill(N_("Wrote {file}."), {"file": str(path)}, speak), err=True)


def template(lang: str) -> str:
    """Write every setting, commented out, with what it means and an example."""
    from ltvcli.settings import plans, rules

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
    return "\n".join(lines) + "\n"
