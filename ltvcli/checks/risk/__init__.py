"""What `ltv risk` should tell by itself."""
