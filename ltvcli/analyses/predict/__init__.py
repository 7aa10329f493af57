"""The answer of `ltv predict`."""
