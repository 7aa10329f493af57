"""Figures as reported, and as restated from today's data."""
