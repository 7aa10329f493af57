"""One HTTP request to a secret address: no error shows any part of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from ltvcli.channels._message import NotTakenError
from ltvcli.language import N_

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FINE = range(200, 300)


def is_safe(address: str) -> bool:
    """Return whether an address is HTTPS, or HTTP to this very computer.

    >>> is_safe("https://hooks.slack.com/x"), is_safe("http://hooks.slack.com/x"), is_safe("x")
    (True, False, False)
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))


def request(
    address: str, seconds: float, body: bytes | None = None, content: str = "text/plain"
) -> None:
    """Send a request; with a body it is a POST. Redirections are not followed.

    Args:
        address: https, or http to this computer.
        seconds: that each step of it may take.
        body: to send.
        content: type of the body.

    Raises:
        NotTakenError: it was not answered with success.
    """
    import http.client
    import urllib.error
    import urllib.request

    if not is_safe(address):
        raise NotTakenError(N_("the address is not https"))

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object, **__: object) -> None:
            return None

    headers = {"User-Agent": "ltv"} | ({"Content-Type": content} if body else {})
    try:
        sent = urllib.request.Request(address, data=body, headers=headers)
        with urllib.request.build_opener(Stay).open(sent, timeout=seconds) as answer:
            if answer.status not in _FINE:
                raise NotTakenError(f"HTTP {answer.status}")
    except urllib.error.HTTPError as error:
        error.close()
        raise NotTakenError(f"HTTP {error.code}") from None
    except urllib.error.URLError as error:
        raise NotTakenError(reason(error.reason)) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotTakenError(reason(error)) from None


def reason(error: object) -> str:
    """Return the system's description of an error, or its kind; its text may quote secrets."""
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        return N_("the certificate of the server is not trusted")
    if isinstance(error, ssl.SSLError):
        return N_("the server offers no secure version of TLS")
    if isinstance(error, TimeoutError):
        return N_("timed out")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
