"""What is worth telling about changes."""
