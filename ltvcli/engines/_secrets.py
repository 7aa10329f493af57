"""Keep passwords and tokens out of messages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

_SECRET = re.compile(r"(?:password|passwd|token|secret|key)\s*=\s*'?([^&;'\s]+)", re.I)
_VARIABLES = ("PGPASSWORD", "SPARK_CONNECT_AUTHENTICATE_TOKEN", "DATABRICKS_TOKEN")
HIDDEN = "***"
_LONGEST = 300


def of(url: str) -> tuple[str, ...]:
    """Return the passwords and tokens in a URL and in the environment.

    >>> of("postgresql://ann:s%40fe@host/shop?sslmode=require")
    ('s%40fe', 's@fe')
    """
    secrets = [os.environ.get(name, "") for name in _VARIABLES]
    with_password = urlsplit(url).netloc.rpartition("@")[0].partition(":")[2]
    secrets += [with_password, *_SECRET.findall(url)]
    both = [text for secret in secrets if secret for text in (secret, unquote(secret))]
    return tuple(dict.fromkeys(both))


def hidden(text: object, secrets: Iterable[str]) -> str:
    r"""Return the first line of an engine's message, without secrets and final period.

    Args:
        text: of the message, or the error.
        secrets: that it may contain.

    >>> hidden("FATAL:  no entry for ann, s@fe.\nDETAIL: s@fe", ["s@fe"])
    'no entry for ann, ***'
    """
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    line = lines[0] if lines else type(text).__name__
    for secret in sorted(secrets, key=len, reverse=True):
        line = line.replace(secret, HIDDEN)
    line = re.sub(r"^.*(?:FATAL|ERROR):\s+", "", line)
    return line[:_LONGEST].rstrip(". ")


def place(url: str) -> str:
    """Return a URL without user, password and options, to name it in messages.

    >>> place("postgresql://ann:s%40fe@db.example:5432/shop?password=x")
    'postgresql://db.example:5432/shop'
    >>> place("sc://spark:15002/;token=abc;use_ssl=true")
    'sc://spark:15002'
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    path = parts.path.partition(";")[0].rstrip("/")
    return f"{parts.scheme}://{host.partition(';')[0]}{path}"
