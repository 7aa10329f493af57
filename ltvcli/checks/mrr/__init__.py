"""Checks of MRR."""
