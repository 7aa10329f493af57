"""What `ltv scorecard` should tell by itself."""
