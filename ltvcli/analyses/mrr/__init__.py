"""The answer of `ltv mrr`."""
