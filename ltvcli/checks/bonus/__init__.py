"""What `ltv bonus` should tell by itself."""
