"""`ltv config`: every setting, its value, and its source."""

from __future__ import annotations

import os
from typing import Any

import typer

from ltvcli import formats, language, registry
from ltvcli.commands import _options
from ltvcli.commands._listing import LISTS, refuse_workbook
from ltvcli.language import N_, printable, translate
from ltvcli.settings import settings as config
from ltvcli.settings.parsing import Setting
from ltvcli.settings.settings import Settings
from ltvcli.settings.yaml_file import BLOCKS
from ltvcli.units import Unit, parse_months, parse_rate

HELP = N_("Show every setting, its value and its source.")
EXAMPLES = (
    "ltv config",
    "ltv config orders.csv",
)
DEFAULT = N_("default")
ORIGINS = (N_("flag"), DEFAULT)


def command(
    ctx: typer.Context,
    files: _options.Files = None,
    format: _options.Format = None,
    lang: _options.Lang = None,
) -> None:
    """Show the settings as `ltv calc` would use them for these files."""
    settings = config.resolve(ctx.params, os.environ, files or [])
    speak = settings.lang or language.chosen((), os.environ)
    form = settings.format or "table"
    registry.load(formats, form)
    refuse_workbook(form, "config")
    if form in LISTS:
        text = LISTS[form](as_rows(settings, speak), speak)
    else:
        text = (as_json if form == "json" else as_table)(settings, speak)
    typer.echo(text, nl=False)


def as_table(settings: Settings, lang: str) -> str:
    """Write one line per setting."""
    from ltvcli.text.layout import aligned

    heads = [N_("Setting"), N_("Value"), N_("From")]
    rows = [[translate(head, lang) for head in heads]]
    for name, setting in config.described().items():
        written = config.key(name)
        origin = settings.origin.get(written, DEFAULT)
        known = _shown(getattr(settings, name), setting)
        value = _value(known, setting.parse, lang)
        rows.append([written, value, _origin(origin, lang)])
    for name, text in _entries(settings).items():
        origin = settings.origin.get(name, DEFAULT)
        rows.append([printable(name), printable(text), _origin(origin, lang)])
    lines = aligned(rows, width=10_000, left=range(len(heads)))
    return "".join(f"{''.join(line).rstrip()}\n" for line in lines)


def as_rows(settings: Settings, lang: str) -> list[dict[str, object]]:
    """Return a row for each setting, with the values of the JSON."""
    import json

    entries = json.loads(as_json(settings, lang))["settings"]
    return [{"setting": name, **entry} for name, entry in entries.items()]


def as_json(settings: Settings, lang: str) -> str:
    """Write values unrounded, under the names of ltv.yaml."""
    from ltvcli.formats import json

    names = {
        config.key(name): _shown(getattr(settings, name), setting)
        for name, setting in config.described().items()
    }
    names |= _entries(settings)
    return json.dump(
        {
            "settings": {
                name: {"value": value, "origin": settings.origin.get(name, DEFAULT)}
                for name, value in names.items()
            }
        }
    )


def _shown(value: Any, setting: Setting) -> Any:
    """Return a value for display; of a secret, only that it is set."""
    return "***" if setting.secret and value else value


def _entries(settings: Settings) -> dict[str, str]:
    """Return every entry of the settings that are blocks, such as map.amount."""
    return {
        f"{block}.{name}": text
        for block in BLOCKS
        for name, text in getattr(settings, block).items()
    }


def _value(value: Any, parse: object, lang: str) -> str:
    from ltvcli.text.numbers import MISSING, show

    if value in (None, ()):
        return MISSING
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return printable(", ".join(value))
    if isinstance(value, float):
        unit = {parse_rate: Unit.RATE, parse_months: Unit.MONTHS}.get(parse, Unit.MONEY)  # type: ignore[call-overload]
        return show(value, unit, None, lang)
    return printable(str(value))


def _origin(origin: str, lang: str) -> str:
    return printable(translate(origin, lang))
