"""Map the columns of a sheet of orders to roles: as typed, by profile, by usual headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct, field

from ltvcli.errors import (
    MissingColumnError,
    NoBuyerError,
    NotOrdersError,
    UnknownRoleError,
)
from ltvcli.language import N_, Marked
from ltvcli.read import profiles
from ltvcli.read.columns.amount_set import AMOUNTS, TOTALS, keep_one_set
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, position_of, recognise
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import ROLES, Profile

DECIMAL = "decimal"  # not a column: --map decimal=, sets how amounts are written
CHANNEL, PRODUCT = "channel", "product"
ON_REQUEST = (CHANNEL, PRODUCT)
"""Roles whose columns are searched for only on request."""
CUSTOMER_NAMES = (
    ("customer name", "client name", "buyer name", "purchaser name", "member name"),
    ("full name", "billing name", "bill to name"),
    ("buyer full name", "customer full name", "display name"),
    (
        "顧客名",
        "顧客氏名",
        "購入者名",
        "購入者氏名",
        "注文者名",
        "注文者氏名",
        "お客様名",
        "会員名",
    ),
    ("氏名", "お名前", "名前", "ニックネーム", "表示名"),
)
"""Headers of names of customers: used only where nothing else says who a customer is."""
_SHOWN = 40  # at most this many headers are quoted in a message
_WANTED = 12


class Columns(Struct, frozen=True, kw_only=True):
    """Roles of the columns of one sheet: role to position, and the profile that defines them.

    `by` gives the column of each thing to segment customers by, None where the sheet has none;
    `by_content` names the roles whose column was recognised by its cells, not by its header.
    `email` is a column of e-mail addresses beside a customer column that is none, and `is_name`
    says that customers are identified by name.
    """

    profile: Profile
    position: Mapping[str, int]
    header: Sequence[str]
    decimal: str | None = None
    by: Mapping[str, int | None] = field(default_factory=dict)
    by_content: tuple[str, ...] = ()
    email: int | None = None
    is_name: bool = False

    def named(self) -> dict[str, str]:
        """Return role to header, for the record."""
        by = {f"by.{name}": index for name, index in self.by.items() if index is not None}
        return {role: self.header[index] for role, index in {**self.position, **by}.items()}

    def name(self, role: str) -> str:
        """Return the header of a role, or of the price from which an amount is computed."""
        if role == "amount":
            role = next((total for total in TOTALS if total in self.position), "price")
        return self.header[self.position[role]]

    @property
    def is_net(self) -> bool:
        """Return whether refunds have been taken off the totals."""
        header = self.header[self.position["order_total"]] if "order_total" in self.position else ""
        return header.strip().lower() in self.profile.net_totals


def understand(sheet: Sheet, chosen: Mapping[str, str]) -> Columns:
    """Find the profile of a sheet and the column of every role.

    >>> from pathlib import Path
    >>> header = ("Order ID", "Customer", "Date", "Total")
    >>> sheet = Sheet(name="orders.csv", shape="csv", header=header, digest="", path=Path())
    >>> understand(sheet, {}).named()
    {'customer': 'Customer', 'order': 'Order ID', 'date': 'Date', 'amount': 'Total'}

    Args:
        sheet: what was opened.
        chosen: role to header, as typed with --map; it wins over the profile.

    Raises:
        NotOrdersError: the file is known not to hold orders of customers.
        UnknownRoleError: `chosen` names a role that does not exist.
        NoColumnError: `chosen` names a header that does not exist.
        AmbiguousColumnError: several columns would do.
        MissingColumnError: no column would do.
        OtherSetError: the refund belongs to another amount.
    """
    header = sheet.header
    typed = {}
    for role, name in chosen.items():
        if role not in (*ROLES, DECIMAL):
            near = get_close_matches(role, ROLES, cutoff=0.5) or ROLES
            raise UnknownRoleError(role=role, known=", ".join(near))
        if role not in (DECIMAL, *ON_REQUEST):
            typed[role] = position_of(role, name, header)
    is_told = {"customer", "date"} <= typed.keys()
    subscription_profile = None if is_told else recognise(header, "subscriptions")
    name = recognise(header) or subscription_profile or profiles.GENERIC
    profile = profiles.load(name)
    because = profile.refuse or (
        N_("it lists subscriptions, not orders.") if name == subscription_profile else ""
    )
    if because and not is_told:
        facts = {"file": sheet.name, "label": Marked(profile.label), "because": Marked(because)}
        if profile.instead:
            raise NoBuyerError(**facts, instead=Marked(profile.instead))
        raise NotOrdersError(**facts)
    skipped = {*typed, *ON_REQUEST} | (set(TOTALS) if typed.keys() & {*TOTALS, "price"} else set())
    positions = dict(typed)
    for role, tiers in profile.columns.items():
        hits = [] if role in skipped else first_tier(sheet.stored, tiers)
        if len(hits) > 1:
            raise ambiguous(sheet.name, role, hits, header)
        if hits:
            positions[role] = hits[0]
    _one_total(sheet.name, positions, header)
    keep_one_set(sheet, profile, positions, typed, AMOUNTS)
    _nothing_missing(sheet, profile, positions)
    order = [*(role for role in ROLES if role in positions)]
    return Columns(
        profile=profile,
        position={role: positions[role] for role in order},
        header=header,
        decimal=chosen.get(DECIMAL),
    )


def _one_total(file: str, positions: dict[str, int], header: Sequence[str]) -> None:
    """Keep one way to the amount: an order total, another total, or pieces times price."""
    totals = [role for role in TOTALS if role in positions]
    if totals and totals[0] != "order_total" and len(totals) > 1:
        raise ambiguous(file, "amount", [positions[role] for role in totals], header)
    for role in totals[1:]:
        del positions[role]
    if totals:
        positions.pop("price", None)
    if "price" not in positions and "unit_cost" not in positions:
        positions.pop("quantity", None)


def _nothing_missing(sheet: Sheet, profile: Profile, positions: Mapping[str, int]) -> None:
    ways = {"customer": {"customer"}, "date": {"date"}, "amount": {*TOTALS, "price"}}
    missing = [role for role, roles in ways.items() if not roles & positions.keys()]
    if missing:
        wanted = [
            alias
            for role in missing
            for way in sorted(ways[role])
            for tier in profile.columns.get(way, ())
            for alias in tier
        ]
        raise MissingColumnError(
            file=sheet.name,
            label=profile.label,
            roles=", ".join(missing),
            wanted=", ".join(wanted[:_WANTED]),
            flags=" ".join(f"--map {role}=COLUMN" for role in missing),
            columns=", ".join(sheet.header[:_SHOWN]),
            missing=tuple(missing),
            positions=dict(positions),
            is_generic=not profile.recognise,
        )
