"""The answer of `ltv audit`."""
