"""What every question about value stands on: inputs, estimates, verdicts."""
