"""Checks of cohorts."""
