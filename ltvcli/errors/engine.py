"""Memory and disk space."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class NotAMemorySizeError(UsageError):
    """--memory was not a size, or too small to work in."""

    problem = N_("--memory must be a size of 100MB or more, not “{text}”.")
    hint = N_("Write one gigabyte as --memory 1GB, half of it as --memory 512MB.")


class OutOfMemoryError(InputError):
    """The memory limit was reached, even with temporary files."""

    problem = N_("The data needs more memory than the {limit} it may use.")
    hint = N_("Allow more: --memory {more}.")


class DiskFullError(InputError):
    """Temporary files filled the disk."""

    problem = N_("The disk is full: there is no room left for temporary files in “{folder}”.")
    hint = N_("Free some space, or point TMPDIR to a folder on a larger disk.")


class SumTooLargeError(InputError):
    """Amounts add up to more than an exact sum can hold."""

    problem = N_("The amounts add up to more than {limit}, the most that ltv can hold exactly.")
    hint = N_(
        "Check the column of amounts for cells that are not money, and name the right one: "
        "--map amount=COLUMN."
    )
