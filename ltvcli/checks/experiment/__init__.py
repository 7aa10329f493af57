"""What `ltv experiment` should tell by itself."""
