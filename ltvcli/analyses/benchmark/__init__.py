"""Figures compared with published ones and with those a year ago."""
