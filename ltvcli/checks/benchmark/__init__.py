"""Checks of a benchmark comparison."""
