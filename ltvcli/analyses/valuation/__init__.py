"""The basis of every question about value: inputs, estimates, grades."""
