"""Checks of `ltv bonus`."""
