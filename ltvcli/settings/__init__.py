"""What was asked for: read from flags, variables and files, resolved once."""
