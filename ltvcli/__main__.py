"""Run as `ltv`, or as `python -m ltvcli`."""

import gc
import sys

from ltvcli import signals

_OBJECTS = 100_000
"""New objects before Python looks for garbage: by default so few that start-up takes 8% longer."""


def main() -> None:
    """Run `ltv`; an interrupt while it is still loading is no error."""
    signals.handle()
    gc.set_threshold(_OBJECTS)
    try:
        from ltvcli import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(signals.exit_code() or 130)


if __name__ == "__main__":
    main()
