"""Checks of a pitch."""
