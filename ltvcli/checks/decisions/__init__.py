"""What the page of decisions should tell by itself."""
