"""Retention and lifetime of subscribers."""
