"""What is worth telling about a prediction."""
