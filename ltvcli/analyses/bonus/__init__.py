"""Pay that vests while customers stay: `ltv bonus`."""
