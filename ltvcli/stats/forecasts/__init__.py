"""Forecasts without a purchase model, season, and scores of forecasts."""
