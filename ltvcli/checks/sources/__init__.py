"""Checks of how files would be read."""
