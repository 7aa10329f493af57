"""Settings that apply to one kind of files: orders, subscriptions or spend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from ltvcli.errors import OrdersOnlyError, SpendForBothError
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.recognise import Kind


def settings_of(kind: Kind, settings: Settings, kinds: Mapping[Kind, Sequence[Sheet]]) -> Settings:
    """Return the settings that apply to one of two kinds of files.

    --lapse-after does not apply to subscriptions, which carry their own end date.

    Args:
        kind: of the files that are going to be loaded.
        settings: all settings.
        kinds: opened files by kind.
    """
    from ltvcli.read.recognise import chosen_for, excluded_for

    settings_of_kind = override(
        settings,
        map=chosen_for(kind, settings.map, kinds),
        exclude=excluded_for(kind, settings.exclude, kinds),
        origin=settings.origin if len(kinds) == 1 else _without_typed_words(settings.origin),
    )
    if kind == "orders":
        return settings_of_kind
    origin = {key: where for key, where in settings_of_kind.origin.items() if key != "lapse_after"}
    return override(settings_of_kind, lapse_after=None, origin=origin)


def saved_roles(settings: Settings) -> Set[str]:
    """Return the roles of --map that come from a file or a variable."""
    return {role for role in settings.map if not settings.is_typed(f"map.{role}")}


def without_roles_of_other_kind(kind: Kind, settings: Settings) -> Settings:
    """Return the settings without roles that only the other kind of files has.

    Settings of a folder are for all of its files. A role that was typed is an error instead.

    Args:
        kind: of the files that are going to be loaded.
        settings: all settings.
    """
    from ltvcli.read.recognise import roles_of_other_kind

    unused = roles_of_other_kind(kind) & saved_roles(settings)
    if not unused:
        return settings
    kept = {role: column for role, column in settings.map.items() if role not in unused}
    return override(settings, map=kept)


def refuse_orders_only(command: str, typed: Mapping[str, bool]) -> None:
    """Refuse options of a command that do not apply to subscriptions.

    Args:
        command: that was typed.
        typed: by option, whether it was.

    Raises:
        OrdersOnlyError: one of them was typed.
    """
    option = next((option for option, is_typed in typed.items() if is_typed), None)
    if option:
        raise OrdersOnlyError(command=command, option=option)


def _without_typed_words(origin: Mapping[str, str]) -> dict[str, str]:
    """Remove typed status words: each of two kinds of files may have only some of them."""
    return {
        name: where
        for name, where in origin.items()
        if name != "status_paid" and not name.startswith("words.")
    }


def without_spend_roles(settings: Settings) -> Settings:
    """Return the settings without the roles of --map for spend."""
    if not settings.spend:
        return settings
    from ltvcli.read import spend

    return spend.without_roles(settings)


def without_spend(settings: Settings) -> Settings:
    """Return the settings without spend, which cannot be split between orders and subscriptions.

    Raises:
        SpendForBothError: spend was given for this run.
    """
    if settings.spend and settings.is_typed("spend"):
        raise SpendForBothError
    return override(without_spend_roles(settings), spend=(), cac_lag=None)


def without_roles(settings: Settings, *names: str) -> Settings:
    """Return the settings without the roles of --map for further files.

    Args:
        settings: all settings.
        names: that these roles begin with, such as "deal".
    """
    kept = {role: column for role, column in settings.map.items() if not role.startswith(names)}
    return override(settings, map=kept)
