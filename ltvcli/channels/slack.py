"""Slack, by an incoming webhook: its address is the secret."""

from __future__ import annotations

from collections.abc import Mapping

from ltvcli.channels import _http
from ltvcli.channels._message import Message

NEEDS = ("LTV_SLACK_URL",)
MAY: tuple[str, ...] = ()


def send(message: Message, known: Mapping[str, str], seconds: float) -> None:
    """Post a message to the webhook.

    Args:
        message: to send.
        known: values of NEEDS and MAY.
        seconds: that each step of it may take.

    Raises:
        NotTakenError: Slack did not take it.
    """
    import json

    text = f"*{escaped(message.subject)}*\n{escaped(message.body)}"
    body = json.dumps({"text": text}, ensure_ascii=False).encode()
    _http.request(known["LTV_SLACK_URL"], seconds, body, "application/json; charset=utf-8")


def escaped(text: str) -> str:
    """Escape what Slack reads as links and mentions.

    >>> escaped("<!channel> R&D")
    '&lt;!channel&gt; R&amp;D'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
