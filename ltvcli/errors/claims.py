"""Claims of a pitch."""

from __future__ import annotations

from ltvcli.errors.kinds import UsageError
from ltvcli.language import N_


class NotAClaimError(UsageError):
    """A --claim without name or number."""

    problem = N_("--claim must look like ltv=240000, not “{text}”.")
    hint = N_("Write the claim, an equals sign and what is claimed: --claim churn=2%.")


class UnknownClaimError(UsageError):
    """A pitch claims something that ltv cannot check."""

    problem = N_("{place}: there is no claim “{name}”.")
    hint = N_("Did you mean {near}? ltv explain lists all claims.")


class ClaimedTwiceError(UsageError):
    """A pitch claims one thing twice; which one was meant is not ours to choose."""

    problem = N_("{place}: “{name}” is claimed twice; {first} has it already.")
    hint = N_("Keep one of the two.")


class ClaimShapeError(UsageError):
    """A claim is a list, a block or empty."""

    problem = N_("{place}: {name} cannot be read in this form.")
    hint = N_("Write one number, as in ltv: 240000 or churn: 2%.")


class NothingClaimedError(UsageError):
    """`ltv audit` without a pitch and without claims."""

    problem = N_("There are no claims to check.")
    hint = N_(
        "Give a pitch file (ltv audit pitch.yaml) or claims (ltv audit --claim ltv=240000 …)."
    )
