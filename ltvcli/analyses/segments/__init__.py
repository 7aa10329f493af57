"""The answer of `ltv segments`."""
