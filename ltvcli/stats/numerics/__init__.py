"""Root finding and reproducible sums."""
