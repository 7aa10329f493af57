"""Secrets of channels: from a variable of the environment, or from a file that one names.

LTV_SLACK_URL holds the secret itself, LTV_SLACK_URL_FILE the path of a file with it, as container
platforms mount them. They are never in ltv.yaml, on a command line, in an output or in the history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ltvcli.errors import ChannelFileError, ChannelSecretError
from ltvcli.language import N_, why

LARGEST = 64 * 1024
"""Bytes of a file with a secret at most."""


def known(
    channel: str, needs: Sequence[str], may: Sequence[str], environ: Mapping[str, str]
) -> dict[str, str]:
    """Return the values of variables, each from its own or from the file that NAME_FILE names.

    Args:
        channel: name, for an error.
        needs: variables that must be there.
        may: variables that may be missing.
        environ: variables.

    Raises:
        ChannelSecretError: one is missing.
        ChannelFileError: a file cannot be read.
    """
    secrets = {name: _value(name, environ) for name in (*needs, *may)}
    for name in needs:
        if not secrets[name]:
            raise ChannelSecretError(channel=channel, name=name)
    return {name: value for name, value in secrets.items() if value}


def _value(name: str, environ: Mapping[str, str]) -> str:
    if value := environ.get(name, "").strip():
        return value
    variable = f"{name}_FILE"
    path = environ.get(variable, "").strip()
    if not path:
        return ""
    try:
        with Path(path).open("rb") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise ChannelFileError(variable=variable, because=N_("it is larger than 64 KB"))
        return text.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise ChannelFileError(variable=variable, because=N_("it is not UTF-8")) from None
    except OSError as error:
        raise ChannelFileError(variable=variable, because=why(error)) from None
