"""Export formats, one YAML file each: how to recognise a file, and the roles of its columns.

A profile is data. `recognise` lists the headers that must be there (a list inside means any of
them). `columns` gives for each role the headers that may fill it, the best first; in the profile
`generic` these come in tiers, and two headers of one tier are a question to the user. `leave_out`
lists the rows that are no sales, with the reason. `refuse` says why a file cannot be used at all,
`instead` what to export in its place.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from ltvcli.errors import UnknownNameError
from ltvcli.language import N_

FOLDER = Path(__file__).parent
GENERIC = "generic"
GENERIC_SUBSCRIPTIONS = "generic_subscriptions"
GENERIC_SPEND = "generic_spend"
GENERIC_DEALS = "generic_deals"
GENERIC_CANCELLATIONS = "generic_cancellations"
GENERIC_SURVEY = "generic_survey"

ROLES = {
    "customer": N_("buyer: an ID or an e-mail address"),
    "order": N_("which order the row belongs to"),
    "refund_of": N_("which order a refund row belongs to"),
    "date": N_("date of the order"),
    "amount": N_("amount; order or line total as the rows show"),
    "order_total": N_("total of the order, counted once per order"),
    "line_total": N_("total of the row, added up per order"),
    "quantity": N_("quantity, if there is no total"),
    "price": N_("unit price, if there is no total"),
    "refund": N_("refunded amount, subtracted"),
    "discount": N_("discount not yet in the total, subtracted"),
    "cost": N_("cost of goods sold"),
    "unit_cost": N_("unit cost"),
    "currency": N_("currency code"),
    "channel": N_("channel of the customer"),
    "product": N_("what was bought, for ltv risk --opportunities"),
    "updated": N_("when the order was last changed; of two states the later counts"),
}

Tiers = tuple[tuple[str, ...], ...]


class Rule(Struct, frozen=True, kw_only=True):
    """Rows to exclude: if a column is filled, or has one of `values` (lower case)."""

    where: tuple[str, ...]
    reason: str
    values: tuple[str, ...] = ()
    filled: bool = False


class Profile(Struct, frozen=True, kw_only=True):
    """One export format.

    For subscriptions, `shape` says what a row is where headers do not, `required` which columns are
    needed beside those of the shape, `status` which words mean what, `minor_units` that amounts are
    in cents, and `net_of_refunds` that refunds have been taken off; of orders, `net_totals` are
    headers of totals from which they have been taken off. Of spend, `channel` is what it
    was spent on, and `aliases` what else customers who came of it are usually said to come from.
    `ignored` are columns whose words are not about the row. With `refunds_name_orders`, a row below
    zero that names no order is no refund but money that the shop itself paid. Of surveys,
    `title_rows` is how many rows under the header name columns again, and `questions` are regular
    expressions of headers by role.
    """

    name: str
    label: str
    recognise: Tiers
    source: str
    columns: dict[str, Tiers]
    kind: str = "orders"
    shape: str | None = None
    required: tuple[str, ...] = ()
    status: dict[str, tuple[str, ...]] = field(default_factory=dict)
    minor_units: bool = False
    net_of_refunds: bool = False
    net_totals: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    channel: str = ""
    aliases: tuple[str, ...] = ()
    leave_out: tuple[Rule, ...] = ()
    currency: str | None = None
    refunds_name_orders: bool = False
    refuse: str | None = None
    instead: str | None = None
    title_rows: int = 0
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pitfalls: tuple[str, ...] = ()


def names() -> list[str]:
    """Return the names of all profiles."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


@cache
def load(name: str) -> Profile:
    """Read one profile.

    Raises:
        UnknownNameError: there is no such profile.
    """
    if name not in names():
        raise UnknownNameError(kind=N_("sources"), name=name, known=", ".join(names()))
    raw = _parse((FOLDER / f"{name}.yaml").read_text("utf-8"))
    rules = (
        Rule(
            where=tuple(rule.pop("where")),
            values=tuple(value.lower() for value in rule.pop("values", ())),
            **rule,
        )
        for rule in raw.pop("leave_out", ())
    )
    return Profile(
        name=name,
        recognise=_tiers(raw.pop("recognise")),
        columns={role: _tiers(tiers) for role, tiers in raw.pop("columns", {}).items()},
        required=tuple(raw.pop("required", ())),
        status={state: tuple(words) for state, words in raw.pop("status", {}).items()},
        aliases=tuple(raw.pop("aliases", ())),
        ignored=tuple(raw.pop("ignored", ())),
        net_totals=tuple(raw.pop("net_totals", ())),
        leave_out=tuple(rules),
        questions={role: tuple(texts) for role, texts in raw.pop("questions", {}).items()},
        pitfalls=tuple(raw.pop("pitfalls", ())),
        **raw,
    )


@cache
def signatures(kind: str = "orders") -> dict[str, Tiers]:
    """Return the headers that identify each profile of a kind, except the generic one.

    Only the top of each file is parsed: this is done for every input and must cost nothing.
    """
    return {
        name: _tiers(top["recognise"])
        for name, top in _tops().items()
        if top.get("kind", "orders") == kind and top["recognise"]
    }


@cache
def _tops() -> dict[str, Any]:
    texts = {name: (FOLDER / f"{name}.yaml").read_text("utf-8") for name in names()}
    return {name: _parse(text.partition("\ncolumns:")[0]) for name, text in texts.items()}


def texts() -> list[str]:
    """List all texts in the profiles that people read, each once, for the catalogue."""
    unique: dict[str, None] = {}
    for profile in map(load, names()):
        of_profile = (
            profile.label,
            profile.refuse or "",
            profile.instead or "",
            profile.source,
            *profile.pitfalls,
        )
        unique |= dict.fromkeys(filter(None, of_profile))
    return list(unique)


def _tiers(raw: list[Any]) -> Tiers:
    return tuple(tuple(tier) if isinstance(tier, list) else (tier,) for tier in raw)


def _parse(text: str) -> Any:
    import yaml

    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
