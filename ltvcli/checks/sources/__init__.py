"""What `ltv sources` says of how files would be read."""
