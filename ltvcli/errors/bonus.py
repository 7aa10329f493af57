"""The plan of `ltv bonus`, and its inputs."""

from __future__ import annotations

from ltvcli.errors.kinds import UnansweredError, UsageError
from ltvcli.language import N_


class NoBonusPlanError(UsageError):
    """`ltv bonus` without a plan."""

    problem = N_("There is no bonus plan: {place} has no block “bonus”.")
    hint = N_("Add one to ltv.yaml, for example {example}")


class BonusShapeError(UsageError):
    """A part of the plan has the wrong structure."""

    problem = N_("{place}: {name} cannot be read.")
    hint = N_("Write it as {example}")


class BonusAgeError(UsageError):
    """A part of the schedule has no age, or that of another one."""

    problem = N_("{place}: “{name}” is not an age of a deal, or the same age as another part.")
    hint = N_("Write signing, or a length of time such as 90d or 6mo, each once.")


class BonusShareError(UsageError):
    """A share of the commission is not between 0% and 100%."""

    problem = N_("{place}: “{text}” is not a share of a commission.")
    hint = N_("Write a percentage above 0%, such as 25%.")


class BonusSumError(UsageError):
    """The parts of a commission do not add up to 100%."""

    problem = N_("{place}: the parts of the schedule add up to {total}, not 100%.")
    hint = N_("Write shares that add up to 100%: {{signing: 50%, 90d: 25%, 180d: 25%}}.")


class BonusLimitsError(UsageError):
    """The limits of the trust score leave no room for 1."""

    problem = N_("{place}: the limits of the trust score are {least} and {most}.")
    hint = N_("Write a least from 0 to 1, and a most of 1 or more: {{least: 0.8, most: 1.2}}.")


class NoDealsError(UsageError):
    """`ltv bonus` without deals."""

    problem = N_("ltv {command} needs the deals.")
    hint = N_("Name the list of deals: {example}")


class NoCommissionError(UnansweredError):
    """No deal has a commission."""

    problem = N_("No won deal has a commission, so there is nothing to pay.")
    hint = N_("Name the column of commissions: --map deal_commission=COLUMN.")
