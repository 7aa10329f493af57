"""What `ltv check` should tell by itself."""
