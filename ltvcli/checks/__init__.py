"""What is worth telling about a result, one per file, each with ABOUT and check()."""
