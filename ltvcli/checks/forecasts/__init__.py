"""Checks of the forecasts in `ltv report board`."""
