"""Checks of `ltv check`."""
