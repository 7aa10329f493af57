"""Evaluation of rules against the figures of each month."""
