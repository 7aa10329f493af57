"""Checks of `ltv scorecard`."""
