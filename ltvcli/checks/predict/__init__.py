"""Checks of a prediction."""
