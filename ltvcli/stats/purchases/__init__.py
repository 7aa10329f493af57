"""Models of repeat purchases and of order values."""
