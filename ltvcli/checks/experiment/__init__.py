"""What `ltv experiment` should report unasked."""
