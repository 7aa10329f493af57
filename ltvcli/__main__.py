"""Run as `ltv`, or as `python -m ltvcli`."""

import atexit
import gc
import os
import sys

from ltvcli import signals

_OBJECTS = 1_000_000
"""New objects before Python collects cyclic garbage, of which `ltv` makes hardly any.

By default there are so few that start-up takes 8% longer; with 100,000, a payroll of 100,000 deals
takes 6% longer.
"""


def main() -> None:
    """Run `ltv`; an interrupt while it is still loading is no error."""
    signals.handle()
    gc.set_threshold(_OBJECTS)
    try:
        from ltvcli import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(signals.exit_code() or 130)
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _end(ended.code)
        raise


def _end(code: int) -> None:
    """End the process as children of `multiprocessing` do, unless its output cannot be written.

    Python would first take down all modules, which takes a fifth of the time of a short run.
    """
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return  # Python reports it
    os._exit(code)


if __name__ == "__main__":
    main()
