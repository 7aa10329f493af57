"""The answer of `ltv scorecard`: short-term results beside long-term trust."""
