"""Checks of the value of a customer."""
