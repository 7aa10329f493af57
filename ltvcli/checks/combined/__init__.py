"""Checks of the combined report of orders and subscriptions."""
