"""What `ltv benchmark` should tell by itself."""
