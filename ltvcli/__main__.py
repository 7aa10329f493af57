"""Run as `python -m ltvcli`."""

from ltvcli.cli import main

main()
