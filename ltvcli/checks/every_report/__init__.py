"""Checks of every report."""
