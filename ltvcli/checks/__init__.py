"""Checks of a result, one per file, each with ABOUT and check(report).

A folder holds the checks of one kind of report, `every_report` those of every kind.
"""
