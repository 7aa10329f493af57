"""Settings: what may be set, how its text is read, and where a value came from.

One record, `Settings`, serves flags, `LTV_*` variables and `ltv.yaml`: each field says how its text
is read. Precedence: flag, then variable, then file, then default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from ltvcli.errors import (
    NotAMappingError,
    NotAMeaningError,
    NotARateError,
    UnknownSettingError,
)
from ltvcli.language import LANGUAGES, N_
from ltvcli.settings import yaml_file
from ltvcli.settings.parsing import Setting, as_typed, count, lines, listed, one_of, plain, switch
from ltvcli.settings.yaml_file import BLOCKS
from ltvcli.units import (
    LATEST,
    Money,
    Months,
    Rate,
    parse_amount,
    parse_date,
    parse_months,
    parse_rate,
)

ONLY_SHOWN = ("lang", "format", "fail_under")
"""Settings that change no figure."""
DIRECT = ("flag", "python")
"""Origins of what was said for one run only."""
MEANINGS = (
    "sale",
    "cancelled",
    "unpaid",
    "failed",
    "returned",
    "unfinished",
    "test",
    "trial",
    "not-a-sale",
    "past-due",
    "paused",
)
"""What a status can mean; the last two only for subscriptions."""
STAGES = ("seed", "growth", "scale")
"""How far along a business is: what to look at first depends on it, no figure does."""


_MEANING = one_of(MEANINGS, "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one run was told. None means: not said, measure it or leave it out."""

    aov: Annotated[Money | None, Setting(N_("Average order value."), parse_amount)] = None
    frequency: Annotated[float | None, Setting(N_("Orders a year."), parse_amount)] = None
    lifespan: Annotated[
        Months | None, Setting(N_("How long a customer stays: 2y, 24mo, 90d."), parse_months)
    ] = None
    arpu: Annotated[Money | None, Setting(N_("Revenue per customer and month."), parse_amount)] = (
        None
    )
    churn: Annotated[Rate | None, Setting(N_("Monthly churn: 5% or 0.05."), parse_rate)] = None
    margin: Annotated[Rate | None, Setting(N_("Gross margin: 40% or 0.4."), parse_rate)] = None
    cac: Annotated[Money | None, Setting(N_("Cost to win one customer."), parse_amount)] = None
    retention_cost: Annotated[
        Money | None, Setting(N_("Cost to keep one customer for a year."), parse_amount)
    ] = None
    discount: Annotated[
        Rate | None, Setting(N_("Yearly discount rate: 10% or 0.1."), parse_rate)
    ] = None
    horizon: Annotated[
        Months | None, Setting(N_("How far ahead to count: 24mo or 2y."), parse_months)
    ] = None
    lapse_after: Annotated[
        Months | None,
        Setting(N_("Silence after which a customer counts as lapsed: 90d or 6mo."), parse_months),
    ] = None
    by: Annotated[
        tuple[str, ...],
        Setting(
            N_("What to tell customers apart by: channel, or any column. May be repeated."),
            lines,
            several=True,
        ),
    ] = ()
    customers: Annotated[
        str | None,
        Setting(N_("A file with a row for each customer, for more columns."), plain, file=True),
    ] = None
    cost_to_serve: Annotated[
        str | None,
        Setting(N_("What it costs to serve an order: 5% of what it brings, or a column."), plain),
    ] = None
    spend: Annotated[
        tuple[str, ...],
        Setting(
            N_(
                "A file of what was spent to win customers; tiktok=spend.csv says on what. May be "
                "repeated."
            ),
            lines,
            several=True,
            file=True,
        ),
    ] = ()
    cac_lag: Annotated[
        Months | None,
        Setting(N_("How long before a customer the spend was made: 30d."), parse_months),
    ] = None
    min_customers: Annotated[
        int, Setting(N_("Segments of fewer customers than this are put together."), count)
    ] = 30
    map: Mapping[str, str] = field(default_factory=dict)
    exclude: Annotated[
        tuple[str, ...],
        Setting(
            N_("Rows to exclude: 'Status=Awaiting check'. Any column; may be repeated."),
            lines,
            several=True,
        ),
    ] = ()
    status_paid: Annotated[
        tuple[str, ...],
        Setting(
            N_("A status that means paid, in the words of the file. May be repeated."),
            lines,
            several=True,
        ),
    ] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    date_format: Annotated[str | None, Setting(N_("How dates are written: %d/%m/%Y."), plain)] = (
        None
    )
    encoding: Annotated[
        str | None, Setting(N_("Encoding of the files: utf-8, cp932, ..."), plain)
    ] = None
    currency: Annotated[str | None, Setting(N_("Currency code: JPY, USD, ..."), plain)] = None
    as_of: Annotated[date | None, Setting(N_("Last day the data speaks for."), parse_date)] = None
    from_: Annotated[
        date | None,
        Setting(N_("Leave out orders before this day, and customers who had ordered."), parse_date),
    ] = None
    to: Annotated[date | None, Setting(N_("Leave out orders after this day."), parse_date)] = None
    new_since: Annotated[
        date | None,
        Setting(N_("Leave out customers whose first order is before this day."), parse_date),
    ] = None
    as_: Annotated[
        str | None,
        Setting(N_("Whose definition of MRR and churn: standard, stripe, chartmogul, ..."), plain),
    ] = None
    budget: Annotated[
        Money | None, Setting(N_("What is spent a month on winning customers."), parse_amount)
    ] = None
    growth: Annotated[
        Rate | None,
        Setting(N_("How much more is spent each month on winning customers: 10%."), parse_rate),
    ] = None
    stage: Annotated[
        str | None,
        Setting(
            N_("How far along the business is: seed, growth or scale."), one_of(STAGES, "growth")
        ),
    ] = None
    id_key: Annotated[
        str | None,
        Setting(N_("Key that customer ids are hashed with; keep it secret."), plain, secret=True),
    ] = None
    memory: Annotated[str | None, Setting(N_("Memory limit of the engine: 1GB."), plain)] = None
    lang: Annotated[
        str | None, Setting(N_("Language of the result: en or ja."), one_of(LANGUAGES, "ja"))
    ] = None
    format: Annotated[str | None, Setting(N_("How to write the result."), plain)] = None
    fail_under: Annotated[
        float | None, Setting(N_("Exit with 1 when LTV/CAC is below this."), parse_amount)
    ] = None
    strict: Annotated[bool, Setting(N_("Judge by the low end of the interval."), switch)] = False
    today: date | None = None
    origin: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    file_elsewhere: bool = False
    typed: tuple[str, ...] = ()

    @property
    def words_said(self) -> dict[str, str]:
        """Give every status that the user explained with what it means."""
        return {**self.words, **dict.fromkeys(self.status_paid, "sale")}

    @property
    def words_typed(self) -> list[str]:
        """List the statuses that were explained for this run, not in a file or a variable."""
        names = {f"words.{word}": word for word in self.words}
        typed = [word for name, word in names.items() if self.origin.get(name) in DIRECT]
        paid = self.status_paid if self.origin.get("status_paid") in DIRECT else ()
        return [*typed, *paid]

    @property
    def serve_rate(self) -> Rate | None:
        """Cost to serve as a share of revenue; None where it is a column, or was not given."""
        try:
            return parse_rate("cost_to_serve", self.cost_to_serve or "")
        except NotARateError:
            return None


