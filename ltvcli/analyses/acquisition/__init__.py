"""What new customers cost."""
