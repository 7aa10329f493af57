"""Send messages to all channels at once, with a time limit: a dead channel delays nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ltvcli import channels, registry
from ltvcli.channels import _http, _secrets
from ltvcli.channels._message import Message, NotTakenError
from ltvcli.language import N_

PATIENCE = 6.5
"""Seconds after which the run ends without a channel's answer; the next run sends again."""
STEP = 5.0
"""Seconds that one step, such as connecting, may take."""
PING = 2.5
"""Seconds that a ping may take. With PATIENCE and the end of the run, this stays below ten."""


class Parcel(Struct, frozen=True, kw_only=True):
    """A message on its way to one channel; `number` is for the sender to know it by."""

    number: int
    channel: str
    message: Message


class Delivery(Struct, frozen=True, kw_only=True):
    """The result of a delivery: numbers of the delivered parcels, and reasons for the others."""

    taken: tuple[int, ...]
    failed: Mapping[int, str]


def prepare(names: Sequence[str], environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the settings of each channel, before anything is read.

    Args:
        names: of the channels.
        environ: variables.

    Raises:
        UsageError: a secret is missing.
    """
    return {
        name: _secrets.known(
            name, registry.load(channels, name).NEEDS, registry.load(channels, name).MAY, environ
        )
        for name in names
    }


def deliver(
    parcels: Sequence[Parcel],
    known: Mapping[str, Mapping[str, str]],
    patience: float = PATIENCE,
) -> Delivery:
    """Send parcels, each channel in a thread of its own, one after the other within it.

    A thread that is still waiting when patience ends is left behind: it ends with the program.

    Args:
        parcels: to send.
        known: what each channel knows, of `prepare`.
        patience: seconds after which the rest counts as not taken.
    """
    outcome: dict[int, str | None] = {}
    end = time.monotonic() + patience
    threads = []
    for channel in dict.fromkeys(parcel.channel for parcel in parcels):
        of_channel = [parcel for parcel in parcels if parcel.channel == channel]
        thread = threading.Thread(
            target=_send, args=(of_channel, known.get(channel), end, outcome), daemon=True
        )
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    seen = dict(outcome)  # a thread that timed out may still write
    taken = tuple(parcel.number for parcel in parcels if seen.get(parcel.number, "") is None)
    failed = {
        parcel.number: seen.get(parcel.number) or N_("timed out")
        for parcel in parcels
        if parcel.number not in taken
    }
    return Delivery(taken=taken, failed=failed)


def _send(
    parcels: Sequence[Parcel],
    known: Mapping[str, str] | None,
    end: float,
    outcome: dict[int, str | None],
) -> None:
    for parcel in parcels:
        left = end - time.monotonic()
        if left <= 0:
            return
        if known is None:
            outcome[parcel.number] = N_("the channel is not set up")
            continue
        try:
            module = registry.load(channels, parcel.channel)
            module.send(parcel.message, known, min(STEP, left))
            outcome[parcel.number] = None
        except NotTakenError as error:
            outcome[parcel.number] = str(error)
        except Exception as error:
            outcome[parcel.number] = type(error).__name__


def ping(address: str, seconds: float = PING) -> str | None:
    """Notify a dead-man switch of a successful run; return why that failed, else None.

    Args:
        address: https, or http to this computer.
        seconds: after which it is not waited for.
    """
    outcome: list[str | None] = []

    def call() -> None:
        try:
            _http.request(address, seconds)
            outcome.append(None)
        except NotTakenError as error:
            outcome.append(str(error))

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(seconds)
    return outcome[0] if outcome else N_("timed out")
