"""Figures beside published ones and beside those of a year ago."""
