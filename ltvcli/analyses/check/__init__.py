"""Rules held against the figures of each month."""