@cache
def described() -> dict[str, Setting]:
    """List the settings that are written as text, in reading order: name to Setting."""
    hints = get_type_hints(Settings, include_extras=True)
    return {
        name: meta
        for name, hint in hints.items()
        for meta in getattr(hint, "__metadata__", ())
        if isinstance(meta, Setting)
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """A setting's text, where it was said, and how an error names it."""

    text: str
    origin: str
    place: str


def key(name: str) -> str:
    """Give a setting's name as it is written; only Python has to say `from_` and `as_`.

    >>> key("from_"), key("retention_cost")
    ('from', 'retention_cost')
    """
    return name.strip("_")


def resolve(
    typed: Mapping[str, Any],
    environ: Mapping[str, str],
    inputs: Sequence[Any] = (),
    today: date | None = None,
) -> Settings:
    """Settle every setting: flag, then LTV_ variable, then ltv.yaml, then default.

    Args:
        typed: flags by setting, as a command received them; None means not typed.
        environ: LTV_MARGIN=40%, LTV_MAP="customer=会員ID,amount=合計", ...
        inputs: what is to be read; ltv.yaml is sought beside them, then in the working directory.
        today: the day on which this runs.

    Raises:
        UsageError: a value, or a name in ltv.yaml, that cannot be used.
    """
    path = yaml_file.found(inputs)
    settled = _settled([_in_file(path), _in_environ(environ), _in_flags(typed)], today)
    if path is None:
        return settled
    elsewhere = yaml_file.is_elsewhere(path, inputs)
    return replace(settled, file=str(path), file_elsewhere=elsewhere)


def from_python(options: Mapping[str, Any]) -> Settings:
    """Settle the keyword arguments of the Python API; no file and no variable has a say.

    >>> from_python({"margin": 0.4, "lifespan": "2y", "cac": 5000}).lifespan
    24.0

    Raises:
        UsageError: an option that does not exist, or a value that cannot be used.
    """
    written = {key(name): value for name, value in options.items() if value is not None}
    known = {key(name): setting for name, setting in described().items()}
    said = {
        f"{block}.{name}": _Said(text, "python", block)
        for block in BLOCKS
        for name, text in written.pop(block, {}).items()
    }
    for name, value in written.items():
        if name not in known:
            near = yaml_file.near(name, [*known, *BLOCKS])
            raise UnknownSettingError(place="calc()", name=name, near=near)
        text = "\n".join(as_typed(one, known[name]) for one in listed(value))
        said[name] = _Said(text, "python", name)
    return _settled([said], LATEST)


def _settled(layers: Sequence[Mapping[str, _Said]], today: date | None) -> Settings:
    """Read every text that was said; a later layer beats an earlier one."""
    values: dict[str, Any] = {}
    blocks: dict[str, dict[str, str]] = {block: {} for block in BLOCKS}
    origin: dict[str, str] = {}
    for layer in layers:
        if "spend" in layer and "cac" not in layer:
            # Both say what a customer costs, so files of spend that were typed beat a CAC on file.
            values.pop("cac", None)
            origin.pop("cac", None)
        for name, setting in described().items():
            if said := layer.get(key(name)):
                values[name] = setting.parse(said.place, said.text)
                origin[key(name)] = said.origin
        for name, said in layer.items():
            block, dot, entry = name.partition(".")
            if dot:
                blocks[block][entry] = said.text
                origin[name] = said.origin
                if block == "words":
                    _MEANING(f"{said.place} {entry}", said.text)
    return Settings(
        **values,
        map=blocks["map"],
        words=blocks["words"],
        origin=origin,
        typed=_typed(layers[-1]),
        today=today,
    )


def _typed(said: Mapping[str, _Said]) -> tuple[str, ...]:
    """Write again the flags that were typed and change a figure."""
    words: list[str] = []
    for name, one in said.items():
        block, dot, entry = name.partition(".")
        if one.origin == "flag" and dot:
            words += [f"--{block}", f"{entry}={one.text}"]
        elif one.origin == "flag" and name not in ONLY_SHOWN:
            texts = one.text.split("\n")
            words += [one.place] if name == "strict" else [w for t in texts for w in (one.place, t)]
    return tuple(words)


def _in_file(path: Path | None) -> dict[str, _Said]:
    if path is None:
        return {}
    known = {key(name): setting for name, setting in described().items()}
    several = [name for name, setting in known.items() if setting.several]
    said = {}
    for name, (text, line) in yaml_file.texts(path, known, several).items():
        beside = name in known and known[name].file
        value = "\n".join(str(path.parent / one) for one in text.split("\n")) if beside else text
        said[name] = _Said(value, f"{path}:{line}", f"{path}:{line}: {name}")
    return said


def _in_environ(environ: Mapping[str, str]) -> dict[str, _Said]:
    said = {}
    for name, setting in described().items():
        variable = f"LTV_{key(name).upper()}"
        if text := environ.get(variable):
            text = text.replace(",", "\n") if setting.several else text
            said[key(name)] = _Said(text, variable, variable)
    for block in BLOCKS:
        variable = f"LTV_{block.upper()}"
        entries = re.split(r",(?=[^,=]+=)", environ.get(variable) or "")
        said |= _entries(block, variable, variable, [one for one in entries if one])
    return said


def _in_flags(typed: Mapping[str, Any]) -> dict[str, _Said]:
    said = {
        key(name): _Said(
            "\n".join(map(str, listed(typed[name]))), "flag", f"--{key(name).replace('_', '-')}"
        )
        for name in described()
        if typed.get(name) not in (None, [], ())
    }
    for block in BLOCKS:
        said |= _entries(block, f"--{block}", "flag", typed.get(block) or ())
    return said


def _entries(block: str, place: str, origin: str, texts: Sequence[str]) -> dict[str, _Said]:
    """Read `amount=合計` or `Former patron=cancelled`.

    A column may itself hold an equals sign, and so may a word.
    """
    said = {}
    for text in texts:
        name, equals, value = text.partition("=") if block == "map" else text.rpartition("=")
        if not (name.strip() and equals and value.strip()):
            error = NotAMappingError if block == "map" else NotAMeaningError
            raise error(name=place, text=text)
        said[f"{block}.{name.strip()}"] = _Said(value.strip(), origin, place)
    return said
