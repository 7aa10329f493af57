"""Choose amount, refund, discount and currency from columns that belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.errors import OtherSetError
from ltvcli.read import profiles
from ltvcli.read.columns import currency_sets
from ltvcli.read.columns.header_lookup import ambiguous, first_tier
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import Profile

TOTALS = ("order_total", "line_total", "amount")
AMOUNTS = (*TOTALS, "price")
WITH_AMOUNT = ("refund", "discount", "currency")  # taken from the same set of columns as the amount


def keep_one_set(
    sheet: Sheet,
    profile: Profile,
    positions: dict[str, int],
    typed: Mapping[str, int],
    amounts: Sequence[str],
    generic: str = profiles.GENERIC,
) -> None:
    """Choose amount, refund, discount and currency from columns that belong together.

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
    wanted = {set_of[typed[role]] for role in WITH_AMOUNT if role in typed} - {""}
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
            role = next(role for role in WITH_AMOUNT if role in typed)
            raise OtherSetError(
                file=sheet.name,
                amount=header[positions[amount_role]],
                column=header[typed[role]],
                flag=f'--map {amount_role}="{header[positions[amount_role]]}"',
            )
    name = set_of[positions[amount_role]]
    for role in WITH_AMOUNT:
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
