"""Checks of a review."""
