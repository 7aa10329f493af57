"""What `ltv check` should report unasked."""
