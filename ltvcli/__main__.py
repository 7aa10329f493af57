"""Run as `ltv`, or as `python -m ltvcli`."""

import sys

from ltvcli import signals


def main() -> None:
    """Run `ltv`; an interrupt while it is still loading is no error."""
    signals.handle()
    try:
        from ltvcli import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(signals.exit_code() or 130)


if __name__ == "__main__":
    main()
