"""Checks of changes."""
