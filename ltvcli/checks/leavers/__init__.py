"""Checks of the page about churned customers."""
