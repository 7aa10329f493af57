"""The pages of each command, as tables and sentences; formats render them."""
