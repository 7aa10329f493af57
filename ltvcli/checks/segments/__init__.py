"""Checks of segments."""
