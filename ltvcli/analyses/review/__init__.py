"""What changed from one period to another, and why."""
