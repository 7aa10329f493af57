"""Checks of `ltv experiment`."""
