"""Which column plays which role: as typed, by the profile, by usual words. Never by luck."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from ltvcli.errors import (
    AmbiguousColumnError,
    MissingColumnError,
    NoBuyerError,
    NoColumnError,
    NotOrdersError,
    OtherSetError,
    UnknownRoleError,
)
from ltvcli.language import N_, Marked
from ltvcli.read import profiles
from ltvcli.read.columns import currency_sets, folding
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import ROLES, Profile, Tiers

DECIMAL = "decimal"  # not a column: --map decimal=, says how amounts are written
CHANNEL = "channel"  # found only where it is asked for
TOTALS = ("order_total", "line_total", "amount")
AMOUNTS = (*TOTALS, "price")
BESIDE = ("refund", "discount", "currency")  # of the same set of columns as the amount
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
_SHOWN = 40  # headers quoted in a message
_WANTED = 12

_SUFFIX = re.compile(
    r"\s*[(\[](utc|jst|metadata|税込|消費税込|円|jpy|usd|eur|gbp|yyyy[-/]mm[-/]dd)[)\]]$"
    r"|(?<=[a-z])[ _-](usd|eur|gbp|jpy|utc|jst)$"
)
_SEPARATOR = re.compile(r"[\s_.-]+")
_ZONE = re.compile(r"[(\[](utc|jst|gmt)[)\]]$|[ _-](utc|jst|gmt)$")
_WHEN = re.compile(r"[\s_-]+(date[\s_-]*time|timestamp|date|time|at|on)$|(?<=[a-z])(at|date)$")
_CURRENCY = re.compile(r"(?:^|[\s_(\[-])(usd|eur|gbp|jpy|円)[)\]]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of one sheet mean: role to position, and the profile that says so.

    `by` gives the column of each thing to segment customers by, None where the sheet has none;
    `by_content` names the roles whose column was recognised by its cells, not by its header.
    `email` is a column of e-mail addresses beside a customer column that is none, and `is_name`
    says that customers are told apart by name.
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
        """Role to header, for the record."""
        by = {f"by.{name}": index for name, index in self.by.items() if index is not None}
        return {role: self.header[index] for role, index in {**self.position, **by}.items()}

    def name(self, role: str) -> str:
        """Header of one role, or of both that make up an amount."""
        if role == "amount":
            role = next((total for total in TOTALS if total in self.position), "price")
        return self.header[self.position[role]]


def understand(sheet: Sheet, chosen: Mapping[str, str]) -> Columns:
    """Find the profile of a sheet and the column of every role.

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
        if role not in (DECIMAL, CHANNEL):
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
    skipped = {*typed, CHANNEL} | (set(TOTALS) if typed.keys() & {*TOTALS, "price"} else set())
    positions = dict(typed)
    for role, tiers in profile.columns.items():
        hits = [] if role in skipped else first_tier(header, tiers)
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


def recognise(header: Sequence[str], kind: str = "orders") -> str | None:
    """Name the profile all of whose recognised headers are there; of several, the most specific."""
    keys = {key(name) for name in header}
    days = {day for name in header if (day := day_key(name))}
    fits = {
        name: len(tiers)
        for name, tiers in profiles.signatures(kind).items()
        if all(
            any(key(alias) in keys or day_key(alias) in days for alias in tier) for tier in tiers
        )
    }
    return max(fits, key=lambda name: fits[name], default=None)


def first_tier(header: Sequence[str], tiers: Tiers) -> list[int]:
    """Positions of the columns that fit the first tier of aliases with any fit."""
    keys = [key(name) for name in header]
    for tier in tiers:
        hits: dict[int, None] = {}
        for alias in tier:
            exact = [index for index, name in enumerate(header) if name.strip() == alias]
            alike = [index for index, column_key in enumerate(keys) if column_key == key(alias)]
            hits.update(dict.fromkeys(exact if len(exact) == 1 else alike))
        if hits:
            return list(hits)
    days = [day_key(name) for name in header]
    for tier in tiers:
        wanted = {day for alias in tier if (day := day_key(alias))}
        if day_hits := [index for index, day in enumerate(days) if day in wanted]:
            return day_hits
    return []


@lru_cache(maxsize=2**16)  # the same headers of profiles are compared with every file
def key(header: str) -> str:
    """Reduce a header to what matters: width, case, accents, spaces and remarks like (UTC) do not.

    >>> key("Order_ID"), key("合計　(税込)"), key("price_usd"), key("Créée le")
    ('orderid', '合計', 'price', 'creeele')
    """
    bare = folding.without_accents(folding.folded(header).strip())
    return _SEPARATOR.sub("", _SUFFIX.sub("", bare)) or bare


@lru_cache(maxsize=2**16)
def day_key(header: str) -> str | None:
    """Reduce a header that says when something happened to what happened; None for all others.

    Vendors change only the words behind it.

    >>> day_key("Created (UTC)"), day_key("Created date (UTC)"), day_key("created_at")
    ('created', 'created', 'created')
    >>> day_key("Refunded")
    """
    bare = folding.folded(header).strip()
    zoneless = _ZONE.sub("", bare).strip()
    event = _WHEN.sub("", zoneless)
    return _SEPARATOR.sub("", event) or None if event != bare else None


def currency_of(header: str) -> str | None:
    """Currency code at the end of a header, as in price_usd or 金額(円)."""
    match = _CURRENCY.search(folding.folded(header).strip())
    return {"円": "JPY"}.get(match[1], match[1].upper()) if match else None


