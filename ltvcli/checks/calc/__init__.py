"""What is worth telling about what a customer is worth."""
