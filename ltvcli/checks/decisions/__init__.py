"""Checks of the page of decisions."""
