"""The answer of `ltv cohorts`."""
