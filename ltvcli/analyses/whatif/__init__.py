"""The answer of `ltv whatif`."""
