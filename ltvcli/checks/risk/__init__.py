"""Checks of `ltv risk`."""
