"""Models of renewals and survival, and discounted lifetimes."""
