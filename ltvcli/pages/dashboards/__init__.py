"""Dashboards, one file per kind of report: `tiles` and `charts`, both optional.

`ANSWERED` is True where the tiles say all that the lines of the answer say.
"""
