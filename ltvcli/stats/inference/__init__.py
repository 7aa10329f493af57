"""Intervals, tests and standard errors."""
