"""Refuse combinations of options of `ltv risk`, so that none is silently ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ltvcli.errors import (
    BelowZeroNeedsError,
    EventsWithoutCustomersError,
    EventsWithoutStartError,
    LastWithCustomersError,
    NothingToScoreError,
    OpportunitiesAloneError,
    OptionNeedsCustomersError,
    OutcomeTwiceError,
    RejectsWithoutFilesError,
)
from ltvcli.results.risk import BELOW_ZERO


def refuse_for_opportunities(inputs: Sequence[Any], options: Mapping[str, Any]) -> None:
    """Refuse opportunities without files, or with options that have no part in them.

    Raises:
        NothingToScoreError: there are no files.
        OpportunitiesAloneError: there is such an option.
    """
    for option, value in options.items():
        if value:
            raise OpportunitiesAloneError(option=option)
    if not inputs:
        raise NothingToScoreError


def refuse(
    inputs: Sequence[Any],
    source: Any,
    options: Mapping[str, Any],
    cac: float | None,
    rejects: Path | None,
) -> None:
    """Refuse options that need files, a file of customers or a CAC that are not there.

    Args:
        inputs: orders or subscriptions.
        source: file of customers; None without one.
        options: what was typed, by option.
        cac: None if it is not known.
        rejects: where to write the excluded rows.

    Raises:
        UsageError: each reason has its own class.
    """
    outcome = options["--outcome"]
    if options["--events"] and not inputs:
        raise EventsWithoutStartError
    if options["--events"] and source is None:
        raise EventsWithoutCustomersError
    if rejects and not inputs:
        raise RejectsWithoutFilesError
    if outcome == BELOW_ZERO and inputs:
        if cac is None or source is None:
            raise BelowZeroNeedsError
    elif outcome is not None and inputs:
        raise OutcomeTwiceError
    if source is None and inputs:
        for option in ("--prospects", "--declined", "--without"):
            if options[option]:
                raise OptionNeedsCustomersError(option=option)
    if source is not None and options["--last"] is not None:
        raise LastWithCustomersError
