"""The answer of `ltv calc`."""
