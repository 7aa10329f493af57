"""The commands of `ltv`, one per file, each with a function `command`."""
