"""What is worth telling about cohorts."""
