"""What is worth telling about any run."""
