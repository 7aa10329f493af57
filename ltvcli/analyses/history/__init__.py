"""What was said then, and what is known now."""
