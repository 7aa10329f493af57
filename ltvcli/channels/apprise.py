"""Everything else, by Apprise: Teams, LINE, Discord, Telegram, ... (`pip install ltvcli[apprise]`).

LTV_APPRISE_URL holds addresses as https://appriseit.com/services/ lists them, one a line.
"""

from __future__ import annotations

from collections.abc import Mapping

from ltvcli.channels._message import Message, NotTakenError
from ltvcli.language import N_

NEEDS = ("LTV_APPRISE_URL",)
MAY: tuple[str, ...] = ()


def send(message: Message, known: Mapping[str, str], _seconds: float) -> None:
    """Send a message to every address.

    Args:
        message: what to send.
        known: secrets by name; `LTV_APPRISE_URL` holds one address per line.
        _seconds: limit of one attempt, which Apprise sets itself.

    Raises:
        NotTakenError: an address did not take it, or Apprise is not installed.
    """
    import logging

    try:
        import apprise
    except ImportError:
        raise NotTakenError(N_("apprise is not installed: pip install 'ltvcli[apprise]'")) from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it would write addresses
    asset = apprise.AppriseAsset(http_redirects=False)  # a message goes where it was addressed
    services = apprise.Apprise(asset=asset)
    for address in known["LTV_APPRISE_URL"].split("\n"):
        if address.strip() and not services.add(address.strip()):
            raise NotTakenError(N_("Apprise does not recognise an address in LTV_APPRISE_URL"))
    if not services.notify(title=message.subject, body=message.body, body_format="text"):
        raise NotTakenError(N_("a service rejected the message"))