def position_of(role: str, name: str, header: Sequence[str]) -> int:
    """Find the column that was typed for a role; "Date#2" is the second of that name.

    Args:
        role: named in an error.
        name: of the column, as typed.
        header: of the sheet.

    Raises:
        NoColumnError: there is none.
        AmbiguousColumnError: there are several.
    """
    bare, _, number = name.rpartition("#")
    for wanted, nth in ((name, None), (bare, number)):
        exact = [index for index, column in enumerate(header) if column.strip() == wanted.strip()]
        hits = exact or [index for index, column in enumerate(header) if key(column) == key(wanted)]
        if hits and nth is None:
            if len(hits) > 1:
                raise ambiguous("", role, hits, header)
            return hits[0]
        if hits and nth and nth.isdecimal() and 1 <= int(nth) <= len(hits):
            return hits[int(nth) - 1]
    keys = {key(column): column for column in header}
    near_keys = get_close_matches(key(name), keys, n=5, cutoff=0.5)
    shown = [keys[near_key] for near_key in near_keys] or list(header[:_SHOWN])
    raise NoColumnError(role=role, header=name, near=", ".join(shown))


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


def keep_one_set(
    sheet: Sheet,
    profile: Profile,
    positions: dict[str, int],
    typed: Mapping[str, int],
    amounts: Sequence[str],
    generic: str = profiles.GENERIC,
) -> None:
    """Take amount, refund, discount and currency from columns that belong together.

    Where one of them was typed, the others come from its set; a currency of another set is no
    currency of the amount and is left out.

    Args:
        sheet: what was opened.
        profile: of the sheet.
        positions: role to position; changed.
        typed: role to position, as typed with --map; never changed.
        amounts: roles that hold the amount.
        generic: name of the profile that knows the usual words.

    Raises:
        AmbiguousColumnError: several columns of the set would do.
        OtherSetError: only a column of another set would do.
    """
    header = sheet.header
    words = profiles.load(generic).columns

    def of_set(name: str, role: str) -> int | None:
        columns = currency_sets.within(header, name)
        tiers = (*profile.columns.get(role, ()), *words.get(role, ()))
        hits = first_tier(list(columns.values()), tiers)
        if len(hits) > 1:
            raise ambiguous(sheet.name, role, [list(columns)[hit] for hit in hits], header)
        return list(columns)[hits[0]] if hits else None

    def other_set(role: str, column: int, amount: int) -> OtherSetError:
        return OtherSetError(
            file=sheet.name,
            amount=header[amount],
            column=header[column],
            flag=f'--map {role}="{header[column]}"',
        )

    amount_role = next((role for role in amounts if role in positions), None)
    if amount_role is None:
        return
    set_of = [name for name, _ in currency_sets.parts(header)]
    wanted = {set_of[typed[role]] for role in BESIDE if role in typed} - {""}
    if not typed.keys() & {*amounts} and len(wanted) == 1 and set_of[positions[amount_role]] == "":
        (name,) = wanted
        for role in amounts:
            position = of_set(name, role)
            if position is not None:
                del positions[amount_role]
                positions[role] = position
                amount_role = role
                break
        else:
            role = next(role for role in BESIDE if role in typed)
            raise OtherSetError(
                file=sheet.name,
                amount=header[positions[amount_role]],
                column=header[typed[role]],
                flag=f'--map {amount_role}="{header[positions[amount_role]]}"',
            )
    name = set_of[positions[amount_role]]
    for role in BESIDE:
        known = positions.get(role)
        is_kept = role in typed or not name
        if is_kept or (known is not None and set_of[known] == name):
            continue
        position = of_set(name, role)
        if position is not None:
            positions[role] = position
        elif known is not None and role == "currency":
            del positions[role]
        elif known is not None and (
            set_of[known] or currency_sets.split(header[positions[amount_role]])[0]
        ):
            raise other_set(role, known, positions[amount_role])


def converted(
    sheet: Sheet, columns: Columns, amounts: Sequence[str] = AMOUNTS
) -> list[dict[str, int]]:
    """List the other sets of columns that have all that is read of this one, role to position.

    Args:
        sheet: what was opened.
        columns: what its columns mean.
        amounts: roles that hold an amount; the first that is used counts.
    """
    header, place = sheet.header, columns.position
    amount = next(role for role in amounts if role in place)
    parts = currency_sets.parts(header)
    sets: list[dict[str, int]] = []
    for name in currency_sets.names(header):
        if name == parts[place[amount]][0]:
            continue
        members = currency_sets.within(header, name)
        roles: dict[str, int] = {}
        for role in (amount, *BESIDE):
            tiers = columns.profile.columns.get(role, ())
            bare = (parts[place[role]][1],) if role in place else ()
            hits = first_tier(list(members.values()), ((*bare,), *tiers))
            if hits:
                roles[role] = list(members)[hits[0]]
        is_apart = not {*roles.values()} & {*place.values()}
        if is_apart and amount in roles and ("refund" in roles or "refund" not in place):
            sets.append(roles)
    return sorted(sets, key=lambda roles: "currency" not in roles)


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


def ambiguous(
    file: str, role: str, hits: Sequence[int], header: Sequence[str]
) -> AmbiguousColumnError:
    """Ask which of several columns is meant, by number where they have the same name.

    Args:
        file: its name.
        role: that several columns could have.
        hits: positions of these columns.
        header: of the sheet.
    """
    names = []
    for index in hits:
        same = [position for position, name in enumerate(header) if name == header[index]]
        names.append(header[index] + (f"#{same.index(index) + 1}" if len(same) > 1 else ""))
    return AmbiguousColumnError(
        file=file,
        role=role,
        candidates=", ".join(names),
        flag=f'--map {role}="{names[0]}"',
    )
