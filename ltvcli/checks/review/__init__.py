"""What is worth telling about a review."""
