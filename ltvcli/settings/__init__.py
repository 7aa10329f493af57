"""Settings from flags, variables and files, resolved once."""
