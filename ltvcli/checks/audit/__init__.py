"""What is worth telling about a pitch."""
