"""What is worth telling about segments."""
