"""Columns of a further file, such as a list of deals, found by headers alone.

| header of deals.csv              | roles                                      |
| Deal ID, Owner, Closed, Customer | deal, deal_owner, deal_signed, deal_customer |
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from ltvcli.errors import NoListColumnError, UnknownRoleError
from ltvcli.language import Marked
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, position_of, recognise
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet

_SHOWN = 40  # headers quoted in a message
_WANTED = 8


def understand(
    sheet: Sheet, kind: str, needed: Mapping[str, Sequence[str]], chosen: Mapping[str, str]
) -> Columns:
    """Find the columns of a sheet by the profile of its export, or by usual headers.

    Args:
        sheet: what was opened.
        kind: of the profiles, such as "deals"; any file is read by "generic_deals".
        needed: what must be there, as it is called in a sentence, and the roles that will do.
        chosen: role to header, as typed with --map; only roles of this kind.

    Raises:
        UnknownRoleError: `chosen` names a role that does not exist.
        NoColumnError: `chosen` names a header that does not exist.
        AmbiguousColumnError: several columns would do.
        NoListColumnError: something that is needed is not there.
    """
    generic = profiles.load(f"generic_{kind}")
    profile = profiles.load(recognise(sheet.header, kind) or generic.name)
    for role in chosen:
        if role not in generic.columns:
            near = get_close_matches(role, generic.columns, cutoff=0.5) or generic.columns
            raise UnknownRoleError(role=role, known=", ".join(near))
    position = {role: position_of(role, name, sheet.header) for role, name in chosen.items()}
    for role, usual in generic.columns.items():
        if role in position:
            continue
        hits = first_tier(sheet.header, profile.columns.get(role, ())) or first_tier(
            sheet.header, usual
        )
        free = [hit for hit in hits if hit not in position.values()]
        if len(free) > 1:
            raise ambiguous(sheet.name, role, free, sheet.header)
        if free:
            position[role] = free[0]
    for what, roles in needed.items():
        if not position.keys() & set(roles):
            raise missing(sheet, profile.label, what, roles)
    return Columns(
        profile=profile,
        position={role: position[role] for role in generic.columns if role in position},
        header=sheet.header,
    )


def missing(sheet: Sheet, label: str, what: str, roles: Collection[str]) -> NoListColumnError:
    """Describe a missing column, with the headers that would be recognised.

    Args:
        sheet: what was opened.
        label: of its export.
        what: the column is for, as it is called in a sentence.
        roles: that would do.
    """
    kind = next(iter(roles)).partition("_")[0]
    usual = profiles.load(f"generic_{_KINDS[kind]}").columns
    wanted = [alias for role in roles for tier in usual[role] for alias in tier]
    return NoListColumnError(
        file=sheet.name,
        label=Marked(label),
        what=Marked(what),
        wanted=", ".join(wanted[:_WANTED]),
        flags=" ".join(f"--map {role}=COLUMN" for role in roles),
        columns=", ".join(sheet.header[:_SHOWN]),
    )


_KINDS = {"deal": "deals", "cancellation": "cancellations", "event": "events"}
"""Kinds of files by what their roles begin with."""
