"""Deals and cancellations."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError
from ltvcli.language import N_


class NoListColumnError(InputError):
    """A list beside the exports lacks a column that is needed."""

    ours = ("label", "what")
    problem = N_("{file} ({label}): no column found for {what}. Recognised names: {wanted}.")
    hint = N_("Add it to the export, or name the column: {flags}. Available columns: {columns}.")


class NoWonDealsError(InputError):
    """No stage of a list of deals means won."""

    problem = N_("{file} has no won deal. Its stages: {stages}.")
    hint = N_('If one of them is won, name it: --map deal_won="{example}".')


class MixedDealCurrencyError(InputError):
    """Deals are in several currencies."""

    problem = N_("The deals of {file} are in several currencies ({counts}), which cannot be added.")
    hint = N_("Choose one: --currency {currency}.")
