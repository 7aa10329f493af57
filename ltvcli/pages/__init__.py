"""What each command shows, as tables and sentences; formats render it."""
