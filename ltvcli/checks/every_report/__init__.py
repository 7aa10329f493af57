"""Checks of every report that has files: of them, of spend, and of when the data begins."""
